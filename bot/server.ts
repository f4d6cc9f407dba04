import { readFile } from 'node:fs/promises';
import pino from 'pino';
import restify from 'restify';
import { claimedOf } from '../services/alarm/signature.ts';
import type { Log } from '../services/log.ts';
import { isForLoopback } from '../services/loopback.ts';
import type { SignedRequest } from '../services/trigger/request.ts';
import type { Reply } from './receive.ts';

/** The SDK's check of who is calling; rejects when it is not the Bot Framework. */
interface Authentication {
  authenticateRequest(activity: never, authorizationHeader: string): Promise<unknown>;
}

/** Reasons are words of a fixed list (docs/operations.md): nothing of the inside is told. */
interface Readiness {
  readonly isReady: boolean;
  readonly reasons: readonly string[];
}

interface ServerParts {
  readonly authentication: Authentication;
  readonly receive: (activity: unknown) => Promise<Reply>;
  /** A registered place presses, or asks for the state of its call; it has signed the bytes of the body. */
  readonly trigger?: (what: 'press' | 'state', request: SignedRequest) => Promise<Reply>;
  /** What the self-audit says; `instance`: only what concerns this instance, for whoever directs traffic. */
  readonly ready: (scope: 'all' | 'instance') => Readiness;
  readonly log: Log;
  /** Local mode: hosts that a browser may use to get here (DNS rebinding), and the page at `/demo`. */
  readonly local: { readonly demoPage: string | undefined } | undefined;
}

// restify's own log writes whole requests, and requests carry what people wrote (promise 7).
const silent = pino({ level: 'silent' });

const MAX_BODY = 400_000;
const MAX_TRIGGER_BODY = 4_000;

/** The HTTP side: `/api/messages`, `/api/trigger`, `/healthz`, `/readyz`, and `/demo` in local mode. */
export function createServer(parts: ServerParts): restify.Server {
  const { local } = parts;
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
  for (const [path, scope] of [
    ['/readyz', 'all'],
    ['/readyz/instance', 'instance'],
  ] as const)
    server.get(path, async (_req: restify.Request, res: restify.Response) => {
      const { isReady, reasons } = parts.ready(scope);
      if (isReady) res.send(200, { status: 'ready' });
      else res.send(503, { status: 'not-ready', reasons });
    });
  server.head('/api/messages', async (_req: restify.Request, res: restify.Response) => {
    res.send(200);
  });
  server.post('/api/messages', async (req: restify.Request, res: restify.Response) => {
    const reply = await messages(parts, req);
    res.send(reply.status, reply.body);
  });
  for (const [path, what] of [
    ['/api/trigger', 'press'],
    ['/api/trigger/state', 'state'],
  ] as const)
    server.post(path, async (req: restify.Request, res: restify.Response) => {
      const reply = await triggered(parts, what, req);
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
  const isLocal = isForLoopback(req.headers.host);
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

async function triggered(parts: ServerParts, what: 'press' | 'state', req: restify.Request): Promise<Reply> {
  const body = await readBody(req, MAX_TRIGGER_BODY);
  if (body === undefined) return { status: 413, body: { code: 413 } };
  if (parts.trigger === undefined) return { status: 404, body: { code: 404 } };
  return parts.trigger(what, claimedOf(req.headers, body));
}

type Json = Record<string, unknown>;

/** The body as a JSON object; undefined for anything else. */
async function readJson(req: restify.Request): Promise<Json | 'too-large' | undefined> {
  const bytes = await readBody(req, MAX_BODY);
  if (bytes === undefined) return 'too-large';
  try {
    const body: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined when it is longer than `most`. */
async function readBody(req: restify.Request, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Read on to the end: a client that is still writing would see a reset instead of the answer.
    if (size <= most) chunks.push(chunk);
  }
  return size > most ? undefined : Buffer.concat(chunks);
}

const NO_DEMO =
  '<!doctype html><meta charset="utf-8"><title>まもり</title><p>デモ画面は <code>npm start</code> で起動したときに表示されます。</p>';

async function demo(file: string | undefined, _req: restify.Request, res: restify.Response): Promise<void> {
  const page = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
  res.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' });
  res.end(page ?? NO_DEMO);
}
