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
