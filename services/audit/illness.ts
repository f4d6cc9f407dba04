import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { REASONS, reasonsOf, type Verdict } from './findings.ts';
import type { Signals } from './signals.ts';

/** What is read aloud or shown on the second way, always in Japanese: that people have to ring, and whom. */
export interface Words {
  readonly ill: string;
  readonly well: string;
  /** One case that cannot be gone on with. */
  stuck(code: string): string;
}

/** So many bad results in a row, over at least this time, before people are told: one refused look is no illness. */
const RUNS = 3;
const SHARED_MS = 10_000;
/** Where only this one is ill, the others go on paging; what it keeps from being done is overdue soon, and told then. */
const INSTANCE_MS = 60_000;

interface Parts {
  readonly signals: Signals;
  readonly words: () => Words;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  /** Names this process in the ids of signals. */
  readonly instance: string;
  /** There are no other instances. */
  readonly isAlone: boolean;
}

/**
 * Tells people on the second way that まもり does not page (「まもり停止中。内線○○へ」), and that it does again. Both only
 * after several results in a row, so that a wavering instance does not ring every minute.
 */
export class Illness {
  readonly #parts: Parts;
  #badSince: number | null = null;
  #bad = 0;
  #well = 0;
  /** Id of what has been said of the illness that lasts. */
  #said: string | undefined;
  /** Id of the latest all-clear, which the receiver may not have taken yet. */
  #allClear: string | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get isIll(): boolean {
    return this.#said !== undefined;
  }

  heard(verdict: Verdict): void {
    if (verdict.isWell) this.#heardWell(verdict);
    else this.#heardBad(verdict);
  }

  #heardBad(verdict: Verdict): void {
    this.#badSince ??= verdict.at;
    this.#bad += 1;
    this.#well = 0;
    const isShared = reasonsOf(verdict).some((reason) => REASONS[reason] === 'shared');
    const bound = isShared || this.#parts.isAlone ? SHARED_MS : INSTANCE_MS;
    if (this.isIll || this.#bad < RUNS || verdict.at - this.#badSince < bound) return;
    const { signals, log, instance } = this.#parts;
    // Taken late, it would be heard after this and be believed.
    if (this.#allClear !== undefined) signals.withdraw(this.#allClear);
    this.#said = `engine-ill:${instance}:${this.#badSince}`;
    log.error({ reasons: reasonsOf(verdict) }, 'engine ill');
    signals.owe({ reason: 'engine-ill', text: this.#parts.words().ill, id: this.#said, at: verdict.at });
  }

  #heardWell(verdict: Verdict): void {
    this.#badSince = null;
    this.#bad = 0;
    this.#well += 1;
    if (this.#said === undefined || this.#well < RUNS) return;
    const { signals, log } = this.#parts;
    log.info({}, 'engine well');
    const id = this.#said.replace('engine-ill', 'engine-well');
    if (signals.withdraw(this.#said)) {
      signals.owe({ reason: 'engine-well', text: this.#parts.words().well, id, at: verdict.at });
      this.#allClear = id;
    }
    this.#said = undefined;
  }
}
