import type { TokenCredential } from '@azure/identity';
import type { Log } from '../../log.ts';
import type { CosmosSettings } from '../settings.ts';
import type { DocumentStore } from '../store.ts';
import { createClient } from './client.ts';
import { CosmosStore } from './cosmosStore.ts';
import { type OnRequest, purpose } from './http.ts';
import { openContainer } from './openContainer.ts';
import { type Limits, type Pace, realPace, retrying } from './retry.ts';

export interface CosmosOptions extends CosmosSettings {
  readonly log?: Log;
  /** By default one call of the store may take 5 s with all its attempts, each of them 2 s; opening takes longer. */
  readonly limits?: Partial<Limits>;
  readonly pace?: Pace;
  /** Instead of the managed identity: for tests against an account. */
  readonly credential?: TokenCredential;
  /** Told of each attempt: its status and what it cost. */
  readonly onRequest?: OnRequest | undefined;
}

/** The first answer needs a token and a connection; afterwards nothing waits this long. */
const OPENING: Limits = { deadlineMs: 30_000, attemptMs: 10_000 };
const USUAL: Limits = { deadlineMs: 5_000, attemptMs: 2_000 };

/**
 * The store for several instances. One client a process; the container must be there (`openContainer`).
 *
 * @throws StoreError `unavailable`, or `incompatible` when something is missing, with what to mend
 */
export async function openCosmosStore(options: CosmosOptions): Promise<DocumentStore> {
  const { log, limits = {}, pace = realPace, credential, onRequest } = options;
  const client = await createClient(options, log, credential, onRequest);
  try {
    const container = await purpose.run({ operation: 'open' }, () =>
      retrying({ ...OPENING, ...limits }, pace, (signal) => openContainer(client, options, signal)),
    );
    return new CosmosStore(client, container, { ...USUAL, ...limits }, pace);
  } catch (error) {
    client.dispose();
    throw error;
  }
}
