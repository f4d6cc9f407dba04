import type { City } from './city.ts';
import type { Fleet } from './fleet.ts';
import { type CardState, cardsOf } from './oracle/cards.ts';
import { type Judged, judgeAll } from './oracle/judge.ts';
import { arrivedAfter } from './oracle/underWay.ts';
import type { CaseJournal } from './play/journal.ts';
import type { Plan } from './play/plan.ts';
import { hasButton, type Message } from './sink/message.ts';
import type { Sink } from './sink/sink.ts';
import { claimsOf, type Duplicate, duplicatesOf } from './trace/duplicates.ts';
import { historyOf } from './trace/history.ts';
import { type LatePage, latePages } from './trace/late.ts';
import { readWrites, type Write } from './trace/writes.ts';

export interface RunParts {
  readonly city: City;
  readonly plans: readonly Plan[];
  readonly journals: readonly CaseJournal[];
  readonly sink: Sink;
  readonly fleet: Pick<Fleet, 'traces'>;
}

/** What the run shows when everything has come to rest. */
export interface Findings {
  readonly judged: readonly Judged[];
  /** Pages claimed although an acknowledgement, or the end, had been committed. */
  readonly late: readonly LatePage[];
  readonly duplicates: readonly Duplicate[];
  /** Pages that belong to no attempt of any effect. */
  readonly unmarked: readonly Message[];
  /** People none of whose messages is right. */
  readonly stale: readonly CardState[];
  /** People with a message that the product knows of and that is neither right nor retired. */
  readonly behind: readonly CardState[];
  /** Messages of attempts that nobody lived to record: they stay as they were, and answer when pressed. */
  readonly strays: number;
  /** Codes of cases that nobody called. */
  readonly extra: readonly string[];
  /** Pages that were under way when somebody acknowledged: how long after that they arrived. */
  readonly underWayMs: readonly number[];
}

export function findingsOf(parts: RunParts): Findings {
  const { journals, sink, city, fleet } = parts;
  const writes = readWrites(fleet.traces);
  const byCase = [...groupByCase(writes)];
  const claims = claimsOf(writes);
  const cards = journals.flatMap((journal) => cardsOf(journal, sink, city));
  const known = knownMessages(writes);
  return {
    judged: judgeAll(journals, { sink, city, now: Date.now() }),
    late: byCase.flatMap(([code, of]) => latePages(historyOf(code, of))),
    duplicates: byCase.flatMap(([code, of]) =>
      duplicatesOf(code, { messages: sink.of(code), writes: of, claims }),
    ),
    unmarked: sink.messages.filter(
      ({ tag, alert, first }) => tag === undefined && alert && hasButton(first, 'answer.going'),
    ),
    stale: cards.filter(({ isStale, person }) => isStale && !city.unreachable.has(person)),
    behind: cards.filter(({ strays }) => strays.some(({ id }) => known.has(id))),
    strays: cards.reduce((sum, { strays }) => sum + strays.length, 0),
    extra: extraCases(parts),
    underWayMs: arrivedAfter(journals, sink),
  };
}

/** What nobody lived to write down is not known to the product. */
const knownMessages = (writes: readonly Write[]): ReadonlySet<string | null> =>
  new Set(writes.flatMap(({ after, call }) => (after === undefined ? [] : Object.values(call.copies))));

/** A redelivered call must not become a second case. Whoever called again after the end has made one. */
function extraCases({ sink, journals, plans }: RunParts): string[] {
  const known = new Set(journals.map(({ code }) => code));
  // One whose acceptance nobody saw may be there all the same, and may be ended by nobody.
  const unseen = journals.filter(({ code }) => code === undefined).map(({ caller }) => caller);
  const again = plans.filter((plan) => plan.callAgainAfterMs !== undefined || plan.isTyped);
  const mayHaveMore = new Set([...unseen, ...again.map(({ caller }) => caller)]);
  return sink.codes().filter((code) => {
    if (known.has(code)) return false;
    return !sink.of(code).some(({ person }) => mayHaveMore.has(person));
  });
}

function groupByCase(writes: readonly Write[]): Map<string, Write[]> {
  const groups = new Map<string, Write[]>();
  for (const write of writes) groups.set(write.code, [...(groups.get(write.code) ?? []), write]);
  return groups;
}
