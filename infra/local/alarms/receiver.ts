import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReceivedAlarms } from './received.ts';

/** A receiver of alarms on this machine, in place of the city's PBX, SMS gateway or broadcast. */
export interface AlarmReceiver {
  /** What the bot is given: where to post, and the secret it signs with. */
  readonly url: string;
  readonly secret: string;
  /** Where the demo page reads what came in. */
  readonly listUrl: string;
  stop(): Promise<void>;
}

const MAX_BODY = 20_000;
const LOCAL = /^(localhost|127\.0\.0\.1)(:\d+)?$/;

/** Listens on a free loopback port. */
export async function startAlarmReceiver(): Promise<AlarmReceiver> {
  const secret = randomBytes(32).toString('base64url');
  const received = new ReceivedAlarms(secret);
  const server = createServer((req, res) => {
    answer(received, req, res).catch(() => {
      res.writeHead(400);
      res.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}`;
  return {
    url: `${base}/alarm`,
    secret,
    listUrl: `${base}/alarms`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(received: ReceivedAlarms, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const end = (status: number, body = '', headers: Record<string, string> = {}) => {
    res.writeHead(status, headers);
    res.end(body);
  };
  // A page of another site must not get here by a name of its own (DNS rebinding).
  if (!LOCAL.test(req.headers.host ?? '')) return end(403);
  if (req.method === 'POST' && req.url === '/alarm') {
    const body = await read(req);
    return end(body === undefined ? 413 : received.take(req.headers, body, Date.now()));
  }
  if (req.method === 'GET' && req.url === '/alarms') {
    const origin = req.headers.origin ?? '';
    const isOurs = LOCAL.test(origin.replace(/^http:\/\//, ''));
    return end(200, JSON.stringify(received.all), {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      // The page is the bot's, on another port.
      ...(isOurs ? { 'access-control-allow-origin': origin } : {}),
    });
  }
  end(404);
}

async function read(req: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  return size > MAX_BODY ? undefined : Buffer.concat(chunks).toString('utf8');
}
