import type { Executed } from '../engine/engine.ts';
import { type DocumentStore, StoreError, Undecodable } from '../store/store.ts';
import type { Call, CaseNumber } from './call.ts';
import { fiscalYear, numberKey } from './caseNumber.ts';
import type { CallCommand } from './commands.ts';

export interface Numbering {
  /**
   * The number of an accepted case; gives it one when it has none. May run for one case in several processes at once,
   * and be interrupted anywhere: the case gets one number, and no number is left out.
   */
  assign(code: string): Promise<CaseNumber>;
  /** The case that has this number. */
  find(number: CaseNumber): Promise<string | undefined>;
}

interface Parts {
  readonly store: DocumentStore;
  readonly read: (code: string) => Promise<Call | undefined>;
  readonly execute: (code: string, command: CallCommand) => Promise<Executed<Call>>;
}

const TRIES = 10_000;

/**
 * No gap: `n + 1` is tried only when `n` is another case's. No duplicate: the number's document is created once. One
 * number a case: which one is being tried stands in the case before its document is made, so whoever goes on after a
 * crash, or beside a paused process, comes to the same number.
 */
export function createNumbering({ store, read, execute }: Parts): Numbering {
  async function ownerOf(number: CaseNumber): Promise<string | undefined> {
    try {
      const stored = await store.read(numberKey(number));
      return stored === undefined ? undefined : String((stored.body as { code?: unknown } | null)?.code);
    } catch (error) {
      // A damaged one is taken all the same.
      if (error instanceof Undecodable) return '';
      throw error;
    }
  }

  /** Creates the number's document unless it exists; answers whose it is. */
  async function take(number: CaseNumber, code: string): Promise<string> {
    for (let tries = 0; ; tries++) {
      const owner = await ownerOf(number);
      if (owner !== undefined) return owner;
      try {
        await store.create({
          ...numberKey(number),
          dueAt: null,
          terms: [`year:${number.year}`],
          // Lists are in this order: the newest of the year is its highest number.
          sortAt: number.n,
          summary: { code },
          body: { code },
        });
        return code;
      } catch (error) {
        const isOpen =
          error instanceof StoreError && (error.code === 'already-exists' || error.code === 'unavailable');
        if (!isOpen || tries >= 5) throw error;
      }
    }
  }

  /** A lower bound for the next free number. */
  async function next(year: number): Promise<CaseNumber> {
    const { items } = await store.list({ kind: 'number', term: `year:${year}`, limit: 1 });
    return { year, n: (items[0]?.sortAt ?? 0) + 1 };
  }

  async function step(code: string): Promise<CaseNumber | undefined> {
    const handling = (await read(code))?.handling;
    if (handling === undefined || handling.accepted === null) throw new Error(`${code} is not accepted`);
    const { number, candidate, accepted } = handling;
    if (number !== null) return number;
    if (candidate === null) {
      const first = await next(fiscalYear(accepted.at));
      await execute(code, { type: 'try-number', number: first, instead: null });
    } else if ((await take(candidate, code)) === code) {
      await execute(code, { type: 'numbered', number: candidate });
    } else {
      const following = { ...candidate, n: candidate.n + 1 };
      await execute(code, { type: 'try-number', number: following, instead: candidate });
    }
    return undefined;
  }

  return {
    async assign(code) {
      for (let tries = 0; tries < TRIES; tries++) {
        const number = await step(code);
        if (number !== undefined) return number;
      }
      throw new Error(`no number for ${code}`);
    },
    find: ownerOf,
  };
}
