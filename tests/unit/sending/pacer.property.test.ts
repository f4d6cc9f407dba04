import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PRIORITIES, type Priority, SEND_DEADLINE_MS } from '../../../services/channel.ts';
import { THREAD_LIMITS, tenantLimits } from '../../../services/sending/limits.ts';
import { createPacer, WAIT_MS } from '../../../services/sending/pacer.ts';
import { FakeClock } from '../../harness/fakeClock.ts';

interface Wish {
  readonly afterMs: number;
  readonly thread: number;
  readonly priority: Priority;
}

interface Let {
  readonly at: number;
  readonly thread: string;
  readonly priority: Priority;
}

const wishes = fc.array(
  fc.record<Wish>({
    afterMs: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(800) }),
    thread: fc.oneof(fc.constant(0), fc.nat(200)),
    priority: fc.constantFrom(...PRIORITIES),
  }),
  { maxLength: 500 },
);

const settled = async () => {
  for (let n = 0; n < 4; n++) await Promise.resolve();
};

/** Every wish comes back when it is told to, until it has gone. */
async function play(given: readonly Wish[], instances: number) {
  const clock = new FakeClock('2026-11-24T10:00:00+09:00');
  const pacer = createPacer({ clock, instances });
  const gone: Let[] = [];
  let open = 0;
  let longest = 0;
  const step = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 50) {
      clock.set(clock.now() + Math.min(50, ms - passed));
      await settled();
    }
  };
  const go = (wish: Wish, since: number): void => {
    const thread = `t${wish.thread}`;
    const askedAt = clock.now();
    void pacer.admit({ thread, priority: wish.priority, since }).then((admission) => {
      longest = Math.max(longest, clock.now() - askedAt);
      if (!admission.ok) return void clock.after(admission.retryAfterMs, () => go(wish, since));
      gone.push({ at: clock.now(), thread, priority: wish.priority });
      open -= 1;
    });
  };
  for (const wish of given) {
    if (wish.afterMs > 0) await step(wish.afterMs);
    open += 1;
    go(wish, clock.now());
    await settled();
  }
  for (let rounds = 0; open > 0 && rounds < 2_000; rounds++) await step(500);
  return { gone, open, longest };
}

function most(times: readonly number[], windowMs: number): number {
  let from = 0;
  let found = 0;
  for (const [to, at] of times.entries()) {
    while ((times[from] as number) <= at - windowMs) from += 1;
    found = Math.max(found, to - from + 1);
  }
  return found;
}

describe('whatever is to be sent', () => {
  test('everything goes in the end, within the limits, and nobody is kept waiting beyond the deadline', async () => {
    await fc.assert(
      fc.asyncProperty(wishes, fc.integer({ min: 1, max: 10 }), async (given, instances) => {
        const { gone, open, longest } = await play(given, instances);
        expect(open).toBe(0);
        expect(gone).toHaveLength(given.length);
        expect(longest).toBeLessThan(SEND_DEADLINE_MS / 2);
        const times = gone.map(({ at }) => at);
        for (const { count, windowMs } of tenantLimits(instances))
          expect(most(times, windowMs)).toBeLessThanOrEqual(count);
        for (const thread of new Set(gone.map((one) => one.thread))) {
          const its = gone.filter((one) => one.thread === thread).map(({ at }) => at);
          for (const { count, windowMs } of THREAD_LIMITS)
            expect(most(its, windowMs)).toBeLessThanOrEqual(count);
        }
      }),
      { numRuns: 30 },
    );
  });

  const wish = (thread: number, priority: Priority, afterMs = 0): Wish => ({ thread, priority, afterMs });

  test('a storm of cards does not delay a first page by more than its turn among pages', async () => {
    const cards = Array.from({ length: 400 }, (_, n) => wish(n, 'card'));
    const { gone } = await play([...cards, wish(999, 'page', 100)], 1);
    const at = gone.find(({ priority }) => priority === 'page')?.at ?? 0;
    const start = gone[0]?.at ?? 0;
    // The second that was used up when it came, and no more.
    expect(at - start).toBeLessThanOrEqual(1_000);
  });

  test('a storm of pages does not keep answers and cards away for good', async () => {
    const given = Array.from({ length: 900 }, (_, n) => wish(n, 'page', n % 10 === 0 ? 100 : 0));
    given.splice(200, 0, wish(1_001, 'card'), wish(1_002, 'answer'));
    const { gone } = await play(given, 1);
    const last = gone.findLastIndex(({ priority }) => priority === 'page');
    expect(gone.findIndex(({ priority }) => priority === 'card')).toBeLessThan(last);
    expect(gone.findIndex(({ priority }) => priority === 'answer')).toBeLessThan(last);
  });

  test('waiting leaves a request most of its time', () => {
    expect(Math.max(...Object.values(WAIT_MS))).toBeLessThan(SEND_DEADLINE_MS / 2);
  });
});
