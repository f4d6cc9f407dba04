/** Runs before each file of the journeys on Cosmos (`jest.config.js`): every 20th answer is faulty. */
import { afterAll, jest } from '@jest/globals';
import { useStores } from '../stores.ts';
import { everyNth } from './faults.ts';
import { CosmosStores } from './stores.ts';

/** One process is product, client, front and server at once. */
jest.setTimeout(60_000);

const cosmos = new CosmosStores(everyNth(20, 20_261_125));
useStores(cosmos);
afterAll(() => cosmos.stop());
