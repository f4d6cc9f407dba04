import { DefaultAzureCredential } from '@azure/identity';
import { createClient } from '../../../services/store/cosmos/client.ts';
import { type CosmosOptions, openCosmosStore } from '../../../services/store/cosmos/openCosmosStore.ts';
import { provision } from '../../../services/store/cosmos/provision.ts';
import { isLoopback } from '../../../services/store/settings.ts';
import type { Backing } from '../../contract/store/bench.ts';

/**
 * A place for data at `COSMOS_ENDPOINT`: one container for the whole run, emptied before each test. On an emulator it
 * is made; in an account it must be there. As whoever has signed in (`az login`) at an account, by key at an emulator.
 *
 * @throws Error when the container's name does not say that it is for tests
 */
export async function externalCosmos(endpoint: string): Promise<() => Promise<Backing>> {
  const { COSMOS_DATABASE = 'mamori-test', COSMOS_CONTAINER = 'mamori-test', COSMOS_KEY } = process.env;
  if (!/test/i.test(COSMOS_CONTAINER)) {
    throw new Error(`COSMOS_CONTAINER=${COSMOS_CONTAINER}: tests empty it, so its name must hold "test".`);
  }
  const options: CosmosOptions = {
    kind: 'cosmos',
    endpoint,
    database: COSMOS_DATABASE,
    container: COSMOS_CONTAINER,
    ...(COSMOS_KEY === undefined ? {} : { key: COSMOS_KEY }),
    ...(isLoopback(endpoint) ? {} : { credential: new DefaultAzureCredential() }),
  };
  if (isLoopback(endpoint)) await provision(options);
  return async () => {
    await empty(options);
    return { open: () => openCosmosStore(options), dispose: async () => {} };
  };
}

async function empty(options: CosmosOptions): Promise<void> {
  const client = await createClient(options, undefined, options.credential);
  const container = client.database(options.database).container(options.container);
  const { resources } = await container.items
    .query<{ id: string; pk: string }>('SELECT c.id, c.pk FROM c')
    .fetchAll();
  for (const { id, pk } of resources) await container.item(id, pk).delete();
  client.dispose();
}
