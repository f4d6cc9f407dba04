import { CLAIM_MS } from '../engine/claims.ts';

/**
 * When the audit calls something too old. A document is due when its earliest timer, claim or page is: a healthy
 * instance takes it within a poll (1 s), so the bound leaves room for a slow store and one refused write, and for an
 * instance that died, whose claims (15 s) have to expire first and are part of `dueAt` themselves.
 */
export const BOUNDS = {
  everyMs: 5_000,
  /** Until the first good result, so that a start is not held up. */
  startingMs: 100,
  /** Due and not taken for this long. */
  dueMs: 15_000,
  pollMs: 15_000,
  /** Run so much later than planned: the process was paused or its event loop blocked. */
  lateMs: 5_000,
  /** One look of the audit at the store: longer than the store's own deadline (5 s). */
  storeMs: 8_000,
  /** Under way for longer than its claim. */
  attemptMs: CLAIM_MS + 5_000,
  /** An attempt that never ends is another one's business by then, and forgotten here. */
  forgottenMs: 600_000,
  /** So many documents that cannot be served are no accident. */
  unserved: 10,
  sends: { lastsMs: 45_000, times: 4, subjects: 2, freshMs: 300_000 },
  writes: { lastsMs: 10_000, times: 3, subjects: 1, freshMs: 120_000 },
} as const;
