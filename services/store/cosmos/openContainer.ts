import type { Container, CosmosClient } from '@azure/cosmos';
import { type CosmosSettings, isLoopback } from '../settings.ts';
import { StoreError } from '../store.ts';
import { CONSISTENCY, SUFFICIENT } from './client.ts';
import { containerProblems } from './containerDefinition.ts';
import { failureOf } from './failures.ts';

/**
 * The container, seen to be there and made as it must be. Nothing is created: in production that is a matter of the
 * deployment, and a process that may create containers may also create the wrong one by a typing error.
 *
 * @throws StoreError `incompatible` with all that has to be mended
 */
export async function openContainer(
  client: CosmosClient,
  settings: CosmosSettings,
  abortSignal: AbortSignal,
): Promise<Container> {
  const { endpoint, database, container: id } = settings;
  const container = client.database(database).container(id);
  const problems: string[] = [];
  if (!isLoopback(endpoint)) {
    const { resource } = await client.getDatabaseAccount({ abortSignal }).catch(explainAccess(endpoint));
    const level = String(resource?.consistencyPolicy);
    if (!SUFFICIENT.has(level)) {
      problems.push(`the default consistency of the account is ${level}. ${MEND_CONSISTENCY}`);
    }
  }
  const found = await container
    .read({ abortSignal })
    .catch(explainAbsence(settings))
    .catch(explainAccess(endpoint));
  if (found.resource !== undefined) problems.push(...containerProblems(found.resource));
  if (problems.length > 0) {
    throw new StoreError(
      'incompatible',
      `The container ${database}/${id} at ${endpoint} cannot be used: ${problems.join('; ')}.`,
    );
  }
  return container;
}

const explainAbsence = (settings: CosmosSettings) => (error: unknown) => {
  if (failureOf(error).status !== 404) throw error;
  const mend = isLoopback(settings.endpoint)
    ? 'Make it with: npm run store:provision'
    : 'Make it with the deployment (docs/adr/0013 says how it must be), or mend COSMOS_DATABASE and COSMOS_CONTAINER.';
  throw new StoreError(
    'incompatible',
    `There is no container ${settings.database}/${settings.container} at ${settings.endpoint}. ${mend}`,
  );
};

const explainAccess = (endpoint: string) => (error: unknown) => {
  const { status, label, isTransient } = failureOf(error);
  if (status === 400 && !isLoopback(endpoint)) {
    throw new StoreError(
      'incompatible',
      `Cosmos DB at ${endpoint} refuses reads of the level ${CONSISTENCY} (${label}). ${MEND_CONSISTENCY}.`,
    );
  }
  if (isTransient || (status !== 401 && status !== 403)) throw error;
  throw new StoreError(
    'unavailable',
    `Cosmos DB at ${endpoint} refuses this identity (${label}). Give it the data role "Cosmos DB Built-in Data Contributor"; of an emulator check COSMOS_KEY.`,
  );
};

const MEND_CONSISTENCY = `Set the account's default consistency to ${CONSISTENCY} (or Strong), so that one instance sees what another has written`;
