import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Participant } from '../../../services/calls/call.ts';
import { decideReport } from '../../../services/reports/decide.ts';
import { checkValue, type FieldId, fieldOf, type Values } from '../../../services/reports/fields.ts';
import { type Filling, keptOf, valuesOf } from '../../../services/reports/filling.ts';
import type { FieldChange, Report } from '../../../services/reports/report.ts';

const PEOPLE = ['sato', 'ito', 'shimizu'].map((id): Participant => ({ id, name: id, kind: 'person' }));
const FIELDS = ['demand', 'demandValidity', 'behaviour', 'hearsay', 'opinion'] as const;

/** Few of each, so that people meet; some cannot be saved: too long, not one of the choices. */
const texts = fc.constantFrom('', 'あ', 'い', 'う', 'x'.repeat(4_001));
const choices = fc.constantFrom('', 'valid', 'partly', 'nonsense');
const values: fc.Arbitrary<Values> = fc.record(
  { demand: texts, demandValidity: choices, behaviour: texts, hearsay: texts, opinion: texts },
  { requiredKeys: [] },
);

/** As of which state the form was drawn: the newest, one that somebody has had on the screen for a while, a forged one. */
type Base = { readonly back: number } | { readonly forged: number };
const base: fc.Arbitrary<Base> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ back: 0 }) },
  { weight: 4, arbitrary: fc.record({ back: fc.nat(12) }) },
  { weight: 1, arbitrary: fc.record({ forged: fc.constantFrom(-1, -5, 1e9, 0.5, Number.NaN) }) },
);

const act = fc.record({
  by: fc.nat(PEOPLE.length - 1),
  values,
  base,
  why: fc.constantFrom('', '', '聞き直した'),
  onBehalf: fc.boolean(),
  /** Clocks of several machines. */
  drift: fc.integer({ min: -100_000, max: 100_000 }),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

const history = fc.record({
  acts: fc.array(act, { maxLength: 30, size: 'max' }),
  /** From this act on the case has been accepted. */
  acceptedAt: fc.nat(30),
});

const changesOf = (report: Report | undefined): readonly FieldChange[] => report?.changes ?? [];
const current = (report: Report | undefined, field: FieldId): string => valuesOf(report ?? {})[field] ?? '';

interface Step {
  readonly before: Report | undefined;
  readonly after: Report;
  readonly filling: Filling;
  /** What the form that was sent showed: everything that was there when it was drawn. */
  readonly seen: readonly FieldChange[];
  readonly now: number;
}

const seenBy = (changes: readonly FieldChange[], sent: number): readonly FieldChange[] =>
  changes.filter((_, index) => index < Math.floor(sent));

function send(report: Report | undefined, filling: Filling, now: number): Report {
  const command = { type: 'fill', code: 'K-TEST', ...filling } as const;
  const decision = decideReport(report, command, { now, nextRev: 1 });
  if (!decision.ok) throw new Error(decision.reason);
  return decision.state;
}

function fillingOf(given: Act, report: Report | undefined, needsWhy: boolean): Filling {
  const by = PEOPLE[given.by] ?? PEOPLE[0];
  if (by === undefined) throw new Error('nobody');
  const drawn = 'forged' in given.base ? given.base.forged : changesOf(report).length - given.base.back;
  const { onBehalf, why } = given;
  return { by, onBehalf, step: 'events', base: drawn, values: given.values, why, needsWhy };
}

let seen = 0;
afterEach(() => {
  // Else it was about nothing.
  expect(seen).toBeGreaterThan(100);
  seen = 0;
});

/** Random histories of several people; `holds` is checked after every form that was sent. */
function always(holds: (step: Step) => void): void {
  fc.assert(
    fc.property(history, ({ acts, acceptedAt }) => {
      let report: Report | undefined;
      for (const [index, given] of acts.entries()) {
        const before = report;
        const frozen = JSON.stringify(before);
        const filling = fillingOf(given, before, index >= acceptedAt);
        const now = 1_000_000 + index * 1_000 + given.drift;
        report = send(before, filling, now);
        expect(JSON.stringify(before)).toBe(frozen);
        holds({ before, after: report, filling, seen: seenBy(changesOf(before), filling.base), now });
      }
    }),
    { numRuns: 100 },
  );
}

const added = ({ before, after }: Step): readonly FieldChange[] =>
  changesOf(after).slice(changesOf(before).length);
/** What was sent and can be saved. */
const valid = ({ values: sent }: Filling): [FieldId, string][] =>
  FIELDS.flatMap((id): [FieldId, string][] => {
    const field = fieldOf(id);
    const value = sent[id];
    return field === undefined || value === undefined || checkValue(field, value) !== undefined
      ? []
      : [[id, value]];
  });
const last = (changes: readonly FieldChange[], field: FieldId): string =>
  changes.findLast((change) => change.field === field)?.value ?? '';

describe('several people fill in one step, each from the form they have on the screen', () => {
  test('every value that was ever saved stays, in the order it came in, with who wrote it', () => {
    always((step) => {
      const before = changesOf(step.before);
      expect(changesOf(step.after).slice(0, before.length)).toEqual(before);
      for (const change of added(step)) {
        const { by, onBehalf, values: sent } = step.filling;
        expect(change).toMatchObject({ by, onBehalf, value: sent[change.field] });
        seen += 1;
      }
    });
  });

  test('nobody writes over what somebody else has changed since they saw it', () => {
    always((step) => {
      const since = changesOf(step.before).slice(step.seen.length);
      for (const { field } of added(step)) expect(since.map((change) => change.field)).not.toContain(field);
      seen += since.length;
    });
  });

  test('nothing typed is lost: it stands in the record, or is kept for its writer, or is what they had seen', () => {
    always(({ after, filling, seen: shown }) => {
      const kept = keptOf(after, filling.by.id);
      for (const [field, value] of valid(filling)) {
        const isThere = current(after, field) === value || kept[field]?.value === value;
        const isUntouched = last(shown, field) === value;
        expect({ field, value, found: isThere || isUntouched }).toEqual({ field, value, found: true });
        if (kept[field] !== undefined) seen += 1;
      }
    });
  });

  test('what cannot be saved changes nothing', () => {
    always(({ before, after, filling }) => {
      const good = new Set(valid(filling).map(([field]) => field));
      for (const field of FIELDS.filter((id) => !good.has(id))) {
        expect(current(after, field)).toBe(current(before, field));
        expect(keptOf(after, filling.by.id)[field]).toEqual(keptOf(before ?? {}, filling.by.id)[field]);
        seen += 1;
      }
    });
  });

  test('what is kept is its writer’s alone, and goes when the field is theirs or as they have it', () => {
    always(({ before, after, filling }) => {
      for (const { id } of PEOPLE.filter((person) => person.id !== filling.by.id))
        expect(keptOf(after, id)).toEqual(keptOf(before ?? {}, id));
      for (const [field, { value }] of Object.entries(keptOf(after, filling.by.id))) {
        if (filling.values[field as FieldId] === value)
          expect(current(after, field as FieldId)).not.toBe(value);
        seen += 1;
      }
      expect(Object.values(after.kept ?? {}).every((kept) => Object.keys(kept).length > 0)).toBe(true);
    });
  });

  test('the same form delivered again changes nothing that anybody sees', () => {
    always(({ after, filling, now }) => {
      const again = send(after, filling, now + 15_000);
      expect(changesOf(again)).toEqual(changesOf(after));
      for (const { id } of PEOPLE) expect(withoutTimes(again, id)).toEqual(withoutTimes(after, id));
      seen += valid(filling).length;
    });
  });

  test('from the acceptance on what is written changes only with a reason, before it without one', () => {
    always((step) => {
      let standing = changesOf(step.before);
      for (const change of added(step)) {
        const isCorrection = step.filling.needsWhy && last(standing, change.field) !== '';
        if (isCorrection) expect(change.why).not.toBe('');
        if (!step.filling.needsWhy) expect(change.why).toBe('');
        standing = [...standing, change];
        if (isCorrection) seen += 1;
      }
    });
  });

  test('times never run backwards, whatever the clocks of several machines say', () => {
    always(({ after }) => {
      const times = changesOf(after).map(({ at }) => at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      seen += times.length;
    });
  });

  test('two who change different fields at the same time both succeed', () => {
    fc.assert(
      fc.property(history, fc.subarray([...FIELDS], { minLength: 1, maxLength: 4 }), ({ acts }, mine) => {
        let report: Report | undefined;
        for (const given of acts) report = send(report, fillingOf(given, report, false), 1_000_000);
        const drawn = changesOf(report).length;
        const write = (by: number, fields: readonly FieldId[], text: string): Filling => {
          const written: Values = Object.fromEntries(
            fields.map((field) => [field, field === 'demandValidity' ? 'invalid' : text]),
          );
          const given = { by, values: written, base: { forged: drawn }, onBehalf: false, drift: 0 };
          return fillingOf({ ...given, why: '' }, report, false);
        };
        const others = FIELDS.filter((field) => !mine.includes(field));
        const [first, second] = [write(0, mine, '一人目'), write(1, others, '二人目')];
        report = send(send(report, first, 2_000_000), second, 2_000_001);
        for (const { by, values: sent } of [first, second])
          for (const [field, value] of Object.entries(sent)) {
            expect(current(report, field as FieldId)).toBe(value);
            expect(keptOf(report, by.id)[field as FieldId]).toBeUndefined();
            seen += 1;
          }
      }),
    );
  });
});

const withoutTimes = (report: Report, person: string) =>
  Object.entries(keptOf(report, person)).map(([field, { value, reason }]) => ({ field, value, reason }));
