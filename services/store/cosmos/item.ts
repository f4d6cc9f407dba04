import { decode, decodeSummary, type Encoded } from '../encoding.ts';
import { type Key, type Listed, type Stored, Undecodable } from '../store.ts';
import { decodeId, encodeId } from './ids.ts';
import { encodeVersion, type Version } from './version.ts';

/**
 * A document as it lies in the container. `body` and `summary` are JSON as text: what comes back is what was written,
 * to the order of its keys and at any depth, and nothing in it can take part in a query or an index.
 */
export interface Item {
  /** `<kind>:<pk>`, unique in its partition. */
  readonly id: string;
  /** Partition key: the id of the document, which for the documents of a case is its code. */
  readonly pk: string;
  readonly kind: string;
  readonly dueAt: number | null;
  readonly sortAt: number;
  readonly terms: readonly string[];
  readonly summary: string;
  readonly body: string;
  /** The last writes, the newest first: tells a writer whose answer was lost whether its write happened. */
  readonly operations: readonly string[];
}

export interface Address {
  readonly id: string;
  readonly pk: string;
}

export function addressOf({ kind, id }: Key): Address {
  const pk = encodeId(id);
  return { id: `${encodeId(kind)}:${pk}`, pk };
}

export function toItem(encoded: Encoded, operations: readonly string[]): Item {
  const { kind, dueAt, sortAt, terms, summary, body } = encoded;
  return {
    ...addressOf(encoded),
    kind,
    dueAt,
    sortAt,
    terms: JSON.parse(terms),
    summary,
    body,
    operations,
  };
}

/** @throws Undecodable when somebody wrote by hand what is no document */
export function toStored(key: Key, resource: unknown): Stored {
  const { dueAt, sortAt, terms, summary, body } = fields(resource);
  const etag = encodeVersion(versionOf(resource));
  if (
    (dueAt !== null && typeof dueAt !== 'number') ||
    typeof sortAt !== 'number' ||
    typeof summary !== 'string' ||
    typeof body !== 'string'
  ) {
    throw new Undecodable(key, etag);
  }
  return decode({ ...key, dueAt, sortAt, terms: JSON.stringify(terms ?? null), summary, body }, etag);
}

/** The key of a row of `due`; nothing when the row has none. */
export function toKey(row: unknown): Key[] {
  const { kind, pk } = fields(row);
  return typeof kind === 'string' && typeof pk === 'string' ? [{ kind, id: decodeId(pk) }] : [];
}

export function toListed(kind: string, row: unknown): Listed[] {
  const { pk, sortAt, summary } = fields(row);
  if (typeof pk !== 'string' || typeof sortAt !== 'number') return [];
  return [{ kind, id: decodeId(pk), sortAt, summary: decodeSummary(String(summary)) }];
}

export function versionOf(resource: unknown): Version {
  const { _etag, operations } = fields(resource);
  return { etag: String(_etag), operations: Array.isArray(operations) ? operations.map(String) : [] };
}

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};
