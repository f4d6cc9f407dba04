import { readFile } from 'node:fs/promises';
import pino from 'pino';
import restify from 'restify';
import type { Log } from '../services/log.ts';
import type { Reply } from './receive.ts';

/** The SDK's check of who is calling; rejects when it is not the Bot Framework. */
export interface Authentication {
  authenticateRequest(activity: never, authorizationHeader: string): Promise<unknown>;
}

export interface ServerParts {
  readonly authentication: Authentication;
  readonly receive: (activity: unknown) => Promise<Reply>;
  /** Resolves when store and engine work; rejects with the reason. */
  readonly ready: () => Promise<void>;
  readonly log: Log;
  /** Local mode: hosts that a browser may use to get here (DNS rebinding), and the page at `/demo`. */
  readonly local: { readonly demoPage: string | undefined } | undefined;
}

// restify's own log writes whole requests, and requests carry what people wrote (promise 7).
const silent = pino({ level: 'silent' });

const MAX_BODY = 400_000;
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/** The HTTP side: `/api/messages`, `/healthz`, `/readyz`, and `/demo` in local mode. */
export function createServer(parts: ServerParts): restify.Server {
  const { log, local } = parts;
  const server = restify.createServer({
    name: 'mamori',
    handleUncaughtExceptions: false,
    log: silent as unknown as NonNullable<restify.ServerOptions['log']>,
  });
  // restify answers errors with their text; whatever goes wrong, nothing of the inside is told.
  server.on(
    'restifyError',
    (_req: restify.Request, _res: restify.Response, error: HttpFailure, done: () => void) => {
      const status = error.statusCode ?? 500;
      error.toJSON = () => ({ code: status });
      error.toString = () => String(status);
      done();
    },
  );
  if (local !== undefined) server.pre(onlyLocalHosts);
  server.get('/healthz', async (_req: restify.Request, res: restify.Response) =>
    res.send(200, { status: 'ok' }),
  );
  server.get('/readyz', async (_req: restify.Request, res: restify.Response) => {
    try {
      await parts.ready();
      res.send(200, { status: 'ready' });
    } catch (error) {
      log.error({ err: error }, 'not ready');
      res.send(503, { status: 'not-ready' });
    }
  });
  server.head('/api/messages', async (_req: restify.Request, res: restify.Response) => {
    res.send(200);
  });
  server.post('/api/messages', async (req: restify.Request, res: restify.Response) => {
    const reply = await messages(parts, req);
    res.send(reply.status, reply.body);
  });
  if (local !== undefined)
    server.get('/demo', (req, res, next) => demo(local.demoPage, req, res).then(() => next()));
  return server;
}

interface HttpFailure {
  statusCode?: number;
  toJSON?: () => object;
  toString?: () => string;
}

function onlyLocalHosts(req: restify.Request, res: restify.Response, next: restify.Next): void {
  const host = (req.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const isLocal = LOCAL_HOSTS.includes(host);
  if (!isLocal) res.send(403, { code: 403 });
  next(isLocal ? undefined : false);
}

async function messages(parts: ServerParts, req: restify.Request): Promise<Reply> {
  const body = await readJson(req);
  if (body === 'too-large') return { status: 413, body: { code: 413 } };
  if (body === undefined) return { status: 400, body: { code: 400 } };
  try {
    const header = req.headers.authorization ?? '';
    await parts.authentication.authenticateRequest(body as never, header);
  } catch (error) {
    parts.log.warn({ err: error }, 'not authenticated');
    return { status: 401, body: { code: 401 } };
  }
  return parts.receive(body);
}

type Json = Record<string, unknown>;

/** The body as a JSON object; undefined for anything else. */
async function readJson(req: restify.Request): Promise<Json | 'too-large' | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read on to the end: a client that is still writing would see a reset instead of the answer.
    if (size <= MAX_BODY) chunks.push(chunk);
  }
  if (size > MAX_BODY) return 'too-large';
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Json) : undefined;
  } catch {
    return undefined;
  }
}

const NO_DEMO =
  '<!doctype html><meta charset="utf-8"><title>まもり</title><p>デモ画面は <code>npm start</code> で起動したときに表示されます。</p>';

async function demo(file: string | undefined, _req: restify.Request, res: restify.Response): Promise<void> {
  const page = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
  res.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
  res.end(page ?? NO_DEMO);
}
