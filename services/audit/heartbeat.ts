import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Verdict } from './findings.ts';

/** Services that watch for a missing heartbeat are set to a few of these. */
const EVERY_MS = 60_000;
const DEADLINE_MS = 10_000;

export type Beat = 'ok' | 'refused' | 'failed';

interface Parts {
  /** Holds a secret: it is in no log. */
  readonly url: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
  readonly onBeat?: (beat: Beat) => void;
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * A request to a dead man's switch, only after a good result of the audit: a process that hangs, or is gone, cannot
 * say so, and the switch notices the silence. One request at a time and never a repetition before the next is due.
 */
export class Heartbeat {
  readonly #parts: Parts;
  #lastAt = Number.NEGATIVE_INFINITY;
  #isUnderWay = false;
  #last: Beat = 'ok';

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async heard({ isWell }: Verdict): Promise<void> {
    const now = this.#parts.clock.now();
    if (!isWell || this.#isUnderWay || Math.abs(now - this.#lastAt) < EVERY_MS) return;
    this.#isUnderWay = true;
    this.#lastAt = now;
    const { beat, status, reason } = await this.#beat();
    this.#isUnderWay = false;
    this.#parts.onBeat?.(beat);
    if (beat !== this.#last) {
      if (beat === 'ok') this.#parts.log.info({}, 'heartbeat sent');
      else this.#parts.log.warn({ status, reason }, 'heartbeat not sent');
    }
    this.#last = beat;
  }

  async #beat(): Promise<{ beat: Beat; status?: number; reason?: string }> {
    const { url, fetch = globalThis.fetch } = this.#parts;
    try {
      const signal = AbortSignal.timeout(DEADLINE_MS);
      // Not led on to another address: what is in this one is meant for its host.
      const response = await fetch(url, { signal, redirect: 'error', cache: 'no-store' });
      await response.body?.cancel();
      return { beat: response.ok ? 'ok' : 'refused', status: response.status };
    } catch (error) {
      const { name, cause } = (error ?? {}) as { name?: unknown; cause?: { code?: unknown } };
      return { beat: 'failed', reason: String(cause?.code ?? name ?? 'unknown') };
    }
  }
}
