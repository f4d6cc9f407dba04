import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Bucket, LONGEST_PAUSE_MS } from '../../../services/sending/bucket.ts';
import { type Limit, THREAD_LIMITS, tenantLimits } from '../../../services/sending/limits.ts';

/** The most that any window of this length, wherever it begins, has of these times. */
function most(times: readonly number[], windowMs: number): number {
  let from = 0;
  let found = 0;
  for (const [to, at] of times.entries()) {
    while ((times[from] as number) <= at - windowMs) from += 1;
    found = Math.max(found, to - from + 1);
  }
  return found;
}

const wishes = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })), { maxLength: 400 });
const someLimits = fc.array(
  fc.record({ count: fc.integer({ min: 1, max: 60 }), windowMs: fc.integer({ min: 1, max: 30_000 }) }),
  { minLength: 1, maxLength: 4 },
);

/** Whoever wants a token takes it as early as it can be had. */
function taken(limits: readonly Limit[], pauses: readonly number[]): number[] {
  const bucket = new Bucket(limits);
  const times: number[] = [];
  let now = 1_000_000;
  for (const pause of pauses) {
    now = bucket.nextAt(now + pause);
    bucket.take(now);
    times.push(now);
  }
  return times;
}

describe('a bucket', () => {
  test.each([
    ['of a conversation', THREAD_LIMITS],
    ['of the tenant', tenantLimits(1)],
    ['of the tenant, shared by three', tenantLimits(3)],
    ['of the tenant, shared by eighty', tenantLimits(80)],
  ])('%s exceeds its limits in no window', (_, limits) => {
    fc.assert(
      fc.property(wishes, (pauses) => {
        const times = taken(limits, pauses);
        for (const { count, windowMs } of limits) expect(most(times, windowMs)).toBeLessThanOrEqual(count);
      }),
    );
  });

  test('of any limits does not', () => {
    fc.assert(
      fc.property(someLimits, wishes, (limits, pauses) => {
        const times = taken(limits, pauses);
        for (const { count, windowMs } of limits) expect(most(times, windowMs)).toBeLessThanOrEqual(count);
      }),
    );
  });

  test('lets everything through that the limits allow, and makes nobody wait for nothing', () => {
    fc.assert(
      fc.property(someLimits, wishes, (limits, pauses) => {
        const times = taken(limits, pauses);
        let wanted = 1_000_000;
        for (const [n, at] of times.entries()) {
          wanted += pauses[n] as number;
          const before = times.slice(0, n);
          // A millisecond earlier some limit would have been exceeded.
          if (at > wanted) {
            const early = [...before, at - 1];
            expect(limits.some(({ count, windowMs }) => most(early, windowMs) > count)).toBe(true);
          }
          wanted = at;
        }
      }),
    );
  });

  test('never allows the hour’s limit to be passed, however it is used', () => {
    const times = taken(
      THREAD_LIMITS,
      Array.from({ length: 2_500 }, () => 0),
    );
    expect(most(times, 3_600_000)).toBe(1_800);
    expect(times[60] as number).toBeGreaterThanOrEqual((times[0] as number) + 30_000);
  });

  test('shared by instances, the parts are not more than the whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (instances) => {
        const [{ count, windowMs } = { count: 0, windowMs: 1 }] = tenantLimits(instances);
        expect(count).toBeGreaterThanOrEqual(1);
        expect((count / windowMs) * 1_000 * instances).toBeLessThanOrEqual(50.000_001);
      }),
    );
  });
});

describe('a bucket that the service complained about', () => {
  const limits = [{ count: 8, windowMs: 1_000 }];
  const inOneSecond = (bucket: Bucket, from: number): number => {
    let n = 0;
    for (let at = bucket.nextAt(from); at < from + 1_000; at = bucket.nextAt(at)) {
      bucket.take(at);
      n += 1;
    }
    return n;
  };

  test('is halved, and again when that is still too much, but never dry', () => {
    const bucket = new Bucket(limits);
    const seen: number[] = [];
    for (let second = 0; second < 6; second++) {
      const now = second * 1_000;
      bucket.shrink(now);
      seen.push(inOneSecond(bucket, now));
    }
    expect(seen).toEqual([4, 2, 1, 1, 1, 1]);
  });

  test('is halved once for many complaints of the same moment', () => {
    const bucket = new Bucket(limits);
    for (let n = 0; n < 20; n++) bucket.shrink(n * 10);
    expect(inOneSecond(bucket, 200)).toBe(4);
  });

  test('comes back little by little', () => {
    const bucket = new Bucket(limits);
    bucket.shrink(0);
    const seen = [0, 5_000, 10_000, 15_000, 20_000].map((at) => inOneSecond(bucket, at));
    expect(seen).toEqual([4, 5, 6, 7, 8]);
  });

  test('gives nothing before Retry-After is over, nor for longer than makes sense', () => {
    const bucket = new Bucket(limits);
    bucket.shrink(0, 7_000);
    expect(bucket.nextAt(1)).toBe(7_000);
    bucket.shrink(0, 86_400_000);
    expect(bucket.nextAt(1)).toBe(LONGEST_PAUSE_MS);
  });

  test('a clock that was turned back stops nothing', () => {
    const bucket = new Bucket(limits);
    for (let n = 0; n < 8; n++) bucket.take(10_000_000);
    bucket.shrink(10_000_000, 5_000);
    expect(bucket.nextAt(5_000_000)).toBeLessThanOrEqual(5_000_000 + LONGEST_PAUSE_MS);
    expect(bucket.isFresh(5_000_000 + LONGEST_PAUSE_MS)).toBe(true);
  });
});
