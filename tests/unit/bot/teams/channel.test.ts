import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createTeamsChannel } from '../../../../bot/teams/channel.ts';
import { createAuthentication, createConnectors } from '../../../../bot/teams/connector.ts';
import { encodeReference } from '../../../../bot/teams/reference.ts';
import { readConfig } from '../../../../services/config.ts';
import type { People } from '../../../../services/people/people.ts';

interface Request {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}
type Answer = (res: ServerResponse, req: IncomingMessage) => void;

let server: Server;
let requests: Request[];
let answer: Answer;
const hosts = ['localhost', '127.0.0.1', '[::1]'];
const message = { card: { type: 'AdaptiveCard' }, summary: '【応援】2番窓口', alert: true };
const to = { person: 'p' };

const json =
  (status: number, body: object, headers: Record<string, string> = {}): Answer =>
  (res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(JSON.stringify(body));
  };

beforeEach(async () => {
  requests = [];
  server = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => {
      body += chunk;
    });
    req.on('end', () => {
      requests.push({ method: req.method ?? '', url: req.url ?? '', body });
      answer(res, req);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/_connector`;

function channel(serviceUrl = address(), read?: People['read']) {
  const config = readConfig({ MAMORI_MODE: 'local', MAMORI_ORGANIZATION: 'x.yaml' });
  const place = { serviceUrl, conversationId: 'chat-1', botId: '28:bot', userId: '29:x', tenantId: 't' };
  const record = { language: null, reference: encodeReference(place), calls: 0 };
  const known = async (id: string) =>
    id === 'p' || id === 'channel:c' ? record : { ...record, reference: null };
  const people: People = { read: read ?? known, update: async () => record };
  const connect = createConnectors(createAuthentication(config), '');
  return createTeamsChannel({ people, connect, serviceHosts: hosts });
}

describe('one attempt is exactly one request', () => {
  test.each([
    ['500', json(500, { error: { code: 'x', message: 'x' } }), 'uncertain'],
    ['502', json(502, {}), 'uncertain'],
    ['503', json(503, {}), 'uncertain'],
    ['503 with Retry-After', json(503, {}, { 'retry-after': '0' }), 'uncertain'],
    ['504', json(504, {}), 'uncertain'],
    ['429', json(429, {}), 'retry'],
    ['429 with Retry-After', json(429, {}, { 'retry-after': '0' }), 'retry'],
    ['412', json(412, {}), 'retry'],
    ['408', json(408, {}), 'uncertain'],
    ['401', json(401, {}), 'retry'],
    ['403', json(403, {}), 'unreachable'],
    ['404', json(404, {}), 'unreachable'],
    ['413', json(413, {}), 'rejected'],
    ['a reset before the answer', (res) => res.socket?.destroy(), 'uncertain'],
    ['an answer that is no HTTP', (res) => res.socket?.end('nonsense\r\n\r\n'), 'uncertain'],
  ] as const satisfies readonly (readonly [string, Answer, string])[])('%s', async (_, reaction, kind) => {
    answer = reaction;
    expect((await channel().send(to, message)).kind).toBe(kind);
    expect(requests.map((r) => r.method)).toEqual(['POST']);
    requests.length = 0;
    await channel().update(to, 'a1', message);
    expect(requests.map((r) => r.method)).toEqual(['PUT']);
  });

  test('an answer that does not come: given up at the deadline, and nobody knows', async () => {
    answer = () => {};
    const timeout = AbortSignal.timeout;
    jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => timeout.call(AbortSignal, 150));
    expect((await channel().send(to, message)).kind).toBe('uncertain');
    expect(requests).toHaveLength(1);
  });

  test('Retry-After is handed on', async () => {
    answer = json(429, {}, { 'retry-after': '7' });
    expect(await channel().send(to, message)).toMatchObject({ kind: 'retry', retryAfterMs: 7_000 });
  });

  test('nobody listens: certainly not sent', async () => {
    const free = address();
    await new Promise((resolve) => server.close(resolve));
    expect((await channel(free).send(to, message)).kind).toBe('retry');
  });
});

describe('what is sent', () => {
  test('the card with its preview, and an alert only where people must notice', async () => {
    answer = json(201, { id: 'a7' });
    expect(await channel().send(to, message)).toEqual({ kind: 'delivered', activityId: 'a7' });
    await channel().send(to, { ...message, alert: false });
    const [loud, quiet] = requests.map((r) => JSON.parse(r.body));
    expect(loud).toMatchObject({ summary: message.summary, channelData: { notification: { alert: true } } });
    expect(loud.attachments).toEqual([
      { contentType: expect.stringContaining('adaptive'), content: message.card },
    ]);
    expect(quiet.channelData).toBeUndefined();
    expect(requests[0]?.url).toBe('/_connector/v3/conversations/chat-1/activities');
  });

  test('an update never alerts; one of a card that is gone says so', async () => {
    answer = json(200, { id: 'a7' });
    expect(await channel().update(to, 'a7', message)).toEqual({ kind: 'delivered', activityId: 'a7' });
    expect(JSON.parse(requests[0]?.body ?? '{}').channelData).toBeUndefined();
    answer = json(404, {});
    expect((await channel().update(to, 'a7', message)).kind).toBe('gone');
  });
});

describe('where nothing is sent', () => {
  beforeEach(() => {
    answer = json(201, { id: 'a7' });
  });

  test('to somebody without a conversation', async () => {
    expect((await channel().send({ person: 'unknown' }, message)).kind).toBe('unreachable');
    expect((await channel().send({ channel: 'other' }, message)).kind).toBe('unreachable');
    expect((await channel().send({ channel: 'c' }, message)).kind).toBe('delivered');
    expect(requests).toHaveLength(1);
  });

  test('to an address that is not allowed (a tampered row)', async () => {
    const elsewhere = address().replace('127.0.0.1', '127.0.0.2');
    expect((await channel(elsewhere).send(to, message)).kind).toBe('unreachable');
    expect(requests).toEqual([]);
  });

  test('while the store cannot say where: safe to try again, and no exception', async () => {
    const broken = channel(address(), async () => {
      throw new Error('store');
    });
    expect((await broken.send(to, message)).kind).toBe('retry');
    expect((await broken.update(to, 'a1', message)).kind).toBe('retry');
    expect(requests).toEqual([]);
  });
});
