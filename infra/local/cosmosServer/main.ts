/** The local Cosmos server as a process of its own: what it computes for a query does not hold up the bot. */
import { startCosmosServer } from './server.ts';

const { endpoint } = await startCosmosServer();
process.stdout.write(`cosmos server listening on ${endpoint}\n`);
