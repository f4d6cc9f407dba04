import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkInstalled, cosmosSettings } from '../../../infra/local/cosmosServer/start.ts';
import { readConfig } from '../../../services/config.ts';

test('a missing package is named with the mend', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mamori-no-modules-'));
  expect(() => checkInstalled(join(folder, 'start.ts'))).toThrow(
    /@vercel\/cosmosdb-server.*--omit=dev を付けずに npm ci/s,
  );
  await rm(folder, { recursive: true, force: true });
});

test('it is found where it is installed', () => {
  expect(() => checkInstalled()).not.toThrow();
});

test('the settings are what the bot accepts in local mode', () => {
  const { endpoint, database, container, key = '' } = cosmosSettings('http://127.0.0.1:1');
  const { store } = readConfig({
    MAMORI_MODE: 'local',
    MAMORI_ORGANIZATION: 'organization.yaml',
    MAMORI_STORE: 'cosmos',
    COSMOS_ENDPOINT: endpoint,
    COSMOS_DATABASE: database,
    COSMOS_CONTAINER: container,
    COSMOS_KEY: key,
  });
  expect(store).toEqual(cosmosSettings('http://127.0.0.1:1'));
});
