import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../config.ts';
import type { Log } from '../log.ts';
import type { OnRequest } from './cosmos/http.ts';
import type { SqliteSettings, StoreSettings } from './settings.ts';
import type { DocumentStore } from './store.ts';

/**
 * The store that the settings name. Adapters are loaded here and not before: the SDK of one costs the other nothing.
 *
 * @param onRequest told of each request to Cosmos DB
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

/**
 * For tools that work on what is there: in a wrong folder a database would be made, and nothing found in it.
 *
 * @throws ConfigError
 */
export async function requireDatabase(settings: StoreSettings): Promise<void> {
  if (settings.kind !== 'sqlite') return;
  const file = databaseFile(settings);
  await access(file).catch(() => {
    throw new ConfigError(`MAMORI_DATA: ${file} がありません。ボットと同じ場所を指定してください。`);
  });
}

export const databaseFile = ({ folder }: SqliteSettings): string => join(folder, 'mamori.sqlite');
