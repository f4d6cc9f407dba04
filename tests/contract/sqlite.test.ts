import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../services/store/sqlite/sqliteStore.ts';
import { describeStoreContract } from './store.ts';

describeStoreContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mamori-store-'));
  return {
    open: () => openSqliteStore({ path: join(folder, 'mamori.db') }),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
});
