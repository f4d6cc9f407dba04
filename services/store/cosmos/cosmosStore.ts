import type { Container, CosmosClient } from '@azure/cosmos';
import { decodeOrDamaged, encode, isKeyTooLong, wellFormedKey } from '../encoding.ts';
import { encodeCursor, pageSize, stretchOf } from '../paging.ts';
import {
  type Document,
  type DocumentStore,
  type Key,
  keyText,
  type ListQuery,
  type Page,
  type Stored,
  StoreError,
  Undecodable,
} from '../store.ts';
import { failureOf } from './failures.ts';
import { purpose } from './http.ts';
import { type Address, addressOf, type Item, toItem, toKey, toListed, toStored, versionOf } from './item.ts';
import { dueQuery, keysQuery, listQuery, nextDueQuery, nextKindQuery, type Query } from './queries.ts';
import { type Limits, type Pace, retrying, unavailable } from './retry.ts';
import {
  decodeVersion,
  encodeVersion,
  historyWith,
  newOperation,
  superseded,
  type Version,
  verdict,
} from './version.ts';

/** One write of an item under a condition. */
interface Write {
  readonly send: (signal: AbortSignal) => Promise<{ readonly resource?: unknown }>;
  /** The statuses by which the service says that the condition does not hold. */
  readonly refusals: ReadonlySet<number>;
  readonly refused: () => StoreError;
}

/** A document is an item; every call is one request and its repetitions, or one query. */
export class CosmosStore implements DocumentStore {
  readonly #client: CosmosClient;
  readonly #container: Container;
  readonly #limits: Limits;
  readonly #pace: Pace;
  #isClosed = false;

  constructor(client: CosmosClient, container: Container, limits: Limits, pace: Pace) {
    this.#client = client;
    this.#container = container;
    this.#limits = limits;
    this.#pace = pace;
  }

  async create(document: Document): Promise<string> {
    const encoded = encode(document);
    const item = toItem(encoded, historyWith(undefined, newOperation()));
    return this.#write('create', encoded, item, {
      send: (abortSignal) => this.#container.items.create(item, { abortSignal }),
      refusals: new Set([409]),
      refused: () => new StoreError('already-exists', `${keyText(encoded)} exists already.`),
    });
  }

  async replace(document: Document, etag: string): Promise<string> {
    const encoded = encode(document);
    const refused = () => new StoreError('stale', `${keyText(encoded)} has been written by somebody else.`);
    const version = decodeVersion(etag);
    if (version === undefined) throw refused();
    const item = toItem(encoded, historyWith(version, newOperation()));
    const accessCondition = { type: 'IfMatch', condition: version.etag };
    return this.#write('replace', encoded, item, {
      send: (abortSignal) =>
        this.#container.item(item.id, item.pk).replace(item, { accessCondition, abortSignal }),
      refusals: new Set([412, 404]),
      refused,
    });
  }

  /**
   * A conditional write is safe to repeat: if it had happened already, its own repetition is refused. So after an
   * attempt of unknown outcome a refusal says nothing yet; the history in the item does.
   */
  async #write(operation: string, key: Key, item: Item, write: Write): Promise<string> {
    const { operations } = item;
    let maybeWritten = false;
    const version = await this.#run(operation, key, async (signal): Promise<Version> => {
      try {
        const { resource } = await write.send(signal);
        return { ...versionOf(resource), operations };
      } catch (error) {
        const failure = failureOf(error);
        if (failure.status === 413) throw new StoreError('too-large', `${keyText(key)} is too large.`);
        if (failure.subStatus === NO_CONTAINER) throw unavailable(failure);
        if (failure.status === undefined || !write.refusals.has(failure.status)) {
          maybeWritten ||= failure.maybeWritten;
          throw error;
        }
        if (!maybeWritten) throw write.refused();
        return settle(await this.#find(item, signal), item, write.refused);
      }
    });
    return encodeVersion(version);
  }

  async read(key: Key): Promise<Stored | undefined> {
    const wellFormed = wellFormedKey(key);
    if (isKeyTooLong(wellFormed)) return undefined;
    const found = await this.#run('read', wellFormed, (signal) => this.#find(addressOf(wellFormed), signal));
    return found === undefined ? undefined : toStored(wellFormed, found);
  }

  async due(now: number, limit: number): Promise<Key[]> {
    const count = Math.min(MAX_DUE, Math.trunc(limit));
    return count > 0 ? (await this.#query('due', dueQuery(now, count), count)).flatMap(toKey) : [];
  }

  async nextDue(): Promise<number | undefined> {
    const [dueAt] = await this.#query('nextDue', nextDueQuery(), 1);
    return typeof dueAt === 'number' ? dueAt : undefined;
  }

  async list(query: ListQuery): Promise<Page> {
    const { kind, id: term } = wellFormedKey({ kind: query.kind, id: query.term });
    const limit = pageSize(query.limit);
    // One more than the page, to know whether there is a next one.
    const asked = listQuery(kind, term, stretchOf(query), limit + 1);
    const rows = await this.#query('list', asked, limit + 1);
    const items = rows.slice(0, limit).flatMap((row) => toListed(kind, row));
    const last = items.at(-1);
    return rows.length > limit && last !== undefined ? { items, next: encodeCursor(last) } : { items };
  }

  /** Keys by query, then each document by its key: no answer outgrows what the service gives at once. */
  async all(after: Key | undefined, limit: number): Promise<readonly (Stored | Undecodable)[]> {
    const keys = await this.#keysBehind(after === undefined ? undefined : wellFormedKey(after), limit);
    return Promise.all(keys.map((key) => this.#readOrDamaged(key)));
  }

  async #keysBehind(after: Key | undefined, limit: number): Promise<Key[]> {
    const count = pageSize(limit);
    let { kind, id } = after ?? { kind: '', id: undefined };
    for (;;) {
      const rows = await this.#query('all', keysQuery(kind, id, count), count);
      if (rows.length > 0) return rows.flatMap(toKey);
      const [next] = await this.#query('all', nextKindQuery(kind), 1);
      if (typeof next !== 'string') return [];
      kind = next;
      id = undefined;
    }
  }

  /** Found by query and not by its key: somebody made the item by hand. */
  async #readOrDamaged(key: Key): Promise<Stored | Undecodable> {
    const found = await this.#run('all', key, (signal) => this.#find(addressOf(key), signal));
    return found === undefined ? new Undecodable(key, '') : decodeOrDamaged(() => toStored(key, found));
  }

  /** A read of data: reads of the container itself are counted against a small budget of their own. */
  async ping(): Promise<void> {
    await this.#run('ping', undefined, (signal) => this.#find(PING, signal));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#client.dispose();
  }

  async #find({ id, pk }: Address, abortSignal: AbortSignal): Promise<unknown> {
    const { resource, statusCode, substatus } = await this.#container.item(id, pk).read({ abortSignal });
    if (statusCode === 404 && substatus === NO_CONTAINER) {
      throw unavailable({ label: `${statusCode}/${substatus}` });
    }
    return statusCode === 404 ? undefined : resource;
  }

  /** A query that failed on the way begins again: answers are small, and half of one is of no use. */
  #query(operation: string, query: Query, maxItemCount: number): Promise<readonly unknown[]> {
    return this.#run(operation, undefined, async (abortSignal) => {
      const { resources } = await this.#container.items
        .query<unknown>(
          { query: query.query, parameters: [...query.parameters] },
          { maxItemCount, abortSignal },
        )
        .fetchAll();
      return resources;
    });
  }

  #run<Result>(
    operation: string,
    key: Key | undefined,
    attempt: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const of = key === undefined ? { operation } : { operation, key: keyText(key) };
    return purpose.run(of, () =>
      retrying(this.#limits, this.#pace, async (signal) => {
        if (this.#isClosed) throw new StoreError('unavailable', 'The store is closed.');
        return attempt(signal);
      }),
    );
  }
}

/** @throws StoreError when the write did not happen, or when nobody can tell any more */
function settle(found: unknown, item: Item, refused: () => StoreError): Version {
  const version = versionOf(found);
  switch (verdict(version.operations, item.operations)) {
    case 'written':
      return version.operations[0] === item.operations[0] ? version : superseded(item.operations);
    case 'not written':
      throw refused();
    case 'unknown':
      throw unavailable({ label: 'whether it was written is not known' });
  }
}

/** Sub-status of a 404 by which the whole container is gone, and not a document. */
const NO_CONTAINER = 1003;

const MAX_DUE = 1_000;

/** Never written. */
const PING: Address = addressOf({ kind: 'ping', id: 'ping' });
