import { join } from 'node:path';
import type { Log } from '../log.ts';
import type { OnRequest } from './cosmos/http.ts';
import type { SqliteSettings, StoreSettings } from './settings.ts';
import type { DocumentStore } from './store.ts';

/**
 * The store that the settings name. `onRequest` is told of each request to Cosmos DB. Adapters are loaded here and not before: the SDK of one costs the other nothing.
 *
 * @throws StoreError `unavailable` or `incompatible`, with what to mend
 */
export async function openStore(
  settings: StoreSettings,
  log: Log,
  onRequest?: OnRequest,
): Promise<DocumentStore> {
  if (settings.kind === 'cosmos') {
    const { openCosmosStore } = await import('./cosmos/openCosmosStore.ts');
    return openCosmosStore({ ...settings, log, onRequest });
  }
  const { openSqliteStore } = await import('./sqlite/sqliteStore.ts');
  return openSqliteStore({ path: databaseFile(settings) });
}

export const databaseFile = ({ folder }: SqliteSettings): string => join(folder, 'mamori.sqlite');
