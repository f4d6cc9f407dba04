import {
  type Document,
  type Key,
  keyText,
  MAX_BODY_BYTES,
  MAX_KEY_BYTES,
  type Stored,
  StoreError,
  Undecodable,
} from './store.ts';

/** A document as adapters write it: JSON text, well-formed, of an allowed size. */
export interface Encoded extends Key {
  readonly dueAt: number | null;
  readonly sortAt: number;
  readonly terms: string;
  readonly summary: string;
  readonly body: string;
}

/**
 * The one way into every store, so that all adapters keep the same thing and refuse the same thing.
 *
 * @throws StoreError `too-large`
 * @throws TypeError for what is a defect of the caller: a time that is no number, a value that JSON cannot hold
 */
export function encode(document: Document): Encoded {
  const key = wellFormedKey(document);
  if (isKeyTooLong(key)) throw new StoreError('too-large', `A key is over ${MAX_KEY_BYTES} bytes.`);
  const body = toJson(document.body);
  const terms = toJson(document.terms);
  const summary = toJson(document.summary);
  if (Buffer.byteLength(body) > MAX_BODY_BYTES || outgrowsItem(terms, summary, body)) {
    throw new StoreError('too-large', `${keyText(key)} is over ${MAX_BODY_BYTES} bytes.`);
  }
  return {
    ...key,
    dueAt: document.dueAt === null ? null : finite(document.dueAt, 'dueAt'),
    sortAt: finite(document.sortAt, 'sortAt'),
    terms,
    summary,
    body,
  };
}

/** No document has such a key: it is refused when written and absent when read. */
export const isKeyTooLong = ({ kind, id }: Key): boolean => Buffer.byteLength(kind + id) > MAX_KEY_BYTES;

/**
 * Cosmos keeps the JSON as text in an item of at most 2 MB, in which each of its quotes and backslashes takes two
 * bytes. The exact size is worth looking at only when doubling everything could matter.
 */
function outgrowsItem(...texts: readonly string[]): boolean {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return 2 * bytes > MAX_ITEM_BYTES && Buffer.byteLength(JSON.stringify(texts)) > MAX_ITEM_BYTES;
}

/** The rest is for key, times and what the service adds. */
const MAX_ITEM_BYTES = 2_000_000;

/** @throws Undecodable */
export function decode(row: Encoded, etag: string): Stored {
  const { kind, id, dueAt, sortAt } = row;
  try {
    const terms: unknown = JSON.parse(row.terms);
    if (!isTerms(terms)) throw new TypeError('terms');
    return {
      kind,
      id,
      dueAt,
      terms,
      sortAt,
      summary: JSON.parse(row.summary),
      body: JSON.parse(row.body),
      etag,
    };
  } catch {
    // The parser's own message quotes the text, which may be a narrative: it is not kept, not even as the cause.
    throw new Undecodable({ kind, id }, etag);
  }
}

/** A document, or as a value what is thrown for a damaged one. */
export function decodeOrDamaged(decoding: () => Stored | Undecodable): Stored | Undecodable {
  try {
    return decoding();
  } catch (error) {
    if (error instanceof Undecodable) return error;
    throw error;
  }
}

/** A summary for a list, which shows the other documents even if this one is damaged. */
export function decodeSummary(summary: string): unknown {
  try {
    return JSON.parse(summary);
  } catch {
    return null;
  }
}

/** Keys are looked up in the form in which they were written. */
export const wellFormedKey = (key: Key): Key => ({
  kind: key.kind.toWellFormed(),
  id: key.id.toWellFormed(),
});

/**
 * `JSON.stringify` writes a lone surrogate as an escape (`\ud83d`), which databases accept, alter or refuse each in
 * its own way; here it becomes U+FFFD. Whole pairs are never escaped, so every escaped surrogate is a lone one.
 */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value) ?? 'null';
  if (!json.includes('\\ud')) return json;
  return json.replace(ESCAPE, (found) => (LONE_SURROGATE.test(found) ? '\ufffd' : found));
}

/** Takes escapes in order, so that the text of an escaped backslash (`\\ud83d`) is not mistaken for one. */
const ESCAPE = /\\(?:u[0-9a-f]{4}|.)/g;
const LONE_SURROGATE = /^\\ud[89a-f]/;

/** @throws TypeError for what is no time: a defect of the caller */
export function finite(value: number, name: string): number {
  if (!Number.isFinite(value)) throw new TypeError(`${name} must be a time in milliseconds, not ${value}`);
  return value;
}

const isTerms = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((term) => typeof term === 'string');
