import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpServer } from '@vercel/cosmosdb-server';

export interface LocalServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** `@vercel/cosmosdb-server` on a free port of this machine, over plain http: empty, in memory, gone when stopped. */
export async function startCosmosServer(): Promise<LocalServer> {
  return listen(createHttpServer({ keepAlive: true }));
}

export async function listen(server: Server): Promise<LocalServer> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

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
