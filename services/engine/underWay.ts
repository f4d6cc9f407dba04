import type { Clock } from '../clock.ts';
import { type Key, keyText, type Stored } from '../store/store.ts';
import type { EngineCommand } from './aggregate.ts';

type Settled = Extract<EngineCommand, { type: 'settled' }>;

interface Document {
  effects: number;
  /** Those whose outcome is not known yet. */
  open: number;
  latest: Stored;
  /** Told when the last outcome is known. */
  whenKnown: () => void;
}

/** Results that are written together. */
interface Batch {
  /** All that have come. Whatever comes from now on begins another batch. */
  take(): readonly Settled[];
}

/** A document that has to be looked at again so soon is kept until then: whoever wrote it need not read it. */
const SOON_MS = 2_000;

/** What this process is doing for documents it has claimed effects of; nothing is kept of the others. */
export class UnderWay {
  readonly #documents = new Map<string, Document>();
  /** By when they are due, nearly: all are due within moments of each other. */
  readonly #soonDue = new Map<string, Stored & { readonly dueAt: number }>();
  readonly #waiting = new Map<string, Settled[]>();

  began(key: Key, latest: Stored): void {
    const known = this.#documents.get(keyText(key));
    const { effects = 0, open = 0, whenKnown = () => {} } = known ?? {};
    this.#documents.set(keyText(key), { effects: effects + 1, open: open + 1, latest, whenKnown });
  }

  /** The attempt is over. Its outcome may still have to be written. */
  known(key: Key): void {
    const document = this.#documents.get(keyText(key));
    if (document === undefined) return;
    document.open -= 1;
    if (document.open === 0) document.whenKnown();
  }

  ended(key: Key): void {
    const known = this.#documents.get(keyText(key));
    if (known !== undefined && known.effects > 1) known.effects -= 1;
    else this.#documents.delete(keyText(key));
  }

  /** Waits for the other attempts of this document, for so long at most. */
  async others(key: Key, clock: Clock, ms: number): Promise<void> {
    const document = this.#documents.get(keyText(key));
    if (document === undefined || document.open === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = clock.after(ms, resolve);
      document.whenKnown = () => {
        cancel();
        resolve();
      };
    });
    document.whenKnown = () => {};
  }

  wrote(key: Key, latest: Stored, now: number): void {
    const known = this.#documents.get(keyText(key));
    if (known !== undefined) known.latest = latest;
    this.#soonDue.delete(keyText(key));
    for (const [text, { dueAt }] of this.#soonDue) {
      if (dueAt + SOON_MS > now) break;
      this.#soonDue.delete(text);
    }
    if (isDueBy(latest, now + SOON_MS)) this.#soonDue.set(keyText(key), latest);
  }

  /** A document that is due, as this process wrote it last: good enough to try a conditional write on. */
  due(key: Key, now: number): Stored | undefined {
    const known = this.#soonDue.get(keyText(key));
    // If it is not due by what is known here, somebody else has written it since.
    return known !== undefined && isDueBy(known, now) ? known : undefined;
  }

  /** What this process wrote last: good enough to try a conditional write on. */
  latest(key: Key): Stored | undefined {
    return this.#documents.get(keyText(key))?.latest;
  }

  /** @returns the batch, for the first in it, who writes it; undefined for those who join */
  queue(key: Key, result: Settled): Batch | undefined {
    const text = keyText(key);
    const waiting = this.#waiting.get(text);
    if (waiting !== undefined) {
      waiting.push(result);
      return undefined;
    }
    const results = [result];
    this.#waiting.set(text, results);
    return {
      take: () => {
        this.#waiting.delete(text);
        return results;
      },
    };
  }
}

const isDueBy = (stored: Stored, at: number): stored is Stored & { readonly dueAt: number } =>
  stored.dueAt !== null && stored.dueAt <= at;
