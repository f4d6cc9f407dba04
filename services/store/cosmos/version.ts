import { randomBytes } from 'node:crypto';

/**
 * A version of an item: the etag of the service and the operations that led to it, the newest first. Both together
 * are the port's `etag`, so that a writer, who has nothing else of the version before, can hand the history on.
 */
export interface Version {
  readonly etag: string;
  readonly operations: readonly string[];
}

/**
 * How many writes of a document are remembered: a writer whose answer was lost finds its own among them although
 * others have written since. More than that do not happen to one document while one call lasts.
 */
export const REMEMBERED = 24;

export const newOperation = (): string => randomBytes(6).toString('base64url');

/** What an item holds after one more operation. */
export const historyWith = (version: Version | undefined, operation: string): readonly string[] =>
  [operation, ...(version?.operations ?? [])].slice(0, REMEMBERED);

export const encodeVersion = ({ etag, operations }: Version): string => [etag, ...operations].join(' ');

/** Nothing for what is no version: the service would take an empty etag, or `*`, for no condition at all. */
export function decodeVersion(text: string): Version | undefined {
  const [etag = '', ...operations] = text.split(' ');
  return etag !== '*' && /^[\x21-\x7e]+$/.test(etag) ? { etag, operations } : undefined;
}

/** The version that was written and is gone, because somebody else wrote since: no condition on it ever holds. */
export const superseded = (operations: readonly string[]): Version => ({ etag: '"superseded"', operations });

/**
 * Whether a write of unknown outcome happened, by the history that the item has now. `unknown` when more has happened
 * since than is remembered.
 *
 * @param written what the item would hold by that write: itself first, then what it was based on
 */
export function verdict(
  found: readonly string[],
  written: readonly string[],
): 'written' | 'not written' | 'unknown' {
  const [operation = '', base] = written;
  if (found.includes(operation)) return 'written';
  const isComplete = base === undefined ? found.length < REMEMBERED : found.includes(base);
  return isComplete ? 'not written' : 'unknown';
}
