import type { City } from '../city.ts';
import type { CaseJournal } from '../play/journal.ts';
import { CHANNEL, type Message } from '../sink/message.ts';
import type { Sink } from '../sink/sink.ts';
import { debtsOf } from './debts.ts';
import type { Owed } from './owed.ts';

/**
 * How long after it was due something may still have been on its way when somebody's act ended it: claims of several
 * dead workers (15 s each), restarts, throttling, on a machine that does other things as well. What is not owed for ever
 * is missing only after that.
 */
const GRACE_MS = 120_000;
/** Those of the last minute of a run are not yet expected. */
const REMINDER_GRACE_MS = 45_000;

export interface Judged {
  readonly owed: Owed;
  readonly verdict: 'delivered' | 'refused' | 'missing' | 'undecided';
  /** Of what was delivered: how long after it was due. */
  readonly lateMs?: number;
}

interface JudgeParts {
  readonly sink: Sink;
  readonly city: City;
  readonly now: number;
}

export const judgeAll = (journals: readonly CaseJournal[], parts: JudgeParts): Judged[] =>
  journals.flatMap((journal) =>
    debtsOf(journal, parts.city)
      .filter((owed) => owed.what !== 'reminder' || parts.now > owed.dueAt + REMINDER_GRACE_MS)
      // Somebody acted before it was due.
      .filter(({ dueAt, until }) => dueAt < until)
      .map((owed) => judge(owed, parts)),
  );

function judge(owed: Owed, { sink, city }: JudgeParts): Judged {
  const { code, person, since, times, dueAt } = owed;
  if (city.unreachable.has(person)) {
    const tried = sink.refusals.some(
      (refusal) => refusal.person === person && refusal.code === code && refusal.at >= since,
    );
    return { owed, verdict: tried ? 'refused' : without(owed) };
  }
  const found = sink
    .of(code)
    .filter((message) => message.person === person || (owed.what === 'alarm' && isNews(message)))
    .filter((message) => message.at >= since && owed.matches(message));
  const last = found[times - 1];
  if (last === undefined) return { owed, verdict: without(owed) };
  return { owed, verdict: 'delivered', lateMs: Math.max(0, last.at - dueAt) };
}

/** A post, by whomever it is read: it has no buttons. */
const isNews = ({ first }: Message): boolean => first.buttons.length === 0;

/** All cases share the channel, which takes two messages a second: there it may take longer than any grace. */
const without = ({ dueAt, until, person }: Owed): 'missing' | 'undecided' =>
  until === Number.POSITIVE_INFINITY || (person !== CHANNEL && dueAt + GRACE_MS < until)
    ? 'missing'
    : 'undecided';
