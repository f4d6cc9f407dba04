import { LANES } from '../city.ts';
import type { CaseJournal } from '../play/journal.ts';
import type { Sink } from '../sink/sink.ts';
import { roundsOf } from './rounds.ts';

const COMING = ['going', 'phone', 'arrived'];
const BEGINNING = ['call', 'raise'];

/**
 * How long after somebody had been told that they are coming further pages of their lane still arrived, in
 * milliseconds. No rule forbids it: these were claimed before and on their way, or in a worker that stood still.
 */
export function arrivedAfter(journals: readonly CaseJournal[], sink: Sink): number[] {
  return journals.flatMap((journal) => {
    const { code, acts } = journal;
    if (code === undefined) return [];
    return LANES.flatMap((lane) => {
      const starts = roundsOf(journal, lane).map(({ sentAt }) => sentAt);
      const pages = sink.of(code).filter(({ tag }) => tag?.key.startsWith(`page:${lane}:`));
      return starts.flatMap((start, n) => {
        const next = starts[n + 1] ?? Number.POSITIVE_INFINITY;
        const heldAt = Math.min(
          ...acts
            .filter((act) => act.lane === lane && COMING.includes(act.kind) && act.sentAt > start)
            .map(({ answeredAt = Number.POSITIVE_INFINITY }) => answeredAt),
        );
        // Taken back, or called anew without a visible answer, where the oracle saw no new round: nothing can be said.
        const back = acts.filter(
          (act) =>
            act.sentAt > start &&
            ((act.lane === lane && act.kind === 'declined') ||
              (BEGINNING.includes(act.kind) && act.answeredAt === undefined)),
        );
        const until = Math.min(next, ...back.map(({ sentAt }) => sentAt));
        return pages.filter(({ at }) => at > heldAt && at < until).map(({ at }) => at - heldAt);
      });
    });
  });
}
