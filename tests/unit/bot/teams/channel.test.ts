import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { systemClock } from '../../../../services/clock.ts';
import { answers, OddService, type Reaction, refuses } from '../../../harness/oddService.ts';
import {
  type ChannelOptions,
  memoryPeople,
  referenceTo,
  teamsChannel,
} from '../../../harness/teamsChannel.ts';

const message = { card: { type: 'AdaptiveCard' }, summary: '【応援】2番窓口', alert: true };
const to = { person: 'p' };

let service: OddService;
beforeEach(async () => {
  service = await OddService.open();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await service.close();
});

const channel = (serviceUrl = service.url, options: Partial<ChannelOptions> = {}) =>
  teamsChannel({
    people: memoryPeople({ p: referenceTo(serviceUrl), 'channel:c': referenceTo(serviceUrl, '19:c@thread') }),
    ...options,
  });

/** The deadline of a request, shortened. */
function deadline(ms: number): void {
  const { after } = systemClock;
  jest.spyOn(systemClock, 'after').mockImplementation((_, task) => after(ms, task));
}

const cutAfter =
  (status: number, sent: string): Reaction =>
  (res) => {
    res.writeHead(status, { 'content-type': 'application/json', 'content-length': '100' });
    res.write(sent);
    setImmediate(() => res.socket?.destroy());
  };

describe('one attempt is exactly one request', () => {
  test.each([
    ['500', answers(500, { error: { code: 'ServiceError', message: 'x' } }), 'uncertain'],
    ['502', answers(502, {}), 'uncertain'],
    ['503', answers(503, {}), 'uncertain'],
    ['503 with Retry-After', answers(503, {}, { 'retry-after': '0' }), 'uncertain'],
    ['504', answers(504, {}), 'uncertain'],
    ['429', answers(429, {}), 'retry'],
    ['429 with Retry-After', answers(429, {}, { 'retry-after': '0' }), 'retry'],
    ['412', answers(412, {}), 'retry'],
    ['408', answers(408, {}), 'uncertain'],
    ['401', answers(401, {}), 'retry'],
    ['403', refuses(403, 'BotNotInConversationRoster'), 'unreachable'],
    ['404', refuses(404, 'ConversationNotFound'), 'unreachable'],
    ['400', refuses(400, 'BadSyntax'), 'rejected'],
    ['413', refuses(413, 'MessageSizeTooBig'), 'rejected'],
    ['a redirect, which is not followed', answers(307, {}, { location: '/elsewhere' }), 'retry'],
    ['a success without an id', answers(201, {}), 'uncertain'],
    ['a success that is no JSON', (res) => res.end('nonsense'), 'uncertain'],
    ['a success of which half arrives', cutAfter(201, '{"id":"a'), 'uncertain'],
    ['an error of which half arrives', cutAfter(403, '{"error":{"code"'), 'unreachable'],
    ['a reset before the answer', (res) => res.socket?.destroy(), 'uncertain'],
    ['an answer that is no HTTP', (res) => res.socket?.end('nonsense\r\n\r\n'), 'uncertain'],
  ] as const satisfies readonly (readonly [string, Reaction, string])[])('%s', async (_, reaction, kind) => {
    service.reaction = reaction;
    expect((await channel().send(to, message)).kind).toBe(kind);
    expect(service.requests.map((r) => r.method)).toEqual(['POST']);
    service.requests.length = 0;
    await channel().update(to, 'a1', message);
    expect(service.requests.map((r) => r.method)).toEqual(['PUT']);
  });

  test('an answer that does not come, or does not end: given up at the deadline, and nobody knows', async () => {
    deadline(150);
    service.reaction = () => {};
    expect(await channel().send(to, message)).toEqual({ kind: 'uncertain', reason: 'timeout' });
    service.reaction = (res) => {
      res.writeHead(201, { 'content-type': 'application/json' });
      res.write('{');
    };
    expect((await channel().send(to, message)).kind).toBe('uncertain');
    expect(service.requests).toHaveLength(2);
  });

  test('an endless answer is not read to its end', async () => {
    service.reaction = (res) => {
      res.writeHead(201);
      const more = () => {
        if (!res.destroyed) res.write('x'.repeat(16_384), () => setImmediate(more));
      };
      more();
    };
    expect(await channel().send(to, message)).toMatchObject({ kind: 'uncertain' });
    expect(service.requests).toHaveLength(1);
  });

  test('an update that was answered is done, whatever the rest of the answer is', async () => {
    service.reaction = cutAfter(200, '{');
    expect(await channel().update(to, 'a1', message)).toEqual({ kind: 'delivered', activityId: 'a1' });
  });

  test('Retry-After is handed on, and what is too much is told from a conflict', async () => {
    service.reaction = answers(429, {}, { 'retry-after': '7' });
    expect(await channel().send(to, message)).toMatchObject({ retryAfterMs: 7_000, why: 'throttled' });
    service.reaction = answers(412, {});
    expect(await channel().send(to, message)).not.toHaveProperty('why');
  });

  test('the reason has a code and no text', async () => {
    service.reaction = refuses(403, 'ForbiddenOperationException');
    expect(await channel().send(to, message)).toEqual({
      kind: 'unreachable',
      reason: 'HTTP 403 ForbiddenOperationException',
    });
  });
});

describe('certainly not sent', () => {
  test('nobody listens', async () => {
    const free = service.url;
    await service.close();
    expect(await channel(free).send(to, message)).toEqual({ kind: 'retry', reason: 'ECONNREFUSED' });
  });

  test('there is no such host', async () => {
    const nowhere = channel('https://nowhere.invalid/', { serviceHosts: ['nowhere.invalid'] });
    expect((await nowhere.send(to, message)).kind).toBe('retry');
  });

  test('the other side does not show that it is who it should be', async () => {
    const outcome = await channel(`https://${service.host}/`).send(to, message);
    expect(outcome.kind).toBe('retry');
    expect(service.requests).toEqual([]);
  });

  test('there is no token, or it does not come in time', async () => {
    const refused = async () => Promise.reject(new Error('secret'));
    const tokens = { get: refused, refused() {} };
    expect(await channel(service.url, { tokens }).send(to, message)).toMatchObject({
      kind: 'retry',
      reason: 'no token',
    });
    deadline(50);
    const never = { get: () => new Promise<string>(() => {}), refused() {} };
    expect((await channel(service.url, { tokens: never }).send(to, message)).kind).toBe('retry');
    expect(service.requests).toEqual([]);
  });
});

describe('the token', () => {
  test('goes with each request; one that is refused is not shown again', async () => {
    const bad: string[] = [];
    const tokens = { get: async () => 'secret', refused: (token: string) => void bad.push(token) };
    await channel(service.url, { tokens }).send(to, message);
    expect(service.requests[0]?.headers.authorization).toBe('Bearer secret');
    expect(bad).toEqual([]);
    service.reaction = answers(401, {});
    await channel(service.url, { tokens }).send(to, message);
    expect(bad).toEqual(['secret']);
  });

  test('does not leave in local mode', async () => {
    await channel().send(to, message);
    expect(service.requests[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('what is sent', () => {
  test('the card with its preview, and an alert only where people must notice', async () => {
    expect(await channel().send(to, message)).toEqual({ kind: 'delivered', activityId: 'a7' });
    await channel().send(to, { ...message, alert: false });
    const [loud, quiet] = service.requests.map((r) => JSON.parse(r.body));
    expect(loud).toMatchObject({ summary: message.summary, channelData: { notification: { alert: true } } });
    expect(loud.attachments).toEqual([
      { contentType: expect.stringContaining('adaptive'), content: message.card },
    ]);
    expect(quiet.channelData).toBeUndefined();
    expect(service.requests[0]?.url).toBe('/_connector/v3/conversations/chat-1/activities');
  });

  test('an update never alerts; one of a card that is gone says so', async () => {
    service.reaction = answers(200, { id: 'a7' });
    expect(await channel().update(to, 'a/7', message)).toEqual({ kind: 'delivered', activityId: 'a/7' });
    expect(JSON.parse(service.requests[0]?.body ?? '{}').channelData).toBeUndefined();
    expect(service.requests[0]?.url).toBe('/_connector/v3/conversations/chat-1/activities/a%2F7');
    service.reaction = answers(404, {});
    expect((await channel().update(to, 'a7', message)).kind).toBe('gone');
  });
});

describe('where nothing is sent', () => {
  test('to somebody without a conversation, in local mode', async () => {
    expect((await channel().send({ person: 'unknown' }, message)).kind).toBe('unreachable');
    expect((await channel().send({ channel: 'other' }, message)).kind).toBe('unreachable');
    expect((await channel().send({ channel: 'c' }, message)).kind).toBe('delivered');
    expect(service.requests).toHaveLength(1);
  });

  test('to an address that is not allowed (a tampered row)', async () => {
    const elsewhere = service.url.replace('127.0.0.1', '127.0.0.2');
    expect((await channel(elsewhere).send(to, message)).kind).toBe('unreachable');
    expect((await channel(elsewhere).update(to, 'a1', message)).kind).toBe('unreachable');
    expect((await channel(elsewhere).reach('p')).kind).toBe('unreachable');
    expect(service.requests).toEqual([]);
  });

  test('while the store cannot say where: safe to try again, and no exception', async () => {
    const people = memoryPeople({});
    people.read = async () => Promise.reject(new Error('store'));
    const broken = teamsChannel({ people });
    expect((await broken.send(to, message)).kind).toBe('retry');
    expect((await broken.update(to, 'a1', message)).kind).toBe('retry');
    expect((await broken.reach('p')).kind).toBe('unknown');
    expect(service.requests).toEqual([]);
  });
});
