/** The server that `npm start -- --store cosmos` runs is the one that the tests are made on. */
export { type LocalServer, listen, startCosmosServer } from '../../../infra/local/cosmosServer/server.ts';

/** What passing on the local server does not show. Printed by the run, so that nobody takes it for a proof. */
export const NOT_PROVEN = `
The local server does not show (set COSMOS_ENDPOINT for an emulator or an account):
  - replicas, consistency levels and regions: it is one process with one copy of everything
  - that the composite indexes are enough for ORDER BY, and what a query costs: it scans, and every charge is 1
  - several physical partitions: the SDK merges two, but their query plans are written by hand (harness/cosmos)
  - real throttling, limits and time limits: 429, 408, 449, 413 and 503 come from the fault front
  - that ids, keys and text are accepted and kept by the service as they are here
  - managed identity, roles and TLS: it takes any key, over http
`;
