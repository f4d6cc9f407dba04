import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreError } from '../store.ts';
import { BUSY_TIMEOUT_MS, whileLocked } from './locks.ts';
import { MIGRATIONS } from './schema.ts';

/**
 * Opens or makes the file and brings it to the current schema. Several processes may do so at once.
 *
 * @param file absolute path
 * @throws StoreError `unavailable`, or `incompatible` for a file of a newer version or of another program
 */
export async function openDatabase(file: string, deadlineMs: number): Promise<DatabaseSync> {
  const database = connect(file);
  try {
    await whileLocked(file, deadlineMs, () => checkVersion(database, file));
    await whileLocked(file, deadlineMs, () => useWriteAheadLog(database, file));
    await whileLocked(file, deadlineMs, () => migrate(database, file));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function connect(file: string): DatabaseSync {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    createPrivately(file);
    return new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
  } catch (error) {
    throw new StoreError('unavailable', `The database file ${file} cannot be opened.`, { cause: error });
  }
}

/**
 * The file holds narratives: nobody else may read it (the log beside it takes over its mode). An existing file is
 * left alone, because closing it here would drop the locks that SQLite holds on it in this process.
 */
function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    const exists = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
  }
}

/** Before anything is changed in the file: is it ours, and do we know its schema? */
function checkVersion(database: DatabaseSync, file: string): number {
  const found = database.prepare(VERSION_AND_USE).get();
  const version = Number(found?.version);
  if (version > MIGRATIONS.length) {
    throw new StoreError(
      'incompatible',
      `The database file ${file} was written by a newer version of Mamori (schema ${version}; this version knows ${MIGRATIONS.length}). Start the newer version, or use another folder.`,
    );
  }
  if (version === 0 && found?.used === 1) {
    throw new StoreError(
      'incompatible',
      `The file ${file} is the database of another program. Use another folder.`,
    );
  }
  return version;
}

/** One statement, so that both come from the same moment: another process may be making the schema. */
const VERSION_AND_USE = `
  SELECT (SELECT user_version FROM pragma_user_version) AS version,
         EXISTS (SELECT 1 FROM sqlite_schema) AS used`;

/** Readers and the one writer do not wait for each other; FULL: a commit is on the disk before it is answered. */
function useWriteAheadLog(database: DatabaseSync, file: string): void {
  const mode = database.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode;
  if (mode !== 'wal') {
    throw new StoreError(
      'incompatible',
      `The database file ${file} cannot use a write-ahead log (mode "${mode}"). Use a folder on a local disk.`,
    );
  }
  database.exec('PRAGMA synchronous = FULL');
}

function migrate(database: DatabaseSync, file: string): void {
  if (checkVersion(database, file) === MIGRATIONS.length) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    // Again, now that nobody else can be at it: another process may have been first.
    for (const step of MIGRATIONS.slice(checkVersion(database, file))) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
