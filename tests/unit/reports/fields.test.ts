import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { choiceText } from '../../../cards/recordForm.ts';
import { recordStrings } from '../../../cards/strings/casework.ts';
import {
  checkValue,
  type FieldId,
  type FieldSpec,
  fieldOf,
  GAPS,
  gapsOf,
  STEP_IDS,
  STEPS,
  stepOf,
  type Values,
} from '../../../services/reports/fields.ts';

const ALL: readonly FieldSpec[] = STEPS.flatMap(({ fields }) => fields);

function field(id: FieldId): FieldSpec {
  const found = fieldOf(id);
  if (found === undefined) throw new Error(`no field ${id}`);
  return found;
}

describe('the form', () => {
  test('names every step and every field once', () => {
    const ids = ALL.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(STEP_IDS).size).toBe(STEP_IDS.length);
    for (const { id, kind } of ALL) expect(fieldOf(id)?.kind).toBe(kind);
    for (const id of STEP_IDS) expect(stepOf(id)?.id).toBe(id);
  });

  test('knows no others, whatever a client sends', () => {
    for (const id of ['', 'nothing', '__proto__', 'constructor', 'toString']) {
      expect(fieldOf(id)).toBeUndefined();
      expect(stepOf(id)).toBeUndefined();
    }
  });

  test('uses no name for a field that a form needs for something else', () => {
    const taken = ['why', 'step', 'base', 'code', 'verb', 'list', 'leadsTo', 'draft', 'message', 'turn'];
    expect(ALL.map(({ id }) => id as string).filter((id) => taken.includes(id))).toEqual([]);
  });

  test('leaves only what the city itself has done to the organisation (P2)', () => {
    expect(STEPS.filter(({ isOrganizations }) => isOrganizations).map(({ id }) => id)).toEqual([
      'organization',
    ]);
  });

  test('keeps facts, hearsay and opinion, and demand and behaviour, apart (P2, P5)', () => {
    const ids = stepOf('events')?.fields.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['demand', 'behaviour', 'hearsay', 'opinion']));
  });

  test.each(['ja', 'en'] as const)('has a text for every step, field, choice and gap (%s)', (language) => {
    const words = recordStrings(language);
    const missing: string[] = [];
    const need = (what: string, text: string | undefined) => {
      if (text === undefined || text.trim() === '') missing.push(what);
    };
    for (const id of STEP_IDS) need(`step ${id}`, words.steps[id]);
    for (const gap of GAPS) need(`gap ${gap}`, words.gaps[gap]);
    for (const { id, choices } of ALL) {
      need(`field ${id}`, words.fields[id]);
      for (const value of choices) {
        need(`${id}=${value}`, words.choicesOf[id]?.[value] ?? words.choices[value]);
        expect(choiceText(id, value, language)).not.toBe('');
      }
      // Two choices that read the same are none.
      const read = choices.map((value) => choiceText(id, value, language));
      expect({ id, read: new Set(read).size }).toEqual({ id, read: choices.length });
    }
    expect(missing).toEqual([]);
    const labels = ALL.map(({ id }) => words.fields[id]);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test('has words for nothing that is not in it', () => {
    for (const language of ['ja', 'en'] as const) {
      const { fields, examples, choicesOf, steps, leads } = recordStrings(language);
      const ids = [fields, examples, choicesOf].flatMap((words) => Object.keys(words));
      expect(ids.filter((id) => fieldOf(id) === undefined)).toEqual([]);
      expect(
        [steps, leads].flatMap((words) => Object.keys(words)).filter((id) => stepOf(id) === undefined),
      ).toEqual([]);
    }
  });
});

describe('a value', () => {
  test.each(ALL.map((spec) => [spec.id, spec] as const))(
    'of %s may be empty, and not longer than its limit',
    (_id, spec) => {
      expect(checkValue(spec, '')).toBeUndefined();
      expect(checkValue(spec, 'x'.repeat(spec.limit + 1))).toBe('too-long');
      for (const value of spec.choices) expect(checkValue(spec, value)).toBeUndefined();
      expect(spec.choices.length > 0).toBe(spec.kind === 'choice');
    },
  );

  test('of a line or a text is anything up to the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (value) => {
        for (const id of ['place', 'behaviour'] as const)
          expect(checkValue(field(id), value)).toBeUndefined();
      }),
    );
    expect(checkValue(field('behaviour'), 'あ'.repeat(4_000))).toBeUndefined();
  });

  test.each([
    ['date', '2026-11-24', undefined],
    ['date', '2028-02-29', undefined],
    ['date', '2026-02-29', 'bad-date'],
    ['date', '2026-11-31', 'bad-date'],
    ['date', '24.11.2026', 'bad-date'],
    ['date', '2026-1-1', 'bad-date'],
    ['date', '2026-11-24T10:00', 'too-long'],
    ['startedAt', '00:00', undefined],
    ['startedAt', '23:59', undefined],
    ['startedAt', '24:00', 'bad-time'],
    ['startedAt', '10:60', 'bad-time'],
    ['startedAt', '9:30', 'bad-time'],
    ['startedAt', '1030', 'bad-time'],
    ['startedAt', '１０:３０', 'bad-time'],
    ['startedAt', '10:31:00', 'too-long'],
    ['route', 'counter', undefined],
    ['route', 'Counter', 'bad-choice'],
    ['route', 'toString', 'bad-choice'],
    ['route', 'yes', 'bad-choice'],
    ['checkA', 'yes', undefined],
    ['checkA', 'none', 'bad-choice'],
  ] as const)('of %s: %s is %s', (id, value, error) => {
    expect(checkValue(field(id), value)).toBe(error);
  });
});

describe('what the policy asks for beside it', () => {
  const full: Values = {
    route: 'counter',
    startedAt: '10:00',
    endedAt: '11:00',
    offSite: 'yes',
    offSiteReason: '自宅で手続き',
    attendants: '鈴木',
    filming: 'went-on',
    filmingPurpose: 'ネットに上げる',
    recorderFrom: '10:05',
    recorderTo: '10:55',
    recorderGap: '電池切れ',
    injury: 'injured',
    injuryDetail: '手首',
    accommodation: 'asked',
    accommodationDetail: '筆談',
    checkA: 'yes',
    checkAWhy: '市民',
  };

  test('nothing of an empty form, nothing of one where everything is said', () => {
    expect(gapsOf({})).toEqual([]);
    expect(gapsOf(full)).toEqual([]);
  });

  test.each([
    [
      'outside the building without a reason (R3)',
      { offSite: 'yes', offSiteReason: '' },
      ['off-site-reason'],
    ],
    ['inside', { offSite: 'no', offSiteReason: '' }, []],
    ['alone at the counter without a reason (R4)', { attendants: '' }, ['alone-reason']],
    ['alone on a visit', { route: 'visit', attendants: '' }, ['alone-reason']],
    ['alone on the phone', { route: 'phone', attendants: '' }, ['alone-reason']],
    ['alone, with the reason', { attendants: '', aloneReason: '応援が3分後' }, []],
    ['a letter, which nobody attends', { route: 'mail', attendants: '' }, []],
    ['filmed although refused (R7)', { filmingPurpose: '' }, ['filming-purpose']],
    ['filmed, and stopped when asked', { filming: 'refused', filmingPurpose: '' }, ['filming-purpose']],
    ['not filmed', { filming: 'none', filmingPurpose: '' }, []],
    ['recorded from later on without a reason (R5)', { recorderTo: '', recorderGap: '' }, ['recorder-gap']],
    ['recorded until earlier', { recorderFrom: '', recorderGap: '' }, ['recorder-gap']],
    ['recorded from start to end', { recorderFrom: '10:00', recorderTo: '11:00', recorderGap: '' }, []],
    ['recorded from before to after', { recorderFrom: '09:59', recorderTo: '11:01', recorderGap: '' }, []],
    [
      'not known whether it was recorded',
      { recorderFrom: '', recorderTo: '', recorderGap: '' },
      ['recorder-gap'],
    ],
    ['not known when it began and ended', { startedAt: '', endedAt: '', recorderGap: '' }, []],
    ['injured without how', { injuryDetail: '' }, ['injury-detail']],
    ['not injured', { injury: 'none', injuryDetail: '' }, []],
    ['accommodation asked for without what', { accommodationDetail: '' }, ['accommodation-detail']],
    ['no accommodation asked for', { accommodation: 'unclear', accommodationDetail: '' }, []],
    ['a condition met without evidence (P5)', { checkAWhy: '' }, ['check-evidence']],
    ['another condition met', { checkB: 'yes' }, ['check-evidence']],
    ['the third', { checkC: 'yes' }, ['check-evidence']],
    ['the fourth', { checkD: 'yes' }, ['check-evidence']],
    ['a condition not met', { checkA: 'no', checkAWhy: '' }, []],
    ['a condition not clear', { checkA: 'unclear', checkAWhy: '' }, []],
  ] as [string, Values, string[]][])('%s', (_what, values, gaps) => {
    expect(gapsOf({ ...full, ...values })).toEqual(gaps);
  });

  test('each at most once, in the order of the form, and never an error whatever stands there', () => {
    const value = fc.constantFrom(
      '',
      'yes',
      'no',
      'counter',
      'went-on',
      'injured',
      'asked',
      '10:00',
      '11:00',
    );
    const some = fc.array(fc.tuple(fc.constantFrom(...ALL.map(({ id }) => id)), value));
    fc.assert(
      fc.property(some, (pairs) => {
        const gaps = gapsOf(Object.fromEntries(pairs) as Values);
        expect(gaps).toEqual(GAPS.filter((gap) => gaps.includes(gap)));
      }),
    );
  });
});
