import { CosmosClient, type CosmosClientOptions } from '@azure/cosmos';
import type { TokenCredential } from '@azure/identity';
import type { Log } from '../../log.ts';
import { type CosmosSettings, isLoopback } from '../settings.ts';
import { createHttpClient, type OnRequest } from './http.ts';

/**
 * The consistency that reads ask for, and the least that an account must have (docs/adr/0013). An emulator has one
 * replica: every level is the same there, and asking for more than its default is refused.
 */
export const CONSISTENCY = 'BoundedStaleness';
export const SUFFICIENT: ReadonlySet<string> = new Set(['Strong', CONSISTENCY]);

/** @param credential instead of the managed identity: for tests against an account */
export async function createClient(
  settings: CosmosSettings,
  log?: Log,
  credential?: TokenCredential,
  onRequest?: OnRequest,
): Promise<CosmosClient> {
  const access = isLoopback(settings.endpoint)
    ? { key: settings.key ?? '' }
    : { aadCredentials: credential ?? (await managedIdentity(settings.clientId)) };
  return new CosmosClient({ ...clientOptions(settings.endpoint, log, onRequest), ...access });
}

/**
 * - One region, the one that takes the writes: without endpoint discovery nobody reads in another region, where a
 *   read may be behind, and nothing is repeated in the background.
 * - No retries of the SDK's own: `retry.ts` has the only ones, with one deadline over all attempts.
 * - `requestTimeout` is out of the way of the time that `retry.ts` gives an attempt.
 */
export function clientOptions(
  endpoint: string,
  log: Log | undefined,
  onRequest?: OnRequest,
): CosmosClientOptions {
  return {
    endpoint,
    ...(isLoopback(endpoint) ? {} : { consistencyLevel: CONSISTENCY }),
    httpClient: createHttpClient(log, onRequest),
    userAgentSuffix: 'mamori',
    connectionPolicy: {
      enableEndpointDiscovery: false,
      enableBackgroundEndpointRefreshing: false,
      enablePartitionLevelFailover: false,
      requestTimeout: 60_000,
      retryOptions: {
        maxRetryAttemptCount: 0,
        fixedRetryIntervalInMilliseconds: 0,
        maxWaitTimeInSeconds: 0,
      },
    },
  };
}

async function managedIdentity(clientId: string | undefined): Promise<TokenCredential> {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  return clientId === undefined
    ? new ManagedIdentityCredential()
    : new ManagedIdentityCredential({ clientId });
}
