import { ConfigError } from '../../config.ts';
import { type CosmosSettings, isLoopback } from '../settings.ts';
import { createClient } from './client.ts';
import { containerDefinition, containerProblems } from './containerDefinition.ts';

/**
 * Makes database and container on an emulator. What is there stays as it is.
 *
 * @returns a sentence for each thing made, found, or found wrong
 * @throws ConfigError for an endpoint that is not on this machine
 */
export async function provision(settings: CosmosSettings): Promise<string[]> {
  const { endpoint, database: databaseId, container: containerId } = settings;
  if (!isLoopback(endpoint)) {
    throw new ConfigError(
      'COSMOS_ENDPOINT: このマシンのエミュレーターだけに使えます。アカウントのコンテナーは配置のときに作ります（docs/adr/0013）。',
    );
  }
  const client = await createClient(settings);
  try {
    const { database, statusCode } = await client.databases.createIfNotExists({ id: databaseId });
    const made = await database.containers.createIfNotExists(containerDefinition(containerId));
    const state = (code: number) => (code === 201 ? 'made' : 'was there already');
    return [
      `database ${databaseId}: ${state(statusCode)}`,
      `container ${databaseId}/${containerId}: ${state(made.statusCode)}`,
      ...(made.resource === undefined ? [] : containerProblems(made.resource)).map(
        (problem) => `container ${databaseId}/${containerId}: ${problem}`,
      ),
    ];
  } finally {
    client.dispose();
  }
}
