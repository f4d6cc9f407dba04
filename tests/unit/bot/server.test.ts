import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BotFrameworkAuthentication } from 'botframework-connector';
import fc from 'fast-check';
import type { Server } from 'restify';
import { createServer } from '../../../bot/server.ts';
import { silentLog } from '../../../services/log.ts';
import { broken, INSIDE, isInvokeAnswer, nonsense } from '../../harness/hostile.ts';
import { World } from '../../harness/world.ts';

let world: World;
let local: Server;
let outside: Server;
let isReady = true;
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const SECRET = 'hidden inside';

/** Accepts everybody but those who bring a wrong token. */
const authentication = {
  authenticateRequest: async (_: unknown, header: string) => {
    if (header === 'Bearer wrong') throw Object.assign(new Error(SECRET), { statusCode: 401 });
  },
} as unknown as BotFrameworkAuthentication;

async function listen(isLocal: boolean): Promise<Server> {
  const server = createServer({
    authentication,
    receive: (activity) => world.app.receive(activity),
    ready: (scope) => {
      const reasons = isReady ? [] : scope === 'all' ? ['overdue', 'poll'] : ['poll'];
      return { isReady, reasons };
    },
    log: silentLog,
    local: isLocal ? { demoPage: undefined } : undefined,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

beforeAll(async () => {
  world = await World.open();
  [local, outside] = [await listen(true), await listen(false)];
});
afterAll(async () => {
  agent.destroy();
  for (const server of [local, outside]) await new Promise<void>((resolve) => server.close(() => resolve()));
  await world.close();
});

interface Got {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingMessage['headers'];
}

function send(
  method: string,
  path: string,
  body?: string | Buffer,
  headers: OutgoingHttpHeaders = {},
  to = local,
) {
  return new Promise<Got>((resolve, reject) => {
    const options = { host: '127.0.0.1', port: to.address().port, method, path, headers, agent };
    const req = request(options, (res) => {
      let text = '';
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => resolve({ status: res.statusCode ?? 0, text, headers: res.headers }));
    });
    req.on('error', reject);
    req.end(body);
  });
}

const post = (body: string | Buffer, headers: OutgoingHttpHeaders = {}) =>
  send('POST', '/api/messages', body, headers);

describe('hostile requests', () => {
  test('two thousand of them: never a 5xx, never a word of the inside', async () => {
    const tap = world.tap('kimura', 'card', { verb: 'case.open', code: 'K-7F3Q' });
    const bodies = fc.oneof(
      fc
        .oneof(nonsense, broken(tap), broken(world.activity('kimura', { type: 'message', text: 'x' })))
        .map((value) => JSON.stringify(value) ?? 'undefined'),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.nat(200).map((length) => JSON.stringify(tap).slice(0, length)),
    );
    for (const batch of chunks(fc.sample(bodies, 2_000), 50)) {
      const answers = await Promise.all(batch.map((body) => post(body)));
      for (const [index, { status, text }] of answers.entries()) {
        expect([200, 400]).toContain(status);
        expect(text).not.toMatch(INSIDE);
        const sent = String(batch[index]);
        if (status === 200 && sent.includes('"type":"invoke"') && JSON.parse(sent).type === 'invoke') {
          expect(isInvokeAnswer(JSON.parse(text))).toBe(true);
        }
      }
    }
    expect((await world.app.calls.casesOf('kimura', 5)).items).toEqual([]);
  }, 60_000);

  test.each([
    ['text', 'hello'],
    ['nothing', ''],
    ['half of an object', '{"type":'],
    ['a list', '[]'],
    ['a number', '7'],
    ['null', 'null'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00])],
  ])('a body that is %s: 400', async (_, body) => {
    expect(await post(body)).toMatchObject({ status: 400, text: '{"code":400}' });
  });

  test('a body beyond every card: 413, and the connection goes on', async () => {
    expect(await post(JSON.stringify({ type: 'message', text: 'x'.repeat(400_000) }))).toMatchObject({
      status: 413,
      text: '{"code":413}',
    });
    expect((await post('[]')).status).toBe(400);
  });

  test('nested a hundred thousand deep', async () => {
    const deep = `{"type":"invoke","value":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect([200, 400]).toContain((await post(deep)).status);
  });

  test('a client that goes away in the middle harms nobody', async () => {
    const socket = connect(local.address().port, '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    socket.write('POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"type":');
    socket.destroy();
    expect((await send('GET', '/healthz')).status).toBe(200);
  });

  test('without a valid token: 401 and nothing else', async () => {
    const activity = JSON.stringify(world.activity('kimura', { type: 'message', text: '応援' }));
    const got = await post(activity, { authorization: 'Bearer wrong' });
    expect(got).toMatchObject({ status: 401, text: '{"code":401}' });
    expect((await world.app.calls.casesOf('kimura', 5)).items).toEqual([]);
  });
});

describe('routes', () => {
  test('/healthz says that the process lives, whatever the store does', async () => {
    isReady = false;
    expect(await send('GET', '/healthz')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    isReady = true;
  });

  test('/readyz: 503 when the audit fails, with its words and nothing else', async () => {
    expect(await send('GET', '/readyz')).toMatchObject({ status: 200, text: '{"status":"ready"}' });
    isReady = false;
    expect(await send('GET', '/readyz')).toMatchObject({
      status: 503,
      text: '{"status":"not-ready","reasons":["overdue","poll"]}',
    });
    expect(await send('GET', '/readyz/instance')).toMatchObject({
      status: 503,
      text: '{"status":"not-ready","reasons":["poll"]}',
    });
    isReady = true;
  });

  test('HEAD of the bot address, which the local client asks first', async () => {
    expect((await send('HEAD', '/api/messages')).status).toBe(200);
  });

  test.each(['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    '%s to the bot address is refused',
    async (method) => {
      const { status, text } = await send(method, '/api/messages');
      expect(status).toBe(405);
      expect(text).toMatch(/^(\{"code":405\})?$/);
    },
  );

  test.each([
    '/',
    '/api',
    '/api/messages/x',
    '/metrics',
    '/.env',
    '/../etc/passwd',
    '/%00',
    '/%ff',
    '/api/messages%2f',
  ])('%s tells nothing', async (path) => {
    const { status, text } = await send('GET', path);
    expect([400, 404]).toContain(status);
    expect(text).toMatch(/^\{"code":40[04]\}$/);
  });

  test('the demo page exists in local mode only, and says how to get one', async () => {
    expect(await send('GET', '/demo')).toMatchObject({
      status: 404,
      text: expect.stringContaining('npm start'),
    });
    expect(await send('GET', '/demo', undefined, {}, outside)).toMatchObject({
      status: 404,
      text: '{"code":404}',
    });
  });
});

describe('in local mode, a page of another site cannot reach the bot through the browser', () => {
  test.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:80',
    '127.0.0.1.evil.example',
    '0.0.0.0',
  ])('Host %s: 403', async (host) => {
    for (const path of ['/api/messages', '/healthz', '/demo', '/readyz']) {
      const got = await send(path === '/api/messages' ? 'POST' : 'GET', path, undefined, { host });
      expect(got).toMatchObject({ status: 403, text: '{"code":403}' });
    }
  });

  test.each(['localhost', 'localhost:3978', '127.0.0.1:3978', '[::1]:3978', 'LOCALHOST:3978'])(
    'Host %s is let in',
    async (host) => {
      expect((await send('GET', '/healthz', undefined, { host })).status).toBe(200);
    },
  );

  test('elsewhere the name is the proxy’s business', async () => {
    expect((await send('GET', '/healthz', undefined, { host: 'bot.minato.example' }, outside)).status).toBe(
      200,
    );
  });
});

function chunks<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}
