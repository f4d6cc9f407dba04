/** Address of a document. `id` is the case code for the documents of a case, a person's id for theirs. */
export interface Key {
  readonly kind: string;
  readonly id: string;
}

/**
 * What every adapter can keep: one JSON document, the moment the engine must look at it again (`dueAt`), the
 * words it is listed under (`terms`), where it stands in lists (`sortAt`, newest first) and the projection that
 * a list shows (`summary`). `body` and `summary` are JSON: no `undefined`, no dates, no functions; what JSON
 * drops is dropped. Text is well-formed Unicode: a lone surrogate is kept as U+FFFD.
 */
export interface Document extends Key {
  /** Milliseconds since the epoch; `null`: never. */
  readonly dueAt: number | null;
  readonly terms: readonly string[];
  readonly sortAt: number;
  readonly summary: unknown;
  readonly body: unknown;
}

export interface Stored extends Document {
  readonly etag: string;
}

export interface ListQuery {
  readonly kind: string;
  /** Only documents that carry this term. */
  readonly term: string;
  /** Items a page, held to 1–200. */
  readonly limit: number;
  /**
   * Where to go on: `next` of the page before. It is a position in the one order that all documents of a `kind`
   * stand in, so it holds for every term and every range of that kind. One that is none is refused as `bad-cursor`.
   */
  readonly cursor?: string;
  /** Only documents with `sortAt >= from`, in milliseconds. */
  readonly from?: number;
  /** Only documents with `sortAt < to`. */
  readonly to?: number;
}

export interface Listed extends Key {
  readonly sortAt: number;
  /** `null` when the stored one cannot be read: a list never fails because of one document. */
  readonly summary: unknown;
}

export interface Page {
  readonly items: readonly Listed[];
  /** The cursor of the last item (`encodeCursor`, the same in every adapter); absent on the last page. */
  readonly next?: string;
}

/**
 * The only truth. Every write is one conditional write of one document, so that no two writers both win and a
 * crash leaves either the old document or the new one. All adapters pass `tests/contract/store.ts`.
 *
 * Every method may reject with `StoreError` `unavailable`. On `create` and `replace` that leaves open whether the
 * document was written: read it again (an operation id inside the document tells).
 */
export interface DocumentStore {
  /** @returns its etag. @throws StoreError `already-exists`, `too-large` */
  create(document: Document): Promise<string>;
  /** @throws Undecodable when what is stored is not a document */
  read(key: Key): Promise<Stored | undefined>;
  /**
   * @returns the new etag
   * @throws StoreError `stale` when somebody else wrote since `etag`, or the document is gone; `too-large`
   */
  replace(document: Document, etag: string): Promise<string>;
  /** Keys with `dueAt <= now`, the longest due first, then by key. May be stale: only the conditional write decides. */
  due(now: number, limit: number): Promise<Key[]>;
  /** The earliest `dueAt` of all, for the wake-up schedule. */
  nextDue(): Promise<number | undefined>;
  /**
   * Newest `sortAt` first, then by id, code point by code point (`inOrder`); keyset paging.
   *
   * @throws StoreError `bad-cursor`
   * @throws TypeError when `from` or `to` is no time
   */
  list(query: ListQuery): Promise<Page>;
  /**
   * Whole documents in the order of their keys (`inKeyOrder`), those behind `after`: for whoever copies everything. At
   * most `limit` (1–200), perhaps fewer; none at the end. A damaged one is in its place as what `read` would throw.
   * One that is written meanwhile is met as it was or as it is; one that is there throughout is met once.
   */
  all(after: Key | undefined, limit: number): Promise<readonly (Stored | Undecodable)[]>;
  /** Answers when the store can be read. */
  ping(): Promise<void>;
  /** May be called again; every other method then rejects with `unavailable`. */
  close(): Promise<void>;
}

/**
 * Largest body: bytes of its JSON in UTF-8. Cosmos refuses items over 2 MB; the rest is for envelope and terms. One
 * that is mostly quotes and backslashes is refused earlier, because these are kept as two bytes each.
 */
export const MAX_BODY_BYTES = 1_500_000;

/** Longest key: kind and id together, in UTF-8. Ids of Cosmos end at 1,023 bytes and take three for most of ours. */
export const MAX_KEY_BYTES = 300;

/** Every failure of a store that a caller may act on. `code` is stable and listed in `docs/errors.md`. */
export class StoreError extends Error {
  readonly code: 'already-exists' | 'stale' | 'too-large' | 'bad-cursor' | 'unavailable' | 'incompatible';
  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/**
 * What is stored under `key` is not a document (edited by hand, damaged). The engine skips it and raises an alarm.
 * The message never quotes the content: it may be a narrative (promise 7).
 */
export class Undecodable extends Error {
  readonly key: Key;
  /** Of the damaged document, so that it can be replaced by a sound one. */
  readonly etag: string;
  constructor(key: Key, etag: string) {
    super(`The stored document ${keyText(key)} cannot be read: it is not valid JSON.`);
    this.name = 'Undecodable';
    this.key = key;
    this.etag = etag;
  }
}

/** By kind, then by id, each as UTF-8 sorts. Kinds are ASCII. */
export const inKeyOrder = (a: Key, b: Key): number =>
  Buffer.compare(Buffer.from(a.kind), Buffer.from(b.kind)) ||
  Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));

export const keyText = (key: Key): string => `${key.kind}/${key.id}`;
