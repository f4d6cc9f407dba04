import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * How まもり and the systems around it know each other, in both directions (docs/alarm.md): HMAC-SHA256 with a shared
 * secret over `<timestamp>.<id>.<body>`. The timestamp bounds how long a request that somebody recorded is of use;
 * within that time its id tells a repetition.
 */
interface Signed {
  /** Seconds since 1970, as sent. */
  readonly timestamp: string;
  /** Names the request: the same in every repetition of it. */
  readonly id: string;
  /** The bytes that were sent: a body that was parsed and written again is another one. */
  readonly body: string | Uint8Array;
}

export const HEADERS = {
  timestamp: 'X-Mamori-Timestamp',
  id: 'X-Mamori-Id',
  signature: 'X-Mamori-Signature',
} as const;

/** How far the clocks of the two sides may be apart, and how long a request may be on its way. */
export const WINDOW_MS = 300_000;

/** Shorter ones could be guessed. */
export const MIN_SECRET_BYTES = 32;

/** What an id may be. Without a dot: with one, two requests could have the same signed bytes. */
const SIGNED_ID = /^[A-Za-z0-9:/_-]{8,120}$/;

const TIMESTAMP = /^\d{1,12}$/;
const SIGNATURE = /^v1=[0-9a-f]{64}$/;

/** `v1=` and 64 hexadecimal digits. @throws RangeError when the id or the timestamp is none */
export function sign(secret: string, { timestamp, id, body }: Signed): string {
  if (!TIMESTAMP.test(timestamp)) throw new RangeError('not a timestamp in seconds');
  if (!SIGNED_ID.test(id)) throw new RangeError('not an id that can be signed');
  return `v1=${createHmac('sha256', secret).update(`${timestamp}.${id}.`).update(body).digest('hex')}`;
}

/** The headers of a request that is sent at `now`. */
export function signedHeaders(secret: string, id: string, body: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  return {
    'Content-Type': 'application/json; charset=utf-8',
    [HEADERS.timestamp]: timestamp,
    [HEADERS.id]: id,
    [HEADERS.signature]: sign(secret, { timestamp, id, body }),
  };
}

/** What stood in the headers; an absent one is empty. */
export interface Claimed extends Signed {
  readonly signature: string;
}

/** @param headers as Node gives them, by names in lower case */
export function claimedOf<Body extends Claimed['body']>(
  headers: Readonly<Record<string, unknown>>,
  body: Body,
): Claimed & { readonly body: Body } {
  const header = (name: string): string => {
    const value = headers[name.toLowerCase()];
    return typeof value === 'string' ? value : '';
  };
  const { timestamp, id, signature } = HEADERS;
  return { timestamp: header(timestamp), id: header(id), signature: header(signature), body };
}

/**
 * - `signature`: not from somebody who knows the secret.
 * - `expired`: from somebody who does, but made too long ago or by a clock that goes wrong. Known only of a right
 *   signature, so a stranger learns nothing of our clock.
 */
type Verified = 'ok' | 'signature' | 'expired';

/** Nobody knows it. Without a secret the answer takes as long as with a wrong one. */
const NOBODY = 'no such place, and a key that no signature fits';

/** @param secret undefined when there is none for this sender: nothing is right then */
export function verify(secret: string | undefined, claimed: Claimed, now: number): Verified {
  const { timestamp, id, signature } = claimed;
  if (!TIMESTAMP.test(timestamp) || !SIGNED_ID.test(id) || !SIGNATURE.test(signature)) return 'signature';
  const right = timingSafeEqual(Buffer.from(sign(secret ?? NOBODY, claimed)), Buffer.from(signature));
  if (!right || secret === undefined) return 'signature';
  return Math.abs(now - Number(timestamp) * 1000) <= WINDOW_MS ? 'ok' : 'expired';
}
