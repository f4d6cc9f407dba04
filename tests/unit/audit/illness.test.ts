import { beforeEach, describe, expect, test } from '@jest/globals';
import { words } from '../../../cards/auditWords.ts';
import type { AlarmOutcome, AlarmSignal } from '../../../services/alarm/alarm.ts';
import { finding, type Reason } from '../../../services/audit/findings.ts';
import { Illness } from '../../../services/audit/illness.ts';
import { Signals } from '../../../services/audit/signals.ts';
import { silentLog } from '../../../services/log.ts';
import { FakeClock } from '../../harness/fakeClock.ts';

let clock: FakeClock;
let raised: AlarmSignal[];
let outcomes: AlarmOutcome[];
let illness: Illness;
let signals: Signals;

beforeEach(() => {
  clock = new FakeClock('2026-11-24T10:00:00+09:00');
  [raised, outcomes] = [[], []];
  const alarm = {
    async raise(signal: AlarmSignal): Promise<AlarmOutcome> {
      raised.push(signal);
      return outcomes.shift() ?? { kind: 'delivered' };
    },
  };
  signals = new Signals({ alarm, clock, log: silentLog });
  illness = ill(false);
});

const ill = (isAlone: boolean) =>
  new Illness({ signals, words: () => words('内線 2119'), clock, log: silentLog, instance: 'one', isAlone });

/** Results of the audit, five seconds apart. */
async function hears(...results: (Reason | 'well')[]): Promise<void> {
  for (const result of results) {
    const findings = result === 'well' ? [] : [finding(result)];
    illness.heard({ at: clock.now(), isWell: findings.length === 0, findings });
    await signals.send();
    clock.set(clock.now() + 5_000);
  }
}
const times = <T>(count: number, what: T): T[] => Array<T>(count).fill(what);
const said = () => raised.map(({ reason, text }) => `${reason} ${text}`);

const STOPPED = 'engine-ill まもり停止中。内線2119へ';
const RUNNING = 'engine-well まもりは動いています。';

test('people are told after three bad results in a row, once, and when it is over', async () => {
  await hears('overdue', 'overdue');
  expect(said()).toEqual([]);
  await hears(...times(20, 'overdue' as const));
  expect(said()).toEqual([STOPPED]);
  await hears('well', 'well');
  expect(said()).toEqual([STOPPED]);
  await hears('well', ...times(20, 'well' as const));
  expect(said()).toEqual([STOPPED, RUNNING]);
});

test('one that wavers rings nobody', async () => {
  for (let n = 0; n < 10; n++) await hears('overdue', 'overdue', 'well');
  expect(said()).toEqual([]);
});

test('ill and wavering, it is not well before three good results in a row', async () => {
  await hears(...times(3, 'store' as const));
  for (let n = 0; n < 10; n++) await hears('well', 'well', 'store');
  expect(said()).toEqual([STOPPED]);
});

test('each illness is news of its own', async () => {
  for (let n = 0; n < 2; n++) await hears(...times(3, 'store' as const), ...times(3, 'well' as const));
  expect(said()).toEqual([STOPPED, RUNNING, STOPPED, RUNNING]);
  expect(new Set(raised.map(({ id }) => id)).size).toBe(4);
});

describe('when only this instance is ill', () => {
  test('and it is the only one, people are told as soon as of anything else', async () => {
    illness = ill(true);
    await hears('poll', 'poll', 'poll');
    expect(said()).toEqual([STOPPED]);
  });

  test('others may go on paging: a minute passes before people are told', async () => {
    await hears(...times(12, 'poll' as const));
    expect(said()).toEqual([]);
    await hears('poll');
    expect(said()).toEqual([STOPPED]);
  });

  test('as soon as something is overdue because of it, they are told', async () => {
    await hears('poll', 'poll', 'overdue');
    expect(said()).toEqual([STOPPED]);
  });

  test('a start that lasts, with results ten times a second, is not told at once', async () => {
    for (let n = 0; n < 100; n++) {
      illness.heard({ at: clock.now(), isWell: false, findings: [finding('starting')] });
      clock.set(clock.now() + 100);
    }
    await signals.send();
    expect(said()).toEqual([]);
  });
});

describe('a receiver that does not take it', () => {
  test('gets it again with the same id, not at once', async () => {
    outcomes = [{ kind: 'uncertain', reason: 'HTTP 503' }];
    await hears(...times(8, 'store' as const));
    expect(said()).toEqual([STOPPED]);
    await hears('store');
    expect(said()).toEqual([STOPPED, STOPPED]);
    expect(new Set(raised.map(({ id }) => id)).size).toBe(1);
    await hears(...times(30, 'store' as const));
    expect(raised).toHaveLength(2);
  });

  test('that never had it need not know that it is over', async () => {
    outcomes = [{ kind: 'retry', reason: 'ECONNREFUSED' }];
    await hears(...times(3, 'store' as const), ...times(10, 'well' as const));
    expect(said()).toEqual([STOPPED]);
  });

  test('that may have it is told', async () => {
    outcomes = [{ kind: 'uncertain', reason: 'timeout' }];
    await hears(...times(3, 'store' as const), ...times(10, 'well' as const));
    expect(said()).toEqual([STOPPED, RUNNING]);
  });

  test('does not hear an all-clear that has waited after the next illness: it would believe it', async () => {
    const away = { kind: 'retry', reason: 'HTTP 503' } as const;
    outcomes = [{ kind: 'delivered' }, away];
    await hears(...times(3, 'store' as const), ...times(3, 'well' as const));
    expect(said()).toEqual([STOPPED, RUNNING]);
    await hears(...times(30, 'store' as const));
    expect(said()).toEqual([STOPPED, RUNNING, STOPPED]);
  });

  test('an alarm that throws is a defect of its own, and is tried again', async () => {
    const broken = {
      raise: () => {
        raised.push({ reason: 'engine-ill', text: '' });
        return Promise.reject(new Error('a defect'));
      },
    };
    const own = new Signals({ alarm: broken, clock, log: silentLog });
    own.owe({ reason: 'engine-ill', text: '', id: 'x' });
    await own.send();
    clock.set(clock.now() + 30_000);
    await own.send();
    expect(raised).toHaveLength(2);
  });

  test('one that hangs is not asked again meanwhile', async () => {
    const hanging = new Signals({
      alarm: {
        raise: (signal) => {
          raised.push(signal);
          return new Promise(() => {});
        },
      },
      clock,
      log: silentLog,
    });
    hanging.owe({ reason: 'engine-ill', text: '', id: 'x' });
    void hanging.send();
    clock.set(clock.now() + 600_000);
    void hanging.send();
    expect(raised).toHaveLength(1);
  });
});

test('a process that starts anew takes nothing back that the one before has said (docs/alarm.md)', async () => {
  await hears(...times(3, 'store' as const));
  const alarm = {
    raise: async (signal: AlarmSignal) => ({ kind: 'delivered' as const, to: raised.push(signal) }),
  };
  signals = new Signals({ alarm, clock, log: silentLog });
  illness = ill(false);
  await hears(...times(10, 'well' as const));
  expect(said()).toEqual([STOPPED]);
});

test('without an alarm nothing is owed to it', async () => {
  const none = new Signals({ alarm: undefined, clock, log: silentLog });
  none.owe({ reason: 'engine-ill', text: '', id: 'x' });
  await none.send();
  expect(none.withdraw('x')).toBe(false);
});
