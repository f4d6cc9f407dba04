import { describe, expect, test } from '@jest/globals';
import { failureOf, Unanswered } from '../../../../services/store/cosmos/failures.ts';
import { type Pace, retrying, waitFor } from '../../../../services/store/cosmos/retry.ts';
import { StoreError, Undecodable } from '../../../../services/store/store.ts';

const LIMITS = { deadlineMs: 5_000, attemptMs: 2_000 };
const status = (code: number, over: object = {}) => Object.assign(new Error('土下座しろ'), { code, ...over });

/** Time that passes only by sleeping, and by what an attempt says it took. */
class FakePace implements Pace {
  at = 0;
  readonly slept: number[] = [];
  readonly chance: number;
  constructor(chance = 1) {
    this.chance = chance;
  }
  now(): number {
    return this.at;
  }
  async sleep(ms: number): Promise<void> {
    this.slept.push(ms);
    this.at += ms;
  }
  random(): number {
    return this.chance;
  }
}

/** Attempts that fail with these, one after the other, and succeed when they are used up. */
function failing(errors: readonly unknown[], pace?: FakePace, takes = 0) {
  const left = [...errors];
  const attempt = async () => {
    attempt.count += 1;
    if (pace !== undefined) pace.at += takes;
    if (left.length > 0) throw left.shift();
    return 'done';
  };
  attempt.count = 0;
  return attempt;
}

describe('attempts', () => {
  test('what succeeds is asked once', async () => {
    const attempt = failing([]);
    expect(await retrying(LIMITS, new FakePace(), attempt)).toBe('done');
    expect(attempt.count).toBe(1);
  });

  test.each([408, 410, 429, 449, 500, 502, 503])('%p is tried again', async (code) => {
    const attempt = failing([status(code), status(code)]);
    expect(await retrying(LIMITS, new FakePace(), attempt)).toBe('done');
    expect(attempt.count).toBe(3);
  });

  test('so is what was not answered, and a region that is just being changed', async () => {
    const attempt = failing([new Unanswered('ECONNRESET'), status(403, { substatus: 3 })]);
    expect(await retrying(LIMITS, new FakePace(), attempt)).toBe('done');
  });

  test.each([400, 401, 403, 404, 409, 412, 413])('%p is not', async (code) => {
    const pace = new FakePace();
    const attempt = failing([status(code)]);
    await expect(retrying(LIMITS, pace, attempt)).rejects.toMatchObject({ code: 'unavailable' });
    expect([attempt.count, pace.slept]).toEqual([1, []]);
  });

  test.each([new StoreError('stale', ''), new Undecodable({ kind: 'call', id: 'x' }, '')])(
    'what an attempt decides on is passed on: %p',
    async (error) => {
      const attempt = failing([error]);
      await expect(retrying(LIMITS, new FakePace(), attempt)).rejects.toBe(error);
      expect(attempt.count).toBe(1);
    },
  );

  test('the wish of the service is honoured, and a little more', async () => {
    const pace = new FakePace(0.5);
    await retrying(LIMITS, pace, failing([status(429, { retryAfterInMs: 700 })]));
    expect(pace.slept).toHaveLength(1);
    expect(pace.slept[0]).toBeGreaterThan(700);
    expect(pace.slept[0]).toBeLessThan(1_400);
    const seconds = new FakePace();
    await retrying(LIMITS, seconds, failing([status(503, { headers: { 'retry-after': '2' } })]));
    expect(seconds.slept[0]).toBeGreaterThan(2_000);
  });

  test('a wish beyond the deadline is not waited for', async () => {
    const pace = new FakePace();
    const attempt = failing([status(429, { retryAfterInMs: 5_000 })]);
    await expect(retrying(LIMITS, pace, attempt)).rejects.toThrow(StoreError);
    expect([attempt.count, pace.slept]).toEqual([1, []]);
  });

  test('all together stay within the deadline', async () => {
    const pace = new FakePace();
    const attempt = failing(Array(1_000).fill(status(503)), pace, 100);
    await expect(retrying(LIMITS, pace, attempt)).rejects.toMatchObject({ code: 'unavailable' });
    expect(pace.at).toBeLessThanOrEqual(5_100);
    expect(attempt.count).toBeGreaterThan(5);
    expect(attempt.count).toBeLessThan(15);
  });

  test('after a pause of the whole process there is still the one attempt', async () => {
    const pace = new FakePace();
    const attempt = failing([status(503)], pace, 60_000);
    await expect(retrying(LIMITS, pace, attempt)).rejects.toMatchObject({ code: 'unavailable' });
    expect(attempt.count).toBe(1);
  });

  test('one that never ends is told to stop and tried again', async () => {
    const signals: AbortSignal[] = [];
    const result = await retrying({ deadlineMs: 5_000, attemptMs: 20 }, new FakePace(), (signal) => {
      signals.push(signal);
      return signals.length > 2 ? Promise.resolve('done') : new Promise<string>(() => {});
    });
    expect(result).toBe('done');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, false]);
  });

  test('the error says what the service said, in numbers only', async () => {
    const error: unknown = await retrying(
      LIMITS,
      new FakePace(),
      failing([status(400, { substatus: 1_001, body: { message: '土下座しろ' } })]),
    ).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unavailable', message: 'Cosmos DB could not do it (400/1001).' });
    expect(error).not.toHaveProperty('cause');
  });
});

describe('waiting', () => {
  test('grows to a second, half of it by chance', () => {
    const waits = (random: number) => [0, 1, 2, 5, 20].map((n) => waitFor({ retryAfterMs: 0 }, n, random));
    expect(waits(1)).toEqual([25, 50, 100, 800, 1_000]);
    expect(waits(0)).toEqual([12.5, 25, 50, 400, 500]);
  });
});

describe('what a failure means for a write', () => {
  test.each([
    [status(429), false],
    [status(449), false],
    [status(400), false],
    [status(408), true],
    [status(410), true],
    [status(503), true],
    [new Unanswered('ECONNRESET'), true],
    [new SyntaxError('Unexpected token 土'), true],
    // Thrown by the SDK before anything is sent.
    [new TypeError('土下座しろ'), false],
    [Object.assign(new Error('土下座しろ'), { name: 'ErrorResponse', code: undefined }), false],
  ])('%p', (error, maybeWritten) => {
    const failure = failureOf(error);
    expect(failure.maybeWritten).toBe(maybeWritten);
    expect(failure.label).not.toMatch(/土/);
  });

  test.each([undefined, null, 'x', 1])('%j thrown is no answer', (thrown) => {
    expect(failureOf(thrown)).toMatchObject({ isTransient: true, maybeWritten: true, label: 'no answer' });
  });
});
