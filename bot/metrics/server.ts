import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log } from '../../services/log.ts';
import { isForLoopback } from '../../services/loopback.ts';

export interface MetricsServer {
  readonly url: string;
  close(): Promise<void>;
}

interface Parts {
  /** 0: any free one. */
  readonly port: number;
  readonly contentType: string;
  readonly text: () => Promise<string>;
  readonly log: Log;
}

const HOST = '127.0.0.1';

/**
 * `/metrics` on a port of its own, on loopback only: the public one shows nothing of the inside. A collector on this
 * machine reads it.
 */
export async function openMetricsServer(parts: Parts): Promise<MetricsServer> {
  const server = createServer((req, res) => void answer(parts, req, res));
  server.unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.port, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://${HOST}:${port}/metrics`, close: () => close(server) };
}

async function answer({ text, contentType, log }: Parts, req: IncomingMessage, res: ServerResponse) {
  req.resume();
  // Set one by one: another server of this process changes `writeHead` of all of them.
  const say = (status: number, body: string, type = 'text/plain; charset=utf-8') => {
    res.statusCode = status;
    res.setHeader('content-type', type);
    res.end(body);
  };
  if (!isForLoopback(req.headers.host)) return say(403, 'forbidden\n');
  if (req.url?.split('?')[0] !== '/metrics') return say(404, 'not found\n');
  if (req.method !== 'GET') return say(405, 'not allowed\n');
  try {
    say(200, await text(), contentType);
  } catch (error) {
    log.error({ err: error }, 'metrics not collected');
    say(500, 'failed\n');
  }
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
