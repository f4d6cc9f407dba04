import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { claimedOf, verify } from '../../../services/alarm/signature.ts';

/** What a receiver has been told, as the demo page shows it. */
interface Received {
  readonly id: string;
  /** When it came about, ISO 8601. */
  readonly at: string;
  readonly reason: string;
  readonly text: string;
}

const schema = z.object({ at: z.string(), reason: z.string(), text: z.string() });

const KEPT = 30;

/**
 * The other side of the alarm in a few lines: what a PBX or an SMS gateway has to do (docs/alarm.md). Each id is
 * announced once; in memory, since it is for trying out.
 */
export class ReceivedAlarms {
  readonly #secret: string;
  #all: readonly Received[] = [];

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** @returns the HTTP status: 204 announced, 409 announced before, 401 not from まもり, 400 not an alarm */
  take(headers: IncomingHttpHeaders, body: string, now: number): 204 | 400 | 401 | 409 {
    const claimed = claimedOf(headers, body);
    const { id } = claimed;
    if (verify(this.#secret, claimed, now) !== 'ok') return 401;
    if (this.#all.some((known) => known.id === id)) return 409;
    const parsed = schema.safeParse(parse(body));
    if (!parsed.success) return 400;
    const { at, reason, text } = parsed.data;
    this.#all = [{ id, at, reason, text }, ...this.#all].slice(0, KEPT);
    return 204;
  }

  /** Newest first. */
  get all(): readonly Received[] {
    return this.#all;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
