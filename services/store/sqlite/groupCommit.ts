import type { DatabaseSync } from 'node:sqlite';
import { isForLock } from './locks.ts';

/** One statement with its condition inside; how many rows it changed. */
type Write = () => number | bigint;

interface Waiting {
  readonly write: Write;
  readonly resolve: (changes: number | bigint) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commits the writes that have come in the same turn of the event loop together: the disk is waited for once and not
 * for each. Each keeps its own condition and its own result, and none resolves before it is on the disk. A single one
 * goes as it is, without a transaction around it.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #whileLocked: <Result>(attempt: () => Result) => Promise<Result>;
  #waiting: Waiting[] = [];
  #isCommitting = false;

  /** @param whileLocked runs an attempt again while another process holds the lock */
  constructor(database: DatabaseSync, whileLocked: <Result>(attempt: () => Result) => Promise<Result>) {
    this.#database = database;
    this.#whileLocked = whileLocked;
  }

  write(write: Write): Promise<number | bigint> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ write, resolve, reject });
      // After everything that is being received right now: its writes go with this one.
      if (this.#waiting.length === 1 && !this.#isCommitting) setImmediate(() => void this.#commitAll());
    });
  }

  async #commitAll(): Promise<void> {
    this.#isCommitting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#commit(batch);
    }
    this.#isCommitting = false;
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    if (batch.length === 1) return this.#each(batch);
    try {
      const changes = await this.#whileLocked(() => this.#together(batch));
      for (const [n, { resolve }] of batch.entries()) resolve(changes[n] ?? 0);
    } catch (error) {
      // Where nobody can write, nobody waits again. Whatever else is wrong may be so with one of them (one that is too
      // large for what is left of the disk, say), and is no fault of the others.
      if (!this.#database.isOpen || isForLock(error)) for (const { reject } of batch) reject(error);
      else await this.#each(batch);
    }
  }

  async #each(batch: readonly Waiting[]): Promise<void> {
    for (const { write, resolve, reject } of batch) await this.#whileLocked(write).then(resolve, reject);
  }

  #together(batch: readonly Waiting[]): (number | bigint)[] {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const changes = batch.map(({ write }) => write());
      this.#database.exec('COMMIT');
      return changes;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}
