import { beforeEach, describe, expect, test } from '@jest/globals';
import { BOUNDS } from '../../../services/audit/bounds.ts';
import { check } from '../../../services/audit/check.ts';
import { CLAIM_MS } from '../../../services/engine/claims.ts';
import { Sickbed, settle } from './sickbed.ts';

let bed: Sickbed;
beforeEach(() => {
  bed = new Sickbed();
});

const reasons = async () => (await check(bed)).findings.map(({ reason }) => reason);

test('nothing to find is nothing found', async () => {
  expect(await check(bed)).toEqual({ findings: [], unserved: [] });
});

test('every bound leaves a dead instance the time until its claims expire, and a poll', () => {
  expect(BOUNDS.dueMs).toBeGreaterThanOrEqual(CLAIM_MS);
  expect(BOUNDS.attemptMs).toBeGreaterThan(CLAIM_MS);
});

describe('what is owed', () => {
  test('due up to the bound is on its way; a moment later it is overdue, and named', async () => {
    bed.due.set('K-AAAA', bed.clock.now());
    bed.pass(BOUNDS.dueMs - 1);
    expect(await reasons()).toEqual([]);
    bed.pass(1);
    const { findings } = await check(bed);
    expect(findings).toEqual([{ reason: 'overdue', detail: { count: 1, keys: ['call/K-AAAA'] } }]);
  });

  test('taken, it is well again', async () => {
    bed.due.set('K-AAAA', bed.clock.now() - BOUNDS.dueMs);
    expect(await reasons()).toEqual(['overdue']);
    bed.due.set('K-AAAA', bed.clock.now() + 60_000);
    expect(await reasons()).toEqual([]);
  });

  test.each(['undecodable', 'defect'] as const)(
    'a document that is %s stays due for ever: told apart, and not red',
    async (reason) => {
      bed.due.set('K-BAD', 1);
      bed.watch.documentSkipped({ kind: 'call', id: 'K-BAD' }, reason);
      expect(await check(bed)).toEqual({ findings: [], unserved: [{ key: 'call/K-BAD', reason }] });
    },
  );

  test('damaged ones do not hide what is overdue behind them', async () => {
    for (let n = 0; n < 60; n++) {
      bed.due.set(`K-BAD${n}`, n);
      bed.watch.documentSkipped({ kind: 'call', id: `K-BAD${n}` }, 'undecodable');
    }
    bed.due.set('K-AAAA', bed.clock.now() - BOUNDS.dueMs);
    expect(await reasons()).toEqual(['overdue', 'unserved']);
  });

  test('ten that cannot be served are no accident: a program that serves nothing is not well', async () => {
    for (let n = 0; n < BOUNDS.unserved; n++) {
      expect(await reasons()).toEqual([]);
      bed.due.set(`K-${n}`, 1);
      bed.watch.documentSkipped({ kind: 'call', id: `K-${n}` }, 'undecodable');
    }
    expect(await reasons()).toEqual(['unserved']);
  });

  test('served again after it was left alone, it counts as any other', async () => {
    const key = { kind: 'call', id: 'K-AAAA' };
    bed.due.set('K-AAAA', 1);
    bed.watch.documentSkipped(key, 'undecodable');
    bed.watch.documentServed(key);
    expect(await reasons()).toEqual(['overdue']);
  });

  test('of a newer version, and nobody serves it: red, since somebody may wait for a page', async () => {
    bed.watch.documentSkipped({ kind: 'call', id: 'K-NEW' }, 'newer');
    bed.due.set('K-NEW', bed.clock.now());
    expect(await reasons()).toEqual([]);
    bed.pass(BOUNDS.dueMs);
    expect(await reasons()).toEqual(['newer']);
  });

  test('before the first look of the engine, what waited while nothing ran says nothing', async () => {
    bed.due.set('K-AAAA', 1);
    bed.lastPollAt = null;
    expect(await reasons()).toEqual(['starting']);
  });
});

describe('the store', () => {
  test('refuses: named by its code', async () => {
    bed.storeDoes = 'refuses';
    expect((await check(bed)).findings).toEqual([{ reason: 'store', detail: { error: 'unavailable' } }]);
  });

  test('never answers: the audit ends all the same', async () => {
    bed.storeDoes = 'hangs';
    const looking = reasons();
    await settle();
    bed.pass(BOUNDS.storeMs);
    expect(await looking).toEqual(['store']);
  });

  test('answers and saves nothing', async () => {
    for (let n = 0; n < 3; n++) {
      bed.writes.failed('', bed.clock.now());
      expect(await reasons()).toEqual([]);
      bed.pass(4_000);
    }
    bed.writes.failed('', bed.clock.now());
    expect(await reasons()).toEqual(['writes']);
    bed.writes.succeeded();
    expect(await reasons()).toEqual([]);
  });
});

describe('the engine', () => {
  test('that polls no longer', async () => {
    bed.lastPollAt = bed.clock.now();
    bed.pass(BOUNDS.pollMs);
    expect(await reasons()).toEqual([]);
    bed.pass(1);
    expect(await reasons()).toEqual(['poll']);
    bed.lastPollAt = bed.clock.now();
    expect(await reasons()).toEqual([]);
  });

  test('whose last poll lies ahead: the clock was turned back, and it may be dead', async () => {
    bed.lastPollAt = bed.clock.now() + 60_000;
    expect(await reasons()).toEqual(['poll']);
  });

  test('that was stopped', async () => {
    bed.isRunning = false;
    expect(await reasons()).toEqual(['stopped']);
  });

  test('whose sends do not end', async () => {
    bed.watch.attemptBegan(bed.attempt('K-AAAA'));
    bed.pass(BOUNDS.attemptMs);
    expect(await reasons()).toEqual([]);
    bed.pass(1);
    expect((await check(bed)).findings).toMatchObject([
      { reason: 'stuck', detail: { keys: ['call/K-AAAA'] } },
    ]);
    bed.watch.attemptEnded(bed.attempt('K-AAAA'));
    expect(await reasons()).toEqual([]);
  });

  test('of which one send hangs while others end: that one is taken over, nobody is ill', async () => {
    bed.watch.attemptBegan(bed.attempt('K-AAAA'));
    bed.pass(BOUNDS.attemptMs + 1);
    bed.watch.attemptBegan(bed.attempt('K-BBBB'));
    bed.watch.attemptEnded(bed.attempt('K-BBBB'));
    expect(await reasons()).toEqual([]);
    expect(bed.watch.overClaim()).toHaveLength(1);
  });

  test('an attempt that never ends is forgotten some time', async () => {
    bed.watch.attemptBegan(bed.attempt('K-AAAA'));
    bed.pass(BOUNDS.forgottenMs + 1);
    expect(await reasons()).toEqual([]);
    expect(bed.watch.underWay).toBe(0);
  });
});

describe('the way to Teams', () => {
  const fails = (...recipients: string[]) => {
    for (const recipient of recipients) bed.sends.failed(recipient, bed.clock.now());
  };

  test('nothing gets through to anybody for a while', async () => {
    fails('a', 'b');
    bed.pass(BOUNDS.sends.lastsMs - 1);
    fails('a', 'b');
    expect(await reasons()).toEqual([]);
    bed.pass(1);
    fails('a');
    expect(await reasons()).toEqual(['sends']);
    bed.sends.succeeded();
    expect(await reasons()).toEqual([]);
  });

  test('one who cannot be reached is no illness, however long', async () => {
    for (let n = 0; n < 50; n++) {
      fails('a');
      bed.pass(5_000);
    }
    expect(await reasons()).toEqual([]);
  });

  test('what nobody has tried any more says nothing', async () => {
    fails('a', 'b', 'a');
    bed.pass(BOUNDS.sends.lastsMs);
    fails('b');
    expect(await reasons()).toEqual(['sends']);
    bed.pass(BOUNDS.sends.freshMs + 1);
    expect(await reasons()).toEqual([]);
    fails('a');
    expect(await reasons()).toEqual([]);
  });
});
