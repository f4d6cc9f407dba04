import { HEADERS, signedHeaders } from '../../services/alarm/signature.ts';
import type { SignedRequest } from '../../services/trigger/request.ts';

/** The registered place of the demo city. */
export const BUTTON = 'shimin-shomei';

const secretFor = (place: string): string => `the secret of ${place}, long enough to be one`;
export const triggerSecret = async (place: string): Promise<string | undefined> => secretFor(place);

let presses = 0;
export function freshId(): string {
  presses += 1;
  return `press-${String(presses).padStart(6, '0')}`;
}

export interface PressOptions {
  readonly place?: string;
  readonly level?: string;
  /** A question of the lamp. */
  readonly ask?: 'state';
  readonly id?: string;
  readonly secret?: string;
  /** Instead of a body made of the above. */
  readonly body?: string;
}

/** What a device at this place sends at `now`. */
export function signed(now: number, options: PressOptions = {}): SignedRequest {
  const { place = BUTTON, level, ask, id = freshId(), secret = secretFor(place) } = options;
  const body = options.body ?? JSON.stringify({ place, level, ask });
  const headers = signedHeaders(secret, id, body, now);
  return {
    timestamp: headers[HEADERS.timestamp] ?? '',
    signature: headers[HEADERS.signature] ?? '',
    id,
    body: Buffer.from(body),
  };
}
