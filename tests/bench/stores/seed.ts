import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { finished } from 'node:stream/promises';
import { encode } from '../../../services/store/encoding.ts';
import { CREATE } from '../../../services/store/sqlite/schema.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import { aCase } from './documents.ts';

const BATCH = 20_000;

/**
 * A database of `count` cases as years of use leave it: the product's schema, triggers and encoding, in the order of
 * time, with codes that fall all over the index. Only waiting for the disk is left out.
 *
 * @returns its size in bytes
 */
export async function seed(file: string, count: number, progress: (done: number) => void): Promise<number> {
  await (await openSqliteStore({ path: file })).close();
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -600000');
  const create = database.prepare(CREATE);
  for (let start = 0; start < count; start += BATCH) {
    database.exec('BEGIN');
    const end = Math.min(count, start + BATCH);
    for (let n = start; n < end; n += 1) create.run({ ...encode(aCase(n, count)), etag: `seeded-${n}` });
    database.exec('COMMIT');
    progress(end);
  }
  database.close();
  return (await stat(file)).size;
}

/** Reads a file once, so that the operating system has it in memory. */
export async function readThrough(file: string): Promise<void> {
  await finished(createReadStream(file, { highWaterMark: 4 * 1024 * 1024 }).resume());
}
