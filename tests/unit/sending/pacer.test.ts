import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Priority } from '../../../services/channel.ts';
import {
  type Admission,
  createPacer,
  type Pacer,
  WAIT_MS,
  type Wanted,
} from '../../../services/sending/pacer.ts';
import { FakeClock } from '../../harness/fakeClock.ts';

let clock: FakeClock;
let pacer: Pacer;
/** What has been let out, in order, and what was sent away. */
let out: string[];
let away: Map<string, number>;

beforeEach(() => {
  clock = new FakeClock('2026-11-24T10:00:00+09:00');
  pacer = createPacer({ clock, instances: 1 });
  out = [];
  away = new Map();
});

const settled = async () => {
  for (let n = 0; n < 4; n++) await Promise.resolve();
};

function want(name: string, priority: Priority, more: Partial<Wanted> = {}): Promise<Admission> {
  const admitted = pacer.admit({ thread: name, priority, ...more });
  void admitted.then((admission) => {
    if (admission.ok) out.push(name);
    else away.set(name, admission.retryAfterMs);
  });
  return admitted;
}

/** Time in small steps, so that everything happens at its own moment. */
async function pass(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 10) {
    clock.set(clock.now() + 10);
    await settled();
  }
}

/** Uses up what the tenant may send this second. */
async function exhaust(): Promise<void> {
  for (let n = 0; n < 50; n++) await pacer.admit({ thread: `first-${n}`, priority: 'page' });
}

describe('who goes first', () => {
  test('nobody waits while there is room', async () => {
    for (const priority of ['card', 'news', 'again', 'answer', 'page'] as const)
      void want(priority, priority);
    await settled();
    expect(out).toEqual(['card', 'news', 'again', 'answer', 'page']);
  });

  test('first pages, then answers, repeats, news and cards, whenever they came', async () => {
    await exhaust();
    for (const priority of ['card', 'news', 'again', 'answer', 'page'] as const)
      void want(priority, priority);
    expect(pacer.waiting).toBe(5);
    await pass(1_000);
    expect(out).toEqual(['page', 'answer', 'again', 'news', 'card']);
  });

  test('of equal ones the one that has been owed longest', async () => {
    await exhaust();
    const now = clock.now();
    void want('late', 'page', { since: now - 10 });
    void want('later', 'page', { since: now });
    void want('sent away before', 'page', { since: now - 5_000 });
    await pass(1_000);
    expect(out).toEqual(['sent away before', 'late', 'later']);
  });

  test.each([
    ['repeats', 'again', 0],
    ['first pages that have been owed for longer than first pages may take', 'page', 5_000],
  ] as const)(
    'among %s one in eight is whoever has waited longest: nobody waits for ever',
    async (_, priority, owedMs) => {
      await exhaust();
      void want('card', 'card');
      await pass(500);
      const since = clock.now() - owedMs;
      for (let n = 0; n < 20; n++) void want(`page-${n}`, priority, { since });
      await pass(500);
      expect(out).toHaveLength(21);
      expect(out.indexOf('card')).toBeLessThan(8);
      expect(out[0]).toBe('page-0');
    },
  );

  test('while first pages are in time nothing goes before them, however long it has waited', async () => {
    await exhaust();
    void want('card', 'card');
    await pass(500);
    for (let n = 0; n < 20; n++) void want(`page-${n}`, 'page');
    await pass(500);
    expect(out).toHaveLength(21);
    expect(out.at(-1)).toBe('card');
  });

  test.each(['again', 'answer'] as const)(
    'but %s, which somebody in need waits for, has its one in eight',
    async (priority) => {
      await exhaust();
      void want('urgent', priority);
      await pass(500);
      for (let n = 0; n < 20; n++) void want(`page-${n}`, 'page');
      await pass(500);
      expect(out.indexOf('urgent')).toBeLessThan(8);
      expect(out[0]).toBe('page-0');
    },
  );
});

describe('one recipient', () => {
  test('who is sent too much delays nobody else', async () => {
    for (let n = 0; n < 30; n++) void want('busy', 'page', { since: n });
    await settled();
    expect(out).toHaveLength(7);
    void want('other', 'card');
    await settled();
    expect(out.at(-1)).toBe('other');
  });

  test('whose limit of the hour is used up is not waited for', async () => {
    const limit = [{ count: 1, windowMs: 3_600_000 }];
    pacer = createPacer({ clock, instances: 1, threadLimits: limit });
    await want('busy', 'page');
    expect(await want('busy', 'page')).toEqual({ ok: false, retryAfterMs: 5_000 });
  });

  test('that the service complained about is left alone for as long as it said; the others go on', async () => {
    pacer.throttled('busy', 3_000);
    void want('busy', 'page');
    void want('other', 'page');
    await settled();
    expect(out).toEqual(['other']);
    await pass(2_990);
    expect(out).toEqual(['other']);
    await pass(20);
    expect(out).toEqual(['other', 'busy']);
  });
});

describe('complaints about several at once', () => {
  const inASecond = async (): Promise<number> => {
    await pass(1_000);
    const before = out.length;
    for (let n = 0; n < 60; n++) void want(`someone-${before}-${n}`, 'page', { since: 0 });
    await settled();
    return out.length - before;
  };

  test('halve what everybody gets; a single one does not', async () => {
    expect(await inASecond()).toBe(50);
    await pass(2_000);
    pacer.throttled('a');
    pacer.throttled('b');
    expect(await inASecond()).toBe(50);
    await pass(2_000);
    pacer.throttled('c');
    pacer.throttled('d');
    pacer.throttled('e');
    const halved = await inASecond();
    expect(halved).toBeGreaterThanOrEqual(25);
    expect(halved).toBeLessThan(30);
  });
});

describe('whoever is let out is told whether they had to wait', () => {
  test('although the clock has been set back further than that', async () => {
    let back = 0;
    const setBack = { now: () => clock.now() - back, after: clock.after.bind(clock) };
    pacer = createPacer({ clock: setBack, instances: 50 });
    expect(await pacer.admit({ thread: 'a', priority: 'page' })).toEqual({ ok: true, waited: false });
    const second = pacer.admit({ thread: 'b', priority: 'page' });
    back = 60_000;
    await pass(2_500);
    expect(await second).toEqual({ ok: true, waited: true });
  });
});

describe('what cannot go in time', () => {
  test('is sent away within its time, so that no claim ends while it waits', async () => {
    await exhaust();
    pacer = createPacer({ clock, instances: 1_000 });
    await pacer.admit({ thread: 'x', priority: 'page' });
    for (const priority of ['page', 'answer', 'again', 'news', 'card'] as const)
      void want(priority, priority);
    await pass(Math.max(...Object.values(WAIT_MS)));
    expect([...away.keys()].sort()).toEqual(['again', 'answer', 'card', 'news', 'page']);
    expect(pacer.waiting).toBe(0);
  });

  test('is sent away at once when too many are before it, and they come back one after another', async () => {
    await exhaust();
    const retries: number[] = [];
    for (let n = 0; n < 300; n++) void want(`card-${n}`, 'card');
    await settled();
    expect(pacer.waiting).toBeLessThanOrEqual(61);
    retries.push(...away.values());
    expect(retries).toHaveLength(300 - pacer.waiting);
    const perSecond = new Map<number, number>();
    for (const ms of retries) {
      const second = Math.floor(ms / 1_000);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(51);
  });

  test('a newer state of the same card sends the waiting one away', async () => {
    await exhaust();
    const replaces = 'chat|message-1';
    const older = pacer.admit({ thread: 'chat', priority: 'card', replaces });
    void want('newer', 'card', { replaces });
    expect(await older).toMatchObject({ ok: false });
    expect(pacer.waiting).toBe(1);
    await pass(1_000);
    expect(out).toEqual(['newer']);
  });

  test('cards of others are not touched by it', async () => {
    await exhaust();
    void want('one', 'card', { replaces: 'chat|message-1' });
    void want('two', 'card', { replaces: 'chat|message-2' });
    void want('three', 'news');
    await pass(1_000);
    expect(out).toEqual(['three', 'one', 'two']);
  });
});
