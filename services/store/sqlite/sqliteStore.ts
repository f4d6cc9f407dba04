import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { decode, decodeOrDamaged, decodeSummary, type Encoded, encode, wellFormedKey } from '../encoding.ts';
import { encodeCursor, pageSize, stretchOf } from '../paging.ts';
import {
  type Document,
  type DocumentStore,
  type Key,
  keyText,
  type Listed,
  type ListQuery,
  type Page,
  type Stored,
  StoreError,
  type Undecodable,
} from '../store.ts';
import { GroupCommit } from './groupCommit.ts';
import { whileLocked } from './locks.ts';
import { openDatabase } from './open.ts';
import { ALL, CREATE, DUE, LIST, NEXT_DUE, PING, READ, REPLACE } from './schema.ts';

interface SqliteOptions {
  /** The file; made with its folder when absent. On a local disk: network file systems are unsupported. */
  readonly path: string;
  /** How long to wait for another process's lock before `unavailable`. */
  readonly lockDeadlineMs?: number;
}

/**
 * The embedded store: one city on one machine; several processes may share the file. Each write is one statement
 * with its condition inside, committed to the disk before it resolves; those that come together are committed together.
 *
 * @throws StoreError `unavailable`, or `incompatible` when the file belongs to a newer version or another program
 */
export async function openSqliteStore(options: SqliteOptions): Promise<DocumentStore> {
  const file = resolve(options.path);
  const deadlineMs = options.lockDeadlineMs ?? 5_000;
  const database = await openDatabase(file, deadlineMs);
  const { ino: inode } = await stat(file, { bigint: true });
  return whileLocked(file, deadlineMs, () => new SqliteStore(database, deadlineMs, { file, inode }));
}

class SqliteStore implements DocumentStore {
  readonly #database: DatabaseSync;
  readonly #deadlineMs: number;
  readonly #opened: { readonly file: string; readonly inode: bigint };
  readonly #statements: ReturnType<typeof prepare>;
  readonly #writes: GroupCommit;

  constructor(database: DatabaseSync, deadlineMs: number, opened: { file: string; inode: bigint }) {
    this.#database = database;
    this.#deadlineMs = deadlineMs;
    this.#opened = opened;
    this.#statements = prepare(database);
    this.#writes = new GroupCommit(database, (attempt) => this.#run(attempt));
  }

  async create(document: Document): Promise<string> {
    const row = encode(document);
    const etag = randomUUID();
    const written = await this.#writes.write(() => this.#statements.create.run({ ...row, etag }).changes);
    if (written !== 1) throw new StoreError('already-exists', `${keyText(row)} exists already.`);
    return etag;
  }

  async read(key: Key): Promise<Stored | undefined> {
    const row = await this.#run(() => this.#statements.read.get({ ...wellFormedKey(key) }));
    if (row === undefined) return undefined;
    const { etag, ...encoded } = row as unknown as Encoded & { readonly etag: string };
    return decode(encoded, etag);
  }

  async replace(document: Document, expected: string): Promise<string> {
    const row = encode(document);
    const etag = randomUUID();
    const written = await this.#writes.write(
      () => this.#statements.replace.run({ ...row, etag, expected }).changes,
    );
    if (written !== 1) throw new StoreError('stale', `${keyText(row)} has been written by somebody else.`);
    return etag;
  }

  async due(now: number, limit: number): Promise<Key[]> {
    const rows = await this.#run(() =>
      this.#statements.due.all({ now, limit: Math.max(0, Math.trunc(limit)) }),
    );
    return rows.map(({ kind, id }) => ({ kind: String(kind), id: String(id) }));
  }

  async nextDue(): Promise<number | undefined> {
    const row = await this.#run(() => this.#statements.nextDue.get());
    return row === undefined ? undefined : Number(row.dueAt);
  }

  async list(query: ListQuery): Promise<Page> {
    const { kind, id: term } = wellFormedKey({ kind: query.kind, id: query.term });
    const limit = pageSize(query.limit);
    const stretch = stretchOf(query);
    // One more than the page, to know whether there is a next one.
    const rows = await this.#run(() =>
      this.#statements.list.all({ kind, term, ...stretch, limit: limit + 1 }),
    );
    const items = rows.slice(0, limit).map(
      (row): Listed => ({
        kind,
        id: String(row.id),
        sortAt: Number(row.sortAt),
        summary: decodeSummary(String(row.summary)),
      }),
    );
    const last = items.at(-1);
    return rows.length > limit && last !== undefined ? { items, next: encodeCursor(last) } : { items };
  }

  async all(after: Key | undefined, limit: number): Promise<readonly (Stored | Undecodable)[]> {
    const key = wellFormedKey(after ?? { kind: '', id: '' });
    const rows = await this.#run(() => this.#statements.all.all({ ...key, limit: pageSize(limit) }));
    return rows.map((row) => {
      const { etag, ...encoded } = row as unknown as Encoded & { readonly etag: string };
      return decodeOrDamaged(() => decode(encoded, etag));
    });
  }

  /** Also notices that the file was removed or put aside: what is written to it then would be lost. */
  async ping(): Promise<void> {
    const now = await stat(this.#opened.file, { bigint: true }).catch(() => undefined);
    if (now?.ino !== this.#opened.inode) {
      throw new StoreError(
        'unavailable',
        `The database file ${this.#opened.file} was moved or removed while in use.`,
      );
    }
    await this.#run(() => this.#statements.ping.get());
  }

  async close(): Promise<void> {
    if (!this.#database.isOpen) return;
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // Another process is using the log. Nothing is lost: what is committed stays in it.
    }
    this.#database.close();
  }

  async #run<Result>(statement: () => Result): Promise<Result> {
    return whileLocked(this.#opened.file, this.#deadlineMs, () => {
      if (!this.#database.isOpen) throw new StoreError('unavailable', 'The store is closed.');
      return statement();
    });
  }
}

/** Parsed once, used for the life of the connection. */
const prepare = (database: DatabaseSync) => ({
  create: database.prepare(CREATE),
  read: database.prepare(READ),
  replace: database.prepare(REPLACE),
  due: database.prepare(DUE),
  nextDue: database.prepare(NEXT_DUE),
  list: database.prepare(LIST),
  all: database.prepare(ALL),
  ping: database.prepare(PING),
});
