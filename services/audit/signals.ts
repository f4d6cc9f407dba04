import type { Alarm, AlarmOutcome, AlarmSignal } from '../alarm/alarm.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';

type Signal = AlarmSignal & { readonly id: string };

interface Owed {
  readonly signal: Signal;
  nextAt: number;
  isUnderWay: boolean;
  /** The receiver has it, or may have it. */
  mayBeKnown: boolean;
}

const AGAIN_MS = 30_000;
const REJECTED_MS = 300_000;

/**
 * What まもり has to say about itself on the second way, until the receiver has it. Kept in memory: a store that is
 * away is one of the things to be told, and a process that starts anew finds out anew. The same id each time makes
 * a repetition harmless.
 */
export class Signals {
  readonly #alarm: Alarm | undefined;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #log: Log;
  readonly #owed = new Map<string, Owed>();

  constructor(parts: { alarm: Alarm | undefined; clock: Pick<Clock, 'now'>; log: Log }) {
    this.#alarm = parts.alarm;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  owe(signal: Signal): void {
    if (this.#alarm === undefined || this.#owed.has(signal.id)) return;
    this.#owed.set(signal.id, { signal, nextAt: 0, isUnderWay: false, mayBeKnown: false });
  }

  /** No longer true. @returns whether the receiver may have it, and has to be told the opposite */
  withdraw(id: string): boolean {
    const owed = this.#owed.get(id);
    this.#owed.delete(id);
    return owed?.mayBeKnown === true;
  }

  /** Tries what is owed and not under way; resolves when these attempts have ended. */
  async send(): Promise<void> {
    const now = this.#clock.now();
    const due = [...this.#owed.values()].filter(({ nextAt, isUnderWay }) => !isUnderWay && nextAt <= now);
    await Promise.all(due.map((owed) => this.#try(owed)));
  }

  async #try(owed: Owed): Promise<void> {
    const { signal } = owed;
    const { mayBeKnown } = owed;
    owed.isUnderWay = true;
    owed.mayBeKnown = true;
    const outcome = await this.#raise(signal);
    owed.isUnderWay = false;
    if (outcome.kind === 'retry' || outcome.kind === 'rejected') owed.mayBeKnown = mayBeKnown;
    if (outcome.kind === 'delivered') {
      // Kept, so that it is not owed again and its opposite is told.
      owed.nextAt = Number.POSITIVE_INFINITY;
      this.#log.info({ alarm: signal.reason }, 'alarm raised');
      return;
    }
    const wait = outcome.kind === 'rejected' ? REJECTED_MS : (outcome.retryAfterMs ?? AGAIN_MS);
    owed.nextAt = this.#clock.now() + wait;
    this.#log.error({ alarm: signal.reason, kind: outcome.kind, reason: outcome.reason }, 'alarm not raised');
  }

  async #raise(signal: Signal): Promise<AlarmOutcome> {
    try {
      return (await this.#alarm?.raise(signal)) ?? { kind: 'delivered' };
    } catch (error) {
      this.#log.error({ err: error }, 'alarm failed');
      return { kind: 'uncertain', reason: 'defect' };
    }
  }
}
