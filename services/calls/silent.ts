import type { LanePerson, LaneState } from './call.ts';

/** Those whose answer is waited for: of the running step, else of anybody. What the caller is told is about them. */
export function silentOf(lane: LaneState): readonly LanePerson[] {
  const silent = Object.values(lane.people).filter(
    ({ answer }) => answer === null || answer.lapsedAt !== null,
  );
  const running = silent.filter(({ step }) => step === lane.step);
  return running.length > 0 ? running : silent;
}

/** A reminder that waits to be sent does not make the page before it unsent. */
export const wasSent = ({ page, lastAt }: LanePerson): boolean =>
  page !== 'unreachable' && (page === 'sent' || lastAt !== null);
