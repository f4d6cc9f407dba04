import { describe, expect, test } from '@jest/globals';
import { outcomeOf, reachOf } from '../../../../bot/teams/outcome.ts';
import type { Answer } from '../../../../bot/teams/request.ts';

const http = (status: number, more: { retryAfter?: string | undefined; body?: unknown } = {}): Answer => ({
  kind: 'answered',
  status,
  retryAfter: more.retryAfter,
  body: more.body,
});

const code = (name: string) => ({ error: { code: name, message: '緑谷カナリア' } });

describe('what an answer means for a message', () => {
  test.each([
    [301, 'retry'],
    [308, 'retry'],
    [400, 'rejected'],
    [401, 'retry'],
    [403, 'unreachable'],
    [404, 'unreachable'],
    [408, 'uncertain'],
    [409, 'rejected'],
    [412, 'retry'],
    [413, 'rejected'],
    [429, 'retry'],
    [500, 'uncertain'],
    [502, 'uncertain'],
    [503, 'uncertain'],
    [504, 'uncertain'],
  ])('HTTP %d: %s', (status, kind) => {
    expect(outcomeOf(http(status), false)).toMatchObject({ kind, reason: `HTTP ${status}` });
  });

  test('404 on an update: the card is gone, the person is not', () => {
    expect(outcomeOf(http(404), true, 'a1').kind).toBe('gone');
    expect(outcomeOf(http(403), true, 'a1').kind).toBe('unreachable');
  });

  test('without an answer it depends on whether anything had left', () => {
    expect(outcomeOf({ kind: 'unsent', reason: 'ECONNREFUSED' }, false).kind).toBe('retry');
    expect(outcomeOf({ kind: 'lost', reason: 'ECONNRESET' }, false).kind).toBe('uncertain');
    expect(outcomeOf({ kind: 'no-token', reason: 'no token' }, false)).toMatchObject({
      kind: 'retry',
      retryAfterMs: 10_000,
    });
  });

  test.each([{ id: 7 }, { id: '' }, { id: 'x'.repeat(501) }, [], 'a7', null, undefined])(
    'a success whose id cannot be told (%j) may have to be repeated',
    (body) => expect(outcomeOf(http(201, { body }), false).kind).toBe('uncertain'),
  );
});

describe('Retry-After', () => {
  test.each([
    ['7', 7_000],
    ['0', 0],
    ['100000', 60_000],
    ['-5', 0],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (retryAfter, expected) => {
    const outcome = outcomeOf(http(429, { retryAfter }), false);
    expect('retryAfterMs' in outcome ? outcome.retryAfterMs : undefined).toBe(expected);
  });

  test('as a date in the past means now', () => {
    const retryAfter = 'Wed, 21 Oct 2015 07:28:00 GMT';
    expect(outcomeOf(http(429, { retryAfter }), false)).toMatchObject({ retryAfterMs: 0 });
  });
});

describe('what the service says of the recipient', () => {
  test.each([
    ['ForbiddenOperationException', 'not-installed'],
    ['BotNotInConversationRoster', 'not-installed'],
    ['SomethingNew', 'not-installed'],
    ['ConversationBlockedByUser', 'blocked'],
    ['BotDisabledByAdmin', 'blocked'],
    ['InvalidBotApiHost', 'no-address'],
  ])('403 %s: %s', (name, why) => {
    expect(reachOf(http(403, { body: code(name) }))).toEqual({
      kind: 'unreachable',
      why,
      reason: `HTTP 403 ${name}`,
    });
  });

  test('403 in its other shape', () => {
    const message = '{\r\n "subCode": "MessageWritesBlocked",\r\n "details": "緑谷カナリア"\r\n}';
    expect(reachOf(http(403, { body: { errorCode: 209, message } }))).toEqual({
      kind: 'unreachable',
      why: 'blocked',
      reason: 'HTTP 403 MessageWritesBlocked',
    });
  });

  test.each([400, 404])('HTTP %d: nobody by this id', (status) => {
    expect(reachOf(http(status))).toMatchObject({ kind: 'unreachable', why: 'unknown-person' });
  });

  test.each([401, 408, 412, 429, 500, 503])('HTTP %d: not to be told now', (status) => {
    expect(reachOf(http(status, { retryAfter: '3' }))).toMatchObject({
      kind: 'unknown',
      retryAfterMs: 3_000,
    });
  });

  test('a conversation: reachable', () => {
    expect(reachOf(http(201, { body: { id: 'a:1' } }))).toEqual({ kind: 'reachable' });
    expect(reachOf(http(201)).kind).toBe('unknown');
    expect(reachOf({ kind: 'lost', reason: 'timeout' })).toEqual({ kind: 'unknown', reason: 'timeout' });
  });

  test.each([
    { error: { code: '緑谷カナリア' } },
    { error: { code: 'a b' } },
    { message: '{"subCode":"緑谷"}' },
    '緑谷',
    7,
  ])('nothing of it but a code: %j', (body) => {
    expect(outcomeOf(http(400, { body }), false)).toEqual({ kind: 'rejected', reason: 'HTTP 400' });
    expect(reachOf(http(403, { body }))).toMatchObject({ reason: 'HTTP 403' });
  });
});
