import { createHash } from 'node:crypto';

/** Crockford base32: no I, L, O, U, so that a code can be read out and typed. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SHORTEST = 4;
const LONGEST = 8;

/**
 * Case code for the `attempt`th try of one origin: the same origin always draws the same codes, so that a
 * redelivery or a second instance arrives at the same document. Longer when short ones are taken.
 *
 * @example caseCode(['tenant', 'person', 'call', 0], 0) // 'K-7F3Q'
 */
export function caseCode(origin: readonly (string | number)[], attempt: number): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([...origin, attempt]))
    .digest();
  const length = Math.min(LONGEST, SHORTEST + Math.floor(attempt / 3));
  let code = '';
  for (let index = 0; index < length; index++) code += ALPHABET[(hash[index] ?? 0) % 32];
  return `K-${code}`;
}

export const CODE_ATTEMPTS = 3 * (LONGEST - SHORTEST + 1);
