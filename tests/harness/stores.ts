import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openSqliteStore } from '../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore, Key } from '../../services/store/store.ts';

/**
 * Where journeys keep their data. A folder names a place: whoever opens a store on the same folder, in this process or
 * in another one, works on the same data.
 */
export interface Stores {
  open(folder: string): Promise<DocumentStore>;
  /** Settings for a process that works on this place. */
  environment(folder: string): Promise<Readonly<Record<string, string>>>;
  /** Puts this text where the body of the document is, as a hand or a failing disk would. */
  damage(folder: string, key: Key, body: string): Promise<void>;
  /** How often a race between processes is run: as often as time allows. */
  readonly races: number;
}

const sqlite: Stores = {
  races: 1_000,
  open: (folder) => openSqliteStore({ path: join(folder, 'mamori.sqlite') }),
  environment: async (folder) => ({ MAMORI_DATA: folder }),
  async damage(folder, { kind, id }, body) {
    const database = new DatabaseSync(join(folder, 'mamori.sqlite'));
    database.prepare('UPDATE documents SET body = ? WHERE kind = ? AND id = ?').run(body, kind, id);
    database.close();
  },
};

let current: Stores = sqlite;

/** The embedded store, unless the run of the journeys says otherwise (`jest.config.js`). */
export const stores = (): Stores => current;

export function useStores(other: Stores): void {
  current = other;
}
