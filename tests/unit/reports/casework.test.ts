import { beforeEach, describe, expect, test } from '@jest/globals';
import { isFull } from '../../../services/reports/report.ts';
import { Desk, drops, ITO, SATO, SHIMIZU, type Work } from '../../harness/desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
  desk.short('r1');
});

const note = (draft: string, text: string, by = SHIMIZU): Work => ({ type: 'note', draft, by, text });
const propose = (draft: string, why: string): Work => ({
  type: 'propose',
  draft,
  by: SHIMIZU,
  outcome: 'legitimate',
  handedTo: '税務課',
  why,
});
const amend = (draft: string, text: string, entry = 'r1'): Work => ({
  type: 'amend',
  draft,
  by: SATO,
  entry,
  text,
  why: '記憶違い',
});
const categorise = (draft: string, ...labels: ('threat' | 'verbal-abuse')[]): Work => ({
  type: 'categorise',
  draft,
  by: ITO,
  labels,
});

describe('work on the record', () => {
  test('is appended with who and when; nothing that was there changes', () => {
    const before = desk.record;
    for (const work of [
      note('n1', '一'),
      propose('p1', '要求は妥当'),
      amend('a1', '11時だった'),
      categorise('c1', 'threat'),
    ])
      desk.done(work);
    for (const work of [
      note('n2', '二'),
      propose('p2', '考え直した'),
      amend('a2', '12時だった'),
      categorise('c2'),
    ])
      desk.done(work);
    const { entries, notes, proposals, amendments, corrections } = desk.record;
    expect(entries).toEqual(before.entries);
    expect(notes?.map(({ by, text }) => [by.name, text])).toEqual([
      ['清水 陽子', '一'],
      ['清水 陽子', '二'],
    ]);
    expect(proposals?.map(({ why, handedTo, outcome }) => [why, handedTo, outcome])).toEqual([
      ['要求は妥当', '税務課', 'legitimate'],
      ['考え直した', '税務課', 'legitimate'],
    ]);
    expect(amendments?.map(({ entry, text, why }) => [entry, text, why])).toEqual([
      ['r1', '11時だった', '記憶違い'],
      ['r1', '12時だった', '記憶違い'],
    ]);
    expect(corrections?.map(({ by, labels }) => [by.name, labels])).toEqual([
      ['伊藤 誠', ['threat']],
      ['伊藤 誠', []],
    ]);
    const times = [notes, proposals, amendments, corrections].flatMap(
      (list) => list?.map(({ at }) => at) ?? [],
    );
    expect(Math.min(...times)).toBeGreaterThan(entries[0]?.at ?? 0);
  });

  test('begins the record when there is none', () => {
    desk = new Desk();
    desk.done(note('n1', '電話で聞いた'));
    expect(desk.record).toMatchObject({ code: 'K-TEST', entries: [] });
  });

  test.each([
    ['note', note('x', '一'), note('x', '二')],
    ['proposal', propose('x', '一'), propose('x', '二')],
    ['amendment', amend('x', '一'), amend('x', '二')],
    ['correction', categorise('x', 'threat'), categorise('x', 'threat', 'verbal-abuse')],
  ])('the same form (%s) sent twice is one; with other words it is another', (_name, first, second) => {
    desk.done(first);
    const once = desk.record;
    expect(desk.work(first)).toEqual({ ok: false, reason: 'answered', detail: {} });
    expect(desk.record).toEqual(once);
    // Pressed once more before the first answer came, with what had been typed by then.
    desk.done(second);
    const { notes = [], proposals = [], amendments = [], corrections = [] } = desk.record;
    expect([...notes, ...proposals, ...amendments, ...corrections]).toHaveLength(2);
    expect(desk.work(first).ok).toBe(false);
    expect(desk.work(second).ok).toBe(false);
  });

  test('a form of somebody else is no repetition, whatever its id says', () => {
    desk.done(note('x', '一'));
    desk.done(note('x', '一', ITO));
    expect(desk.record.notes).toHaveLength(2);
  });

  test('labels are kept once each', () => {
    desk.done(categorise('c1', 'threat', 'threat'));
    expect(desk.record.corrections?.[0]?.labels).toEqual(['threat']);
  });

  const filled: Work = {
    type: 'fill',
    by: SATO,
    onBehalf: false,
    step: 'events',
    base: 0,
    values: { demand: '返せ' },
    why: '',
    needsWhy: false,
  };
  test.each([
    ['note', note('n1', '一')],
    ['proposal', propose('p1', '一')],
    ['amendment', amend('a1', '一')],
    ['correction', categorise('c1', 'threat')],
    ['step', filled],
  ])(
    'what comes after a %s is not earlier than it, though the clock of its machine is behind',
    (_name, work) => {
      desk.done(work);
      const last = desk.now;
      desk.now -= 500_000;
      desk.short('r2');
      desk.now -= 500_000;
      desk.done(note('n2', '二'));
      desk.done({ ...filled, base: 1, values: { hearsay: '聞いた' } });
      const { entries, notes, changes } = desk.record;
      expect([entries, notes, changes].map((list) => list?.at(-1)?.at)).toEqual([last, last, last]);
    },
  );

  test('what comes after a short report or a judgement is not earlier than it either', () => {
    const written = desk.now;
    desk.now -= 500_000;
    desk.done(note('n0', '零'));
    expect(desk.record.notes?.[0]?.at).toBe(written);

    desk.suggested('r1', 'm1', 'threat');
    desk.give({ type: 'confirm', by: SATO, draft: 'r1' });
    const last = desk.record.entries[0]?.judgement?.at ?? Number.NaN;
    desk.now -= 500_000;
    desk.done(note('n1', '一'));
    expect(desk.record.notes?.[1]?.at).toBe(last);
  });
});

describe('a record that is full', () => {
  beforeEach(() => {
    for (let n = 0; n < 500 && !isFull(desk.record); n++) desk.done(note(`n${n}`, 'あ'.repeat(2_000)));
  });

  test('refuses whatever would be added, and loses nothing of what it has', () => {
    const before = desk.record;
    for (const work of [note('last', '一'), propose('p', '二'), amend('a', '三'), categorise('c', 'threat')])
      expect(desk.work(work)).toEqual({ ok: false, reason: 'record-full', detail: {} });
    expect(desk.short('r2')).toMatchObject({ ok: false, reason: 'record-full' });
    expect(desk.record).toBe(before);
    // The document itself is far from what a store can hold.
    expect(Buffer.byteLength(JSON.stringify(before))).toBeLessThan(1_500_000 * 0.7);
  });

  test('still becomes neutral where it stands open', () => {
    desk.done({ type: 'opened', isForm: false, by: SATO, activityId: 'm1' });
    expect(desk.done({ type: 'cover', person: null }).effects.map(({ key }) => key)).toEqual(['cover:m1']);
    desk.done({ type: 'hidden', activityId: 'm1' });
  });

  test('a report that was there before is still judged by its reporter', () => {
    desk.suggested('r1', 'm1', 'threat');
    expect(desk.give({ type: 'confirm', by: SATO, draft: 'r1' }).ok).toBe(true);
  });
});

describe('a narrative that stands open', () => {
  const open = (by = SATO, activityId = 'm1') => desk.done({ type: 'opened', isForm: false, by, activityId });
  const cover = (person: string | null) =>
    desk.done({ type: 'cover', person }).effects.map(({ key, kind, person: to }) => [key, kind, to]);

  test('is made neutral for everybody at the end, each card once, at the person it stands at', () => {
    open(SATO, 'm1');
    open(SHIMIZU, 'm2');
    open(SATO, 'm3');
    expect(cover(null)).toEqual([
      ['cover:m1', 'cover', 'sato'],
      ['cover:m2', 'cover', 'shimizu'],
      ['cover:m3', 'cover', 'sato'],
    ]);
    expect(cover(null)).toEqual([]);
  });

  test('is made neutral for one person who is left out, and stays open for the others', () => {
    open(SATO, 'm1');
    open(SHIMIZU, 'm2');
    expect(cover('sato')).toEqual([['cover:m1', 'cover', 'sato']]);
    expect(cover('nobody')).toEqual([]);
    expect(cover(null)).toEqual([['cover:m2', 'cover', 'shimizu']]);
  });

  test('opened twice on one card it is one; hidden it is none', () => {
    open();
    open();
    open(SATO, 'm2');
    desk.done({ type: 'hidden', activityId: 'm2' });
    expect(desk.record.open).toEqual([{ activityId: 'm1', by: 'sato', isForm: false }]);
    desk.done({ type: 'hidden', activityId: 'not there' });
    expect(cover(null)).toHaveLength(1);
  });

  test('opened again it is not made neutral by what was owed before', () => {
    open();
    cover(null);
    const again = open();
    expect(drops(again, 'cover:m1')).toBe(true);
    expect(drops(again, 'cover:m2')).toBe(false);
    expect(cover(null)).toHaveLength(1);
  });

  test('is no change that anybody sees, and only the newest fifty are kept', () => {
    for (let n = 1; n <= 60; n++) expect(open(SATO, `m${n}`).changed).toBe(false);
    expect(desk.record.open).toHaveLength(50);
    expect(desk.record.open?.[0]).toEqual({ activityId: 'm11', by: 'sato', isForm: false });
  });

  test('suggestions with their quotes that nobody has answered are made neutral with it', () => {
    desk.suggested('r1', 'card', 'threat');
    desk.give({ type: 'view', by: SATO, draft: 'r1', pressed: 'copy' });
    expect(cover('sato').map(([key]) => key)).toEqual(['cover:card', 'cover:copy']);
    desk.give({ type: 'confirm', by: SATO, draft: 'r1' });
    expect(cover(null)).toEqual([]);
  });
});
