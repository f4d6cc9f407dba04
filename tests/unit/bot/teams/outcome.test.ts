import { describe, expect, test } from '@jest/globals';
import { outcomeOfError } from '../../../../bot/teams/outcome.ts';

const http = (statusCode: number, retryAfter?: string) =>
  Object.assign(new Error('failed'), {
    statusCode,
    response: { headers: { get: (name: string) => (name === 'retry-after' ? retryAfter : undefined) } },
  });
const network = (code: string) => Object.assign(new Error('failed'), { code });

describe('what a failure means for a message', () => {
  test.each([
    [400, 'rejected'],
    [401, 'retry'],
    [403, 'unreachable'],
    [404, 'unreachable'],
    [408, 'uncertain'],
    [412, 'retry'],
    [413, 'rejected'],
    [429, 'retry'],
    [500, 'uncertain'],
    [502, 'uncertain'],
    [503, 'uncertain'],
    [504, 'uncertain'],
  ])('HTTP %d: %s', (status, kind) => {
    expect(outcomeOfError(http(status), false)).toMatchObject({ kind, reason: `HTTP ${status}` });
  });

  test('404 on an update: the card is gone, the person is not', () => {
    expect(outcomeOfError(http(404), true).kind).toBe('gone');
    expect(outcomeOfError(http(403), true).kind).toBe('unreachable');
  });

  test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])('%s: certainly not sent', (code) => {
    expect(outcomeOfError(network(code), false).kind).toBe('retry');
  });

  test.each(['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'REQUEST_ABORTED_ERROR'])('%s: nobody knows', (code) => {
    expect(outcomeOfError(network(code), false).kind).toBe('uncertain');
  });

  test.each([undefined, null, 'text', 7, {}, new Error('?'), { statusCode: 'x' }])(
    'anything else thrown (%s) is uncertain, never a crash',
    (thrown) => expect(outcomeOfError(thrown, false).kind).toBe('uncertain'),
  );
});

describe('Retry-After', () => {
  test.each([
    ['7', 7_000],
    ['0', 0],
    ['100000', 60_000],
    ['-5', 0],
    ['soon', undefined],
    [undefined, undefined],
  ])('%s', (header, expected) => {
    const outcome = outcomeOfError(http(429, header), false);
    expect('retryAfterMs' in outcome ? outcome.retryAfterMs : undefined).toBe(expected);
  });

  test('as a date in the past means now', () => {
    expect(outcomeOfError(http(429, 'Wed, 21 Oct 2015 07:28:00 GMT'), false)).toMatchObject({
      retryAfterMs: 0,
    });
  });

  test('says nothing of what was sent', () => {
    const error = Object.assign(http(400), { message: '緑谷カナリア', request: { body: '緑谷カナリア' } });
    expect(JSON.stringify(outcomeOfError(error, false))).not.toContain('カナリア');
  });
});
