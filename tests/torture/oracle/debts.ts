import { type City, LANES, type Lane, type Step } from '../city.ts';
import type { Act, CaseJournal } from '../play/journal.ts';
import { CHANNEL, type Message } from '../sink/message.ts';
import type { Owed } from './owed.ts';
import { type Round, roundsOf } from './rounds.ts';

/** Reminders come after a minute (R4); a round that has lasted so much longer must have had one. */
const REMINDER_MS = 60_000;

const NEVER = Number.POSITIVE_INFINITY;
const rings = ({ alert }: Message): boolean => alert;
const isEmergency = ({ alert, first }: Message): boolean => alert && first.text.includes('緊急');

/** All that is owed for one case by what its people visibly did and what the organisation's file says. */
export function debtsOf(journal: CaseJournal, city: City): Owed[] {
  const { code } = journal;
  if (code === undefined) return [];
  const lanes = LANES.flatMap((lane) =>
    roundsOf(journal, lane).flatMap((round) => pages(journal, lane, round)),
  );
  const all = [...lanes, ...receptions(journal), ...posts(journal), ...closings(journal)];
  return all
    .map((owed) => ({ ...owed, code }))
    .filter(({ person }) => person === CHANNEL || city.names.has(person));
}

type Debt = Omit<Owed, 'code'>;

function pages(journal: CaseJournal, lane: Lane, round: Round): Debt[] {
  const steps = journal.building.policy[round.level][lane];
  const debts = steps.flatMap((step, index) => stepPages({ journal, lane, round, steps }, step, index));
  if (steps.length > 0) debts.push(exhausted(lane, round, steps));
  const declined = new Set(
    journal.acts.filter(({ kind }) => kind === 'declined').map(({ person }) => person),
  );
  const reminded = debts
    .filter(({ what, person }) => what === 'page' && !declined.has(person))
    .map((debt): Debt => ({ ...debt, what: 'reminder', times: 2, dueAt: debt.dueAt + REMINDER_MS }));
  return [...debts, ...reminded];
}

interface InRound {
  readonly journal: CaseJournal;
  readonly lane: Lane;
  readonly round: Round;
  readonly steps: readonly Step[];
}

function stepPages({ journal, lane, round, steps }: InRound, step: Step, index: number): Debt[] {
  // The first step goes out with the call. Anew, those who had been paged are so at once, the others in turn.
  const before = steps.slice(0, round.kind === 'reopened' ? steps.length : index);
  const dueAt = round.answeredAt + before.reduce((sum, { waitMs }) => sum + waitMs, 0);
  const since = round.sentAt;
  const matches = round.level === 'emergency' ? isEmergency : rings;
  return step.people
    .filter((person) => !round.declined.has(person))
    .map((person): Debt => {
      // Whoever says that they cannot come is not paged, also when they say it on the card of an earlier round.
      const declined = journal.acts.find(
        (act) => act.kind === 'declined' && act.person === person && (act.answeredAt ?? Infinity) > since,
      );
      const until = Math.min(round.until, declined?.sentAt ?? NEVER);
      return { what: 'page', lane, person, since, dueAt, until, times: 1, matches };
    });
}

function exhausted(lane: Lane, round: Round, steps: readonly Step[]): Debt {
  return {
    what: 'alarm',
    lane,
    person: CHANNEL,
    since: round.sentAt,
    dueAt: round.answeredAt + steps.reduce((sum, { waitMs }) => sum + waitMs, 0),
    until: round.until,
    times: 1,
    matches: ({ alert, first }) => alert && first.text.includes('応答がありません'),
  };
}

const accepted = (acts: readonly Act[], ...kinds: Act['kind'][]) =>
  acts.flatMap((act) => {
    const { answeredAt, sentAt } = act;
    return answeredAt !== undefined && kinds.includes(act.kind) ? [{ act, sentAt, answeredAt }] : [];
  });

const closingOf = ({ acts }: CaseJournal): Act | undefined =>
  acts.find(({ kind }) => kind === 'end' || kind === 'cancel');

/** The caller's card. */
const receptions = ({ acts, caller }: CaseJournal): Debt[] =>
  accepted(acts, 'call').map(({ sentAt, answeredAt }) => {
    return {
      what: 'reception',
      person: caller,
      since: sentAt,
      dueAt: answeredAt,
      until: NEVER,
      times: 1,
      matches: () => true,
    };
  });

/** General Affairs' channel hears of every case, and of an emergency aloud. */
function posts(journal: CaseJournal): Debt[] {
  const until = closingOf(journal)?.sentAt ?? NEVER;
  const loud = accepted(
    journal.acts,
    ...(journal.level === 'emergency' ? (['call'] as const) : (['raise'] as const)),
  );
  const quiet = journal.level === 'emergency' ? [] : accepted(journal.acts, 'call');
  const post = { person: CHANNEL, times: 1 };
  return [
    ...quiet.map(({ sentAt: since, answeredAt: dueAt }): Debt => {
      return { ...post, what: 'announced', since, dueAt, until: NEVER, matches: ({ alert }) => !alert };
    }),
    ...loud.map(({ sentAt: since, answeredAt: dueAt }): Debt => {
      return { ...post, what: 'alarm', since, dueAt, until, matches: isEmergency };
    }),
  ];
}

/** Whoever is on the way is told aloud that it is over. */
function closings(journal: CaseJournal): Debt[] {
  const [closing] = accepted(journal.acts, 'end', 'cancel');
  if (closing === undefined) return [];
  const { act, sentAt: since, answeredAt: dueAt } = closing;
  const coming = new Set(
    accepted(journal.acts, 'going', 'phone', 'arrived')
      .filter(({ answeredAt }) => answeredAt < since)
      .map(({ act: { person } }) => person),
  );
  for (const { kind, person } of journal.acts) if (kind === 'declined') coming.delete(person);
  coming.delete(act.person);
  return [...coming].map((person): Debt => {
    return {
      what: 'closed',
      person,
      since,
      dueAt,
      until: NEVER,
      times: 1,
      matches: ({ alert, first }) => alert && /対応終了になりました|取り消されました/.test(first.text),
    };
  });
}
