import { type Key, keyText, StoreError, Undecodable } from '../store/store.ts';
import { NewerEnvelope, UndecodableEnvelope } from './envelope.ts';
import type { SkipReason } from './observer.ts';

const SKIP_MS = 60_000;

/** Documents that this process leaves alone for a while, so that they do not stand in the way of the others. */
export class Skipped {
  readonly #until = new Map<string, number>();

  add(key: Key, now: number): void {
    this.#until.set(keyText(key), now + SKIP_MS);
  }

  delete(key: Key): void {
    this.#until.delete(keyText(key));
  }

  has(key: Key, now: number): boolean {
    return (this.#until.get(keyText(key)) ?? 0) > now;
  }

  get size(): number {
    return this.#until.size;
  }
}

/** Why a document is to be skipped; undefined where it is the store that failed, which the next poll asks again. */
export function skipReason(error: unknown): SkipReason | undefined {
  if (error instanceof NewerEnvelope) return 'newer';
  if (error instanceof UndecodableEnvelope || error instanceof Undecodable) return 'undecodable';
  if (error instanceof StoreError && error.code !== 'too-large') return undefined;
  return 'defect';
}
