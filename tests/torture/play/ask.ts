import { setTimeout as delay } from 'node:timers/promises';
import { type Shown, shownOf } from '../../harness/shown.ts';
import type { Fleet } from '../fleet.ts';
import type { Random } from '../random.ts';
import type { Worker } from '../worker/worker.ts';

/** What the client shows after a press. */
export interface Answer {
  readonly card: Shown;
  /** When it had been asked for the first time. */
  readonly sentAt: number;
  readonly answeredAt: number;
}

const ANSWER_WITHIN_MS = 9_000;
/** Somebody who needs help, or is on the way, does not give up sooner. */
const KEEPS_TRYING_MS = 90_000;
const REDELIVERED = 0.15;
const TWICE_AT_ONCE = 0.05;

interface AskParts {
  readonly fleet: Fleet;
  readonly random: Random;
  /** What a worker did not do. */
  readonly onNote: (worker: string, what: string) => void;
}

/** People who press until something visibly happens, and a Teams that delivers what they pressed more than once. */
export class Ask {
  readonly counts: Record<string, number> = { asked: 0, redelivered: 0 };
  readonly #fleet: Fleet;
  readonly #random: Random;
  readonly #onNote: AskParts['onNote'];
  #activities = 0;

  constructor({ fleet, random, onNote }: AskParts) {
    this.#onNote = onNote;
    this.#fleet = fleet;
    this.#random = random;
  }

  /** Presses again, under a new id and at any worker, until a card comes back. */
  async press(activity: object): Promise<Answer | undefined> {
    const sentAt = Date.now();
    while (Date.now() < sentAt + KEEPS_TRYING_MS) {
      if (this.#random.chance(TWICE_AT_ONCE)) this.#again(activity, 0);
      const card = cardIn(await this.#post(activity));
      if (card !== undefined) {
        if (this.#random.chance(REDELIVERED)) this.#again(activity, this.#random.between(20, 4_000));
        return { card, sentAt, answeredAt: Date.now() };
      }
      await delay(this.#random.between(200, 900));
    }
    return undefined;
  }

  /** Sends once; whether it was heard is seen elsewhere. */
  async say(activity: object): Promise<boolean> {
    return (await this.#post(activity)) !== undefined;
  }

  #unanswered(worker: Worker, why: string): void {
    this.#onNote(worker.name, `unanswered: ${why}`);
    const name = `unanswered (${why})`;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }

  #again(activity: object, afterMs: number): void {
    this.counts.redelivered = (this.counts.redelivered ?? 0) + 1;
    setTimeout(() => void this.#post(activity), afterMs);
  }

  /** The body of an answer with HTTP 200. */
  async #post(activity: object): Promise<unknown> {
    this.#activities += 1;
    const body = JSON.stringify({ ...activity, id: `activity-${this.#activities}` });
    const worker = this.#fleet.pick(this.#random);
    if (worker === undefined) return undefined;
    this.counts.asked = (this.counts.asked ?? 0) + 1;
    try {
      const response = await fetch(`${worker.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      const json: unknown = await response.json();
      if (response.status === 200) return json;
      this.#unanswered(worker, `HTTP ${response.status}`);
    } catch (error) {
      // Dead, dying or paused.
      const { name, cause } = error as Error & { cause?: { code?: string } };
      this.#unanswered(worker, cause?.code ?? name);
    }
    return undefined;
  }
}

/** The card in the answer to a press; undefined for an error, which the client shows as one. */
function cardIn(body: unknown): Shown | undefined {
  const { statusCode, value } = (body ?? {}) as { statusCode?: number; value?: unknown };
  return statusCode === 200 && typeof value === 'object' && value !== null ? shownOf(value) : undefined;
}
