import { beforeEach, describe, expect, test } from '@jest/globals';
import { Auditor } from '../../../services/audit/auditor.ts';
import { BOUNDS } from '../../../services/audit/bounds.ts';
import type { Unserved } from '../../../services/audit/check.ts';
import { reasonsOf, type Verdict } from '../../../services/audit/findings.ts';
import { Sickbed, settle } from './sickbed.ts';

let bed: Sickbed;
let auditor: Auditor;
let verdicts: Verdict[];
let unserved: Unserved[];
let logged: Record<string, unknown>[];

beforeEach(() => {
  bed = new Sickbed();
  [verdicts, unserved, logged] = [[], [], []];
  const keep = (fields: object, message: string) => void logged.push({ ...fields, message });
  auditor = new Auditor({
    audited: bed,
    clock: bed.clock,
    log: { info: keep, warn: keep, error: keep },
    onVerdict: (verdict) => void verdicts.push(verdict),
    onUnserved: (one) => void unserved.push(one),
  });
});

const now = () => reasonsOf(auditor.verdict());
const run = () => auditor.run(bed.clock.now());
/** Time passes as it does for a process that runs. */
async function live(ms: number, step = 100): Promise<void> {
  for (let passed = 0; passed < ms; passed += step) {
    bed.pass(step);
    await settle();
  }
}

test('before its first run nothing is known, and that is not well', () => {
  expect(auditor.verdict()).toMatchObject({ isWell: false });
  expect(now()).toEqual(['starting']);
});

test('it turns bad, and well again by itself', async () => {
  await run();
  expect(auditor.verdict().isWell).toBe(true);
  bed.due.set('K-AAAA', 1);
  await run();
  expect(now()).toEqual(['overdue']);
  bed.due.clear();
  await run();
  expect(now()).toEqual([]);
});

test('a good result is not believed for ever: an audit that hangs is found out by whoever asks', async () => {
  await run();
  bed.pass(BOUNDS.everyMs + BOUNDS.storeMs + BOUNDS.lateMs);
  expect(now()).toEqual([]);
  bed.pass(1);
  expect(now()).toEqual(['audit']);
});

describe('a process that stood still', () => {
  test('knows it from its own lateness, and is well at the next run', async () => {
    auditor.start();
    await live(BOUNDS.everyMs);
    expect(now()).toEqual([]);
    bed.pass(BOUNDS.everyMs + BOUNDS.lateMs + 60_000);
    await settle();
    expect(now()).toEqual(['late']);
    await live(BOUNDS.everyMs);
    expect(now()).toEqual([]);
    auditor.stop();
  });

  test('a little late is nothing', async () => {
    auditor.start();
    await live(100);
    bed.pass(BOUNDS.everyMs + BOUNDS.lateMs - 200);
    await settle();
    expect(verdicts.every(({ isWell }) => isWell)).toBe(true);
    auditor.stop();
  });
});

describe('how often', () => {
  test('at the start often, so that nobody waits for readiness; then every few seconds', async () => {
    bed.lastPollAt = null;
    auditor.start();
    await live(500);
    expect(verdicts.length).toBeGreaterThanOrEqual(4);
    bed.lastPollAt = undefined;
    await live(200);
    expect(now()).toEqual([]);
    const before = verdicts.length;
    await live(BOUNDS.everyMs * 4);
    expect(verdicts.length - before).toBe(4);
    auditor.stop();
  });

  test('not any more once it has been stopped', async () => {
    auditor.start();
    await live(100);
    auditor.stop();
    const before = verdicts.length;
    await live(BOUNDS.everyMs * 2, 1_000);
    expect(verdicts).toHaveLength(before);
  });
});

describe('documents that cannot be served', () => {
  test('are told of once each, and stay well', async () => {
    bed.due.set('K-BAD', 1);
    bed.watch.documentSkipped({ kind: 'call', id: 'K-BAD' }, 'undecodable');
    for (let n = 0; n < 3; n++) expect((await run()).isWell).toBe(true);
    expect(unserved).toEqual([{ key: 'call/K-BAD', reason: 'undecodable' }]);
    expect(logged).toContainEqual({
      key: 'call/K-BAD',
      reason: 'undecodable',
      message: 'document cannot be served',
    });
    expect(auditor.unserved).toHaveLength(1);
  });
});

test('the log has a line when something changes, and one a minute while it stays bad', async () => {
  const lines = () => logged.map(({ message }) => message);
  await run();
  await run();
  expect(lines()).toEqual([]);
  bed.due.set('K-AAAA', 1);
  for (let n = 0; n < 13; n++) {
    await run();
    bed.pass(BOUNDS.everyMs);
  }
  expect(lines()).toEqual(['audit failed', 'audit failed']);
  expect(logged[0]).toMatchObject({ findings: [{ reason: 'overdue', count: 1, keys: ['call/K-AAAA'] }] });
  bed.due.clear();
  await run();
  expect(lines().at(-1)).toBe('audit passed');
});
