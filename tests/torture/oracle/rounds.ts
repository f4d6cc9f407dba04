import type { Lane, Level } from '../city.ts';
import type { Act, CaseJournal } from '../play/journal.ts';

/** A time in which a lane pages anew from its first step, as far as one can tell from outside. */
export interface Round {
  readonly kind: 'opened' | 'raised' | 'reopened';
  readonly level: Level;
  /** The act that began it: the round began at some moment between these two. */
  readonly sentAt: number;
  readonly answeredAt: number;
  /** The earliest moment at which somebody's act may have ended it; infinite: nobody did anything. */
  readonly until: number;
  /** Said that they cannot come, before or with the act that began it: not asked again. */
  readonly declined: ReadonlySet<string>;
}

const COMING = ['going', 'phone', 'arrived'];

const isComing = ({ kind }: Act): boolean => COMING.includes(kind);

/** Every act that may have stopped a lane. One that was refused visibly may still have been done the first time. */
const stopsOf = ({ acts }: CaseJournal, lane: Lane): Act[] =>
  acts.filter(
    (act) =>
      act.kind === 'end' ||
      act.kind === 'cancel' ||
      (act.kind === 'came' && lane === 'second') ||
      (act.lane === lane && isComing(act)),
  );

/** The rounds of a lane: by the call, by 緊急に切り替える, and by the word of the only one who was coming. */
export function roundsOf(journal: CaseJournal, lane: Lane): Round[] {
  const { acts } = journal;
  const raise = acts.find(({ kind, answeredAt }) => kind === 'raise' && answeredAt !== undefined);
  return acts.flatMap((act): Round[] => {
    const { sentAt, answeredAt } = act;
    const kind = kindOf(act, acts, lane);
    if (answeredAt === undefined || kind === undefined) return [];
    const isRaised = raise !== undefined && raise.sentAt <= sentAt;
    const level = isRaised ? 'emergency' : journal.level;
    const declined = kind === 'reopened' ? declinedBy(acts, lane, raise, answeredAt) : new Set<string>();
    return [{ kind, level, sentAt, answeredAt, until: endOf(journal, lane, sentAt), declined }];
  });
}

function kindOf(act: Act, acts: readonly Act[], lane: Lane): Round['kind'] | undefined {
  if (act.kind === 'call') return 'opened';
  if (act.kind === 'raise') return 'raised';
  const reopens = act.kind === 'declined' && act.lane === lane && wasLast(acts, act);
  return reopens ? 'reopened' : undefined;
}

/** The earliest moment at which an act may have stopped the round that began with `sentAt`, or begun another one. */
function endOf(journal: CaseJournal, lane: Lane, sentAt: number): number {
  const { acts } = journal;
  const stops = stopsOf(journal, lane).filter(
    ({ answeredAt = Number.POSITIVE_INFINITY }) => answeredAt > sentAt,
  );
  const anew = acts.filter(
    (act) =>
      act.sentAt > sentAt &&
      (act.kind === 'raise' || (act.kind === 'declined' && act.lane === lane && wasLast(acts, act))),
  );
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...[...stops, ...anew].map((act) => Math.max(act.sentAt, sentAt)),
  );
}

/**
 * Whether this 行けません took back the only 向かいます that stood. Where the order of acts cannot be told it is not taken
 * for one: the lane then owes nothing that could be missed.
 */
function wasLast(acts: readonly Act[], declined: Act): boolean {
  const declinedBy = declined.answeredAt ?? Number.POSITIVE_INFINITY;
  const before = acts.filter(({ sentAt }) => sentAt < declinedBy);
  const coming = before.filter((act) => act.lane === declined.lane && isComing(act));
  const cameOtherwise = declined.lane === 'second' && before.some(({ kind }) => kind === 'came');
  // An answer from before an emergency does not hold the lane any more.
  const raise = before.find(({ kind }) => kind === 'raise');
  const since = raise === undefined ? 0 : (raise.answeredAt ?? Number.POSITIVE_INFINITY);
  const stood = coming.some(({ answeredAt, sentAt }) => answeredAt !== undefined && sentAt > since);
  return stood && coming.every(({ person }) => person === declined.person) && !cameOtherwise;
}

/** 緊急に切り替える asks everybody anew. */
const declinedBy = (
  acts: readonly Act[],
  lane: Lane,
  raise: Act | undefined,
  before: number,
): ReadonlySet<string> =>
  new Set(
    acts
      .filter((act) => act.kind === 'declined' && act.lane === lane && act.sentAt <= before)
      .filter(({ answeredAt }) => raise === undefined || (answeredAt ?? Infinity) > raise.sentAt)
      .map(({ person }) => person),
  );
