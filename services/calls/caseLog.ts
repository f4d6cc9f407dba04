import type { EngineObserver } from '../engine/observer.ts';
import type { Log } from '../log.ts';
import type { Call } from './call.ts';
import { milestones } from './milestones.ts';

/** The life of a case in the log: its code and nothing else, so that it says nothing of anybody (promises 7 and 8). */
export const caseLog = (log: Log): Partial<EngineObserver> => ({
  committed({ key, before, after }) {
    if (key.kind !== 'call') return;
    for (const { kind } of milestones(before?.state as Call | undefined, after.state as Call))
      log.info({ code: key.id }, `case ${kind}`);
  },
});
