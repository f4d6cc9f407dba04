import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from '../store.ts';

/**
 * How long SQLite itself may wait for another process's lock. Its API is synchronous: the whole process stands
 * still meanwhile, so it is kept to about the time of one commit, and the rest is waited for here.
 */
export const BUSY_TIMEOUT_MS = 25;

/**
 * Runs one statement, again and again while another process holds the lock.
 *
 * @param file named in the errors
 * @param deadlineMs how long to try; at least one attempt is made after any pause of the process
 * @throws StoreError `unavailable` when the deadline passed or the file cannot be read or written
 */
export async function whileLocked<Result>(
  file: string,
  deadlineMs: number,
  attempt: () => Result,
): Promise<Result> {
  const giveUpAt = performance.now() + deadlineMs;
  for (let tries = 0; ; tries += 1) {
    try {
      return attempt();
    } catch (error) {
      if (!isSqliteError(error)) throw error;
      const code = error.errcode & PRIMARY_CODE;
      if (!UNAVAILABLE.has(code)) throw error;
      if (!LOCKED.has(code) || performance.now() >= giveUpAt) {
        throw new StoreError('unavailable', `The database file ${file} cannot be used: ${error.errstr}.`, {
          cause: error,
        });
      }
    }
    await delay(jitter(tries));
  }
}

/** Processes that collided once must not meet again at the same moment. */
const jitter = (tries: number): number => 1 + Math.random() * Math.min(50, 4 * 2 ** Math.min(tries, 8));

/** Extended result codes say more in the higher bits. */
const PRIMARY_CODE = 0xff;

/** BUSY, LOCKED, and PROTOCOL (lost a race for the locks of the write-ahead log). */
const LOCKED: ReadonlySet<number> = new Set([5, 6, 15]);

/** Whether `whileLocked` has given up because another process did not let go of the lock. */
export const isForLock = (error: unknown): boolean =>
  error instanceof StoreError && isSqliteError(error.cause) && LOCKED.has(error.cause.errcode & PRIMARY_CODE);

/** Beside these: PERM, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. All others are defects of ours. */
const UNAVAILABLE: ReadonlySet<number> = new Set([...LOCKED, 3, 7, 8, 10, 11, 13, 14, 26]);

/** `errstr` is SQLite's own sentence for the code ("database or disk is full"); it holds no data. */
const isSqliteError = (error: unknown): error is { readonly errcode: number; readonly errstr: string } =>
  typeof error === 'object' && error !== null && 'errcode' in error && typeof error.errcode === 'number';
