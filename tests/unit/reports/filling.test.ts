import { describe, expect, test } from '@jest/globals';
import type { Participant } from '../../../services/calls/call.ts';
import type { Mutable } from '../../../services/mutable.ts';
import type { Values } from '../../../services/reports/fields.ts';
import {
  changedSince,
  type Filling,
  fill,
  keptOf,
  lastChange,
  valuesOf,
} from '../../../services/reports/filling.ts';
import type { Report } from '../../../services/reports/report.ts';

const SATO: Participant = { id: 'sato', name: '佐藤 美咲', kind: 'person' };
const ITO: Participant = { id: 'ito', name: '伊藤 誠', kind: 'person' };

/** A record on the table, and people who send forms to it. */
class Table {
  readonly report: Mutable<Report> = { code: 'K-TEST', entries: [] };
  #now = 1_000;

  get drawn(): number {
    return this.report.changes?.length ?? 0;
  }

  save(by: Participant, values: Values, more: Partial<Filling> = {}): void {
    this.#now += 1;
    const plain = { onBehalf: false, step: 'events', why: '', needsWhy: false, base: this.drawn } as const;
    fill(this.report, { by, values, ...plain, ...more }, this.#now);
  }

  get values(): Values {
    return valuesOf(this.report as Report);
  }

  kept(by: Participant) {
    const kept = keptOf(this.report as Report, by.id);
    return Object.fromEntries(
      Object.entries(kept).map(([id, { value, reason }]) => [id, `${value} ${reason}`]),
    );
  }
}

describe('one person', () => {
  test('each field that differs is one more entry; the same once more is none', () => {
    const table = new Table();
    table.save(SATO, { demand: '取り消せ', behaviour: '机をたたいた', hearsay: '' });
    table.save(SATO, { demand: '取り消せ', behaviour: '机を3回たたいた', hearsay: '' });
    expect(table.report.changes?.map(({ field, value }) => [field, value])).toEqual([
      ['demand', '取り消せ'],
      ['behaviour', '机をたたいた'],
      ['behaviour', '机を3回たたいた'],
    ]);
    expect(table.values).toEqual({ demand: '取り消せ', behaviour: '机を3回たたいた' });
  });

  test('an emptied field is empty, and what stood in it stays in the record', () => {
    const table = new Table();
    table.save(SATO, { opinion: '怖かった' });
    table.save(SATO, { opinion: '' });
    expect(table.values).toEqual({ opinion: '' });
    expect(table.report.changes?.map(({ value }) => value)).toEqual(['怖かった', '']);
  });

  test('a value that cannot be saved is left out, the others of the form are saved', () => {
    const table = new Table();
    table.save(SATO, { demand: 'あ'.repeat(4_001), demandValidity: 'nonsense', hearsay: '先週も来た' });
    expect(table.values).toEqual({ hearsay: '先週も来た' });
    expect(table.kept(SATO)).toEqual({});
    table.save(SATO, { date: '2026-02-30', startedAt: '25:00', endedAt: '11:02' }, { step: 'basics' });
    expect(table.values).toEqual({ hearsay: '先週も来た', endedAt: '11:02' });
  });

  test('fields of another step, of no step and ones that were not sent stay as they are', () => {
    const table = new Table();
    table.save(SATO, { prevention: '掲示する' }, { step: 'organization' });
    const forged = { prevention: '', nonsense: 'x', constructor: 'y', behaviour: '怒鳴った' };
    table.save(SATO, forged as Values);
    expect(table.values).toEqual({ prevention: '掲示する', behaviour: '怒鳴った' });
    table.save(SATO, { behaviour: '' }, { step: 'nowhere' as Filling['step'] });
    expect(table.values).toMatchObject({ behaviour: '怒鳴った' });
  });

  test('代筆 is marked on each entry', () => {
    const table = new Table();
    table.save(ITO, { behaviour: '怒鳴ったと聞いた' }, { onBehalf: true });
    expect(table.report.changes?.[0]).toMatchObject({ by: ITO, onBehalf: true });
  });
});

describe('two at once', () => {
  test('the second who changes the same field keeps what they typed, and it is not in the record', () => {
    const table = new Table();
    const both = table.drawn;
    table.save(SATO, { demand: '取り消せ' }, { base: both });
    table.save(ITO, { demand: '返せ', hearsay: '聞いた' }, { base: both });
    expect(table.values).toEqual({ demand: '取り消せ', hearsay: '聞いた' });
    expect(table.kept(ITO)).toEqual({ demand: '返せ conflict' });
    expect(table.kept(SATO)).toEqual({});
    const changes = table.report.changes ?? [];
    expect(changedSince(changes, 'demand', both)?.by).toEqual(SATO);
    expect(lastChange(changes, 'demand', both)).toBeUndefined();
    // Shown what stands there, they send theirs all the same.
    table.save(ITO, { demand: '返せ' });
    expect(table.values).toMatchObject({ demand: '返せ' });
    expect(table.kept(ITO)).toEqual({});
  });

  test('whoever takes over the other’s words has nothing kept', () => {
    const table = new Table();
    table.save(SATO, { demand: '取り消せ' }, { base: 0 });
    table.save(ITO, { demand: '返せ' }, { base: 0 });
    table.save(ITO, { demand: '取り消せ' });
    expect(table.kept(ITO)).toEqual({});
    expect(table.report.changes).toHaveLength(1);
  });

  test('a field that was not touched does not take back what the other wrote', () => {
    const table = new Table();
    table.save(SATO, { demand: '一', behaviour: '一' });
    const seen = table.drawn;
    table.save(SATO, { demand: '二' });
    table.save(ITO, { demand: '一', behaviour: '二' }, { base: seen });
    expect(table.values).toEqual({ demand: '二', behaviour: '二' });
    expect(table.kept(ITO)).toEqual({});
  });

  test('emptying what the other has changed is a conflict as well', () => {
    const table = new Table();
    table.save(SATO, { demand: '一' });
    const seen = table.drawn;
    table.save(SATO, { demand: '二' });
    table.save(ITO, { demand: '' }, { base: seen });
    expect(table.values).toEqual({ demand: '二' });
    expect(table.kept(ITO)).toEqual({ demand: ' conflict' });
  });

  test.each([
    ['negative', -1],
    ['nothing', Number.NaN],
    ['of the very first', 0],
  ])('a forged state (%s) only makes more of the fields changed since', (_name, base) => {
    const table = new Table();
    table.save(SATO, { demand: '一' });
    table.save(ITO, { demand: '二', opinion: '怖い' }, { base });
    expect(table.values).toEqual({ demand: '一', opinion: '怖い' });
    expect(table.kept(ITO)).toEqual({ demand: '二 conflict' });
  });

  test('a state that is not there yet is the newest one', () => {
    const table = new Table();
    table.save(SATO, { demand: '一' });
    table.save(ITO, { demand: '二' }, { base: Number.MAX_SAFE_INTEGER });
    expect(table.values).toEqual({ demand: '二' });
    expect(table.report.changes).toHaveLength(2);
  });
});

describe('after the acceptance', () => {
  test('what is written changes with a reason, what is empty is filled in without one', () => {
    const table = new Table();
    table.save(SATO, { demand: '一' });
    table.save(SATO, { demand: '二', hearsay: '聞いた' }, { needsWhy: true });
    expect(table.values).toEqual({ demand: '一', hearsay: '聞いた' });
    expect(table.kept(SATO)).toEqual({ demand: '二 why' });
    table.save(SATO, { demand: '二', hearsay: '聞いた' }, { needsWhy: true, why: '聞き違い' });
    expect(table.values).toEqual({ demand: '二', hearsay: '聞いた' });
    expect(table.report.changes?.map(({ why }) => why)).toEqual(['', '', '聞き違い']);
    expect(table.kept(SATO)).toEqual({});
  });

  test('emptying needs one too; a conflict comes before it', () => {
    const table = new Table();
    table.save(SATO, { demand: '一' });
    table.save(SATO, { demand: '' }, { needsWhy: true });
    expect(table.kept(SATO)).toEqual({ demand: ' why' });
    table.save(ITO, { demand: '二' }, { needsWhy: true, base: 0 });
    expect(table.kept(ITO)).toEqual({ demand: '二 conflict' });
  });
});
