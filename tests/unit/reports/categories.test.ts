import { beforeEach, describe, expect, test } from '@jest/globals';
import { CATEGORY_IDS, type CategoryId } from '../../../services/classification/classifier.ts';
import { categoriesOf, latestProposal } from '../../../services/reports/categories.ts';
import type { Outcome } from '../../../services/reports/report.ts';
import { Desk, ITO, SATO, SHIMIZU } from '../../harness/desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});

const labels = () => categoriesOf(desk.report).labels;
const setBy = () => categoriesOf(desk.report).setBy?.by.name;
const short = (draft: string, by = SATO, ...suggested: CategoryId[]) => {
  desk.short(draft, by);
  desk.suggested(draft, null, ...suggested);
};
const correct = (draft: string, by: typeof SATO, ...set: CategoryId[]) =>
  desk.give({ type: 'correct', by, draft, labels: set });
let forms = 0;
const categorise = (by: typeof SATO, ...set: CategoryId[]) => {
  forms += 1;
  return desk.done({ type: 'categorise', by, draft: `form-${forms}`, labels: set });
};

describe('行為のタイプ of a case', () => {
  test('none, while nothing has been read or said', () => {
    expect(categoriesOf(undefined)).toEqual({ labels: [] });
    desk.short('r1');
    expect(categoriesOf(desk.report)).toEqual({ labels: [] });
  });

  test('the suggestion, as long as nobody has said anything; nobody has set it', () => {
    short('r1', SATO, 'threat', 'verbal-abuse');
    expect(labels()).toEqual(['verbal-abuse', 'threat']);
    expect(setBy()).toBeUndefined();
  });

  test('suggestions of several reports together, each once, in the order of the policy', () => {
    short('r1', SATO, 'other', 'threat');
    short('r2', ITO, 'threat', 'time-restraint');
    expect(labels()).toEqual(['time-restraint', 'threat', 'other']);
    expect(labels()).toEqual(CATEGORY_IDS.filter((id) => labels().includes(id)));
  });

  test('what the reporter says goes before what was suggested, confirmed or corrected', () => {
    short('r1', SATO, 'threat');
    desk.give({ type: 'confirm', by: SATO, draft: 'r1' });
    expect([labels(), setBy()]).toEqual([['threat'], '佐藤 美咲']);
    short('r2', ITO, 'other');
    // One reporter has said something: what is only suggested for the other does not count yet.
    expect(labels()).toEqual(['threat']);
    correct('r2', ITO, 'social-media');
    expect([labels(), setBy()]).toEqual([['threat', 'social-media'], '伊藤 誠']);
  });

  test('a reporter may say that it was none of them', () => {
    short('r1', SATO, 'threat');
    correct('r1', SATO);
    expect([labels(), setBy()]).toEqual([[], '佐藤 美咲']);
  });

  test('a correction of the whole case goes before what its reporters said', () => {
    short('r1', SATO, 'threat');
    correct('r1', SATO, 'verbal-abuse');
    categorise(SHIMIZU, 'excessive-demand');
    expect([labels(), setBy()]).toEqual([['excessive-demand'], '清水 陽子']);
    categorise(ITO);
    expect([labels(), setBy()]).toEqual([[], '伊藤 誠']);
  });

  test('a report that is judged after it adds its types', () => {
    short('r1', SATO, 'threat');
    categorise(SHIMIZU, 'other');
    short('r2', ITO, 'time-restraint');
    expect(labels()).toEqual(['other']);
    correct('r2', ITO, 'time-restraint');
    expect([labels(), setBy()]).toEqual([['time-restraint', 'other'], '伊藤 誠']);
    categorise(SHIMIZU, 'other');
    expect([labels(), setBy()]).toEqual([['other'], '清水 陽子']);
  });

  test('the later word counts, though the clock of its machine is behind', () => {
    short('r1', SATO, 'threat');
    categorise(SHIMIZU, 'other');
    desk.now -= 60_000;
    correct('r1', SATO, 'threat');
    expect([labels(), setBy()]).toEqual([['threat', 'other'], '佐藤 美咲']);
    desk.now -= 60_000;
    categorise(SHIMIZU, 'social-media');
    expect([labels(), setBy()]).toEqual([['social-media'], '清水 陽子']);
  });

  test('the suggestion and every word on it stay in the record', () => {
    short('r1', SATO, 'threat');
    correct('r1', SATO, 'verbal-abuse');
    categorise(SHIMIZU, 'other');
    categorise(ITO, 'social-media');
    const { entries, corrections } = desk.record;
    expect(entries[0]?.suggestion?.labels.map(({ id }) => id)).toEqual(['threat']);
    expect(entries[0]?.judgement).toMatchObject({ by: SATO, outcome: 'corrected', labels: ['verbal-abuse'] });
    expect(corrections?.map(({ labels: set }) => set)).toEqual([['other'], ['social-media']]);
  });

  test('only the reporter judges their report, once', () => {
    short('r1', SATO, 'threat');
    expect(correct('r1', ITO)).toMatchObject({ ok: false, reason: 'not-yours' });
    correct('r1', SATO);
    expect(desk.give({ type: 'confirm', by: SATO, draft: 'r1' })).toMatchObject({
      reason: 'suggestion-handled',
    });
    expect(labels()).toEqual([]);
  });
});

describe('the proposal', () => {
  test('is the last one that was made', () => {
    expect(latestProposal(undefined)).toBeUndefined();
    const propose = (outcome: Outcome) =>
      desk.done({ type: 'propose', by: SHIMIZU, draft: outcome, outcome, handedTo: '', why: '理由' });
    propose('undecided');
    propose('harassment');
    expect(latestProposal(desk.report)?.outcome).toBe('harassment');
    expect(desk.record.proposals).toHaveLength(2);
  });
});
