import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createWebhookAlarm } from '../../../bot/alarm/webhook.ts';
import type { AlarmSignal } from '../../../services/alarm/alarm.ts';
import { verify } from '../../../services/alarm/signature.ts';

const SECRET = 'a secret of more than thirty-two bytes';
const NOW = Date.parse('2026-11-24T10:00:00.700+09:00');
const SIGNAL: AlarmSignal = {
  id: 'K-7F3Q/signal:unanswered:second:1',
  reason: 'unanswered',
  text: '応援の呼び出しに、応援職員がまだ応答していません。',
  at: NOW - 5_000,
  code: 'K-7F3Q',
  level: 'assist',
  place: '本庁舎1階、税務課、2番窓口',
  lane: 'second',
};

interface Got {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let url: string;
let got: Got[];
let respond: (res: ServerResponse, req: IncomingMessage) => void;

beforeAll(async () => {
  server = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req.setEncoding('utf8')) body += chunk;
    got.push({ headers: req.headers, body });
    respond(res, req);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/alarm`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise<void>((resolve) => server.close(() => resolve()));
});
beforeEach(() => {
  got = [];
  respond = answering(204);
});

const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (res: ServerResponse): void => {
    res.writeHead(status, headers);
    res.end();
  };

const raise = (signal: AlarmSignal = SIGNAL, more: { url?: string; deadlineMs?: number } = {}) =>
  createWebhookAlarm({ url, secret: SECRET, clock: { now: () => NOW }, ...more }).raise(signal);

describe('one attempt is one POST', () => {
  test('signed, with the time of the attempt and the id of the news', async () => {
    expect(await raise()).toEqual({ kind: 'delivered' });
    expect(got).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = got;
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const claimed = {
      timestamp: String(headers['x-mamori-timestamp']),
      id: String(headers['x-mamori-id']),
      signature: String(headers['x-mamori-signature']),
      body,
    };
    expect(claimed).toMatchObject({ timestamp: String(Math.floor(NOW / 1000)), id: SIGNAL.id });
    expect(verify(SECRET, claimed, NOW)).toBe('ok');
    expect(JSON.parse(body)).toEqual({
      version: 1,
      reason: 'unanswered',
      at: '2026-11-24T00:59:55.700Z',
      code: 'K-7F3Q',
      level: 'assist',
      place: '本庁舎1階、税務課、2番窓口',
      lane: 'second',
      text: SIGNAL.text,
    });
  });

  test('of the engine: no code, no place, an id of its own, now', async () => {
    const ill: AlarmSignal = {
      reason: 'engine-ill',
      text: 'まもりは停止しています。内線 2119 へ電話してください。',
    };
    await raise(ill);
    await raise(ill);
    expect(JSON.parse(got[0]?.body ?? '')).toEqual({ version: 1, at: new Date(NOW).toISOString(), ...ill });
    const ids = got.map(({ headers }) => headers['x-mamori-id']);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^engine-ill\//);
  });
});

test('an id with a host’s name in it can be signed, and is the same each time', async () => {
  for (let n = 0; n < 2; n++)
    expect(
      await raise({ reason: 'engine-ill', text: 'x', id: 'engine-ill:bot-1.minato.example 東:5' }),
    ).toEqual({
      kind: 'delivered',
    });
  expect(got.map(({ headers }) => headers['x-mamori-id'])).toEqual(
    Array(2).fill('engine-ill:bot-1-minato-example--:5'),
  );
});

describe('what the answer means', () => {
  test.each([
    [200, 'delivered'],
    [202, 'delivered'],
    [409, 'delivered'],
    [429, 'retry'],
    [408, 'uncertain'],
    [500, 'uncertain'],
    [503, 'uncertain'],
    [400, 'rejected'],
    [401, 'rejected'],
    [404, 'rejected'],
  ])('%i: %s', async (status, kind) => {
    respond = answering(status);
    expect((await raise()).kind).toBe(kind);
  });

  test.each([
    ['7', 7_000],
    ['3600', 60_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
    ['-1', undefined],
  ])('Retry-After %s', async (after, retryAfterMs) => {
    respond = answering(503, { 'retry-after': after });
    const expected = retryAfterMs === undefined ? {} : { retryAfterMs };
    expect(await raise()).toEqual({ kind: 'uncertain', reason: 'HTTP 503', ...expected });
  });

  test('a redirection is not followed: the announcement is for nobody else', async () => {
    respond = answering(307, { location: url });
    expect(await raise()).toEqual({ kind: 'rejected', reason: 'HTTP 307' });
    expect(got).toHaveLength(1);
  });

  test('nobody listens: certainly not taken', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise<void>((resolve) => closed.close(() => resolve()));
    expect(await raise(SIGNAL, { url: `http://127.0.0.1:${port}/` })).toEqual({
      kind: 'retry',
      reason: 'ECONNREFUSED',
    });
  });

  test('the connection breaks after the request: it may have been taken', async () => {
    respond = (_res, req) => void req.socket.destroy();
    expect((await raise()).kind).toBe('uncertain');
  });

  test('no answer within the deadline: it may have been taken', async () => {
    respond = () => {};
    expect(await raise(SIGNAL, { deadlineMs: 50 })).toEqual({ kind: 'uncertain', reason: 'TimeoutError' });
  });

  test('no reason names the address: it may carry a token', async () => {
    const outcome = await raise(SIGNAL, { url: 'http://127.0.0.1:1/?token=hidden' });
    expect(JSON.stringify(outcome)).not.toContain('hidden');
  });
});
