import { describe, expect, test } from '@jest/globals';
import { makeCity } from '../city.ts';
import type { Act, ActKind, CaseJournal } from '../play/journal.ts';
import { Random } from '../random.ts';
import { debtsOf } from './debts.ts';
import { roundsOf } from './rounds.ts';

const city = makeCity(new Random('oracle'), 1);
const [building] = city.buildings;
if (building === undefined) throw new Error('no building');
const [first = '', second = ''] = building.policy.assist.second.map(({ people }) => people[0] ?? '');
const [caller = ''] = building.callers;

/** Acts of the second lane, each sent at this second and accepted half a second later. */
function journal(...acts: readonly (readonly [ActKind, number, string?])[]): CaseJournal {
  return {
    n: 0,
    building: building as NonNullable<typeof building>,
    caller,
    level: 'assist',
    code: 'K-TEST',
    acts: acts.map(([kind, at, person = caller]): Act => {
      const lane = person === caller ? undefined : 'second';
      const [sentAt, answeredAt] = [at * 1_000, at * 1_000 + 500];
      return { kind, person, lane, sentAt, answeredAt, isVoid: false };
    }),
  };
}

const ends = (of: CaseJournal) => roundsOf(of, 'second').map(({ kind, until }) => [kind, until / 1_000]);
const pages = (of: CaseJournal) =>
  debtsOf(of, city).filter(({ what, lane }) => what === 'page' && lane === 'second');

describe('what the oracle takes for owed', () => {
  test('a call that nobody answers owes every step, each after the waits before it', () => {
    expect(ends(journal(['call', 0]))).toEqual([['opened', Infinity]]);
    expect(pages(journal(['call', 0])).map(({ dueAt }) => dueAt)).toEqual([500, 2_500, 2_500, 4_500]);
  });

  test('somebody who says that they come may have ended it from the moment they pressed', () => {
    expect(ends(journal(['call', 0], ['going', 3, first]))).toEqual([['opened', 3]]);
    expect(ends(journal(['call', 0], ['end', 9]))).toEqual([['opened', 9]]);
  });

  test('the only one who was coming takes it back: everybody else is owed a page anew', () => {
    const back = journal(['call', 0], ['going', 3, first], ['declined', 6, first]);
    expect(ends(back)).toEqual([
      ['opened', 3],
      ['reopened', Infinity],
    ]);
    const anew = pages(back).filter(({ since }) => since === 6_000);
    expect(anew.map(({ person }) => person)).not.toContain(first);
    expect(anew).toHaveLength(3);
  });

  test('one of two takes it back: nothing begins anew', () => {
    const held = journal(['call', 0], ['going', 3, first], ['going', 4, second], ['declined', 6, first]);
    expect(ends(held)).toEqual([['opened', 3]]);
  });

  test('緊急に切り替える pages by its own steps, also those who had declined', () => {
    const raised = journal(['call', 0], ['declined', 1, first], ['raise', 5]);
    expect(ends(raised)).toEqual([
      ['opened', 5],
      ['raised', Infinity],
    ]);
    const anew = pages(raised).filter(({ since }) => since === 5_000);
    expect(anew.map(({ person }) => person)).toContain(first);
    expect(anew).toHaveLength(5);
  });

  test('where the order of two acts cannot be told, nothing is taken for reopened', () => {
    const unclear = journal(['call', 0], ['going', 5, first], ['raise', 5], ['declined', 6, first]);
    expect(ends(unclear).map(([kind]) => kind)).toEqual(['opened', 'raised']);
  });
});
