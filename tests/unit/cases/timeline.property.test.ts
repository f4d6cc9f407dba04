import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Call } from '../../../services/calls/call.ts';
import { type CaseEvent, timelineOf } from '../../../services/cases/timeline.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import type { Directory } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { STEPS } from '../../../services/reports/fields.ts';
import { OUTCOMES, type Report } from '../../../services/reports/report.ts';
import { Desk, ITO, SATO, SHIMIZU, type Work } from '../../harness/desk.ts';
import { always as alwaysIn } from '../../harness/histories.ts';
import { ORGANIZATION } from '../../harness/organization.ts';

let directory: Directory;
/** Calls as random histories leave them: ended, closed, accepted again, of every level. */
const calls: Call[] = [];
beforeAll(async () => {
  directory = createDirectory(await loadOrganization(ORGANIZATION));
  alwaysIn(
    () => directory,
    ({ call }) => void (calls.length < 2_000 && calls.push(call)),
    { runs: 100, handling: 8 },
  );
});

/** Whatever people write; it must not come up in a timeline. */
const CANARY = '怒鳴られた';
const PEOPLE = [SATO, ITO, SHIMIZU];
const TEXT_FIELDS = STEPS.map(({ id, fields }) => ({
  step: id,
  ids: fields.filter(({ kind }) => kind === 'text' || kind === 'line').map((field) => field.id),
}));

const work = fc.record({
  by: fc.constantFrom(...PEOPLE),
  what: fc.nat(7),
  n: fc.nat(20),
  step: fc.constantFrom(...TEXT_FIELDS),
  onBehalf: fc.boolean(),
  drift: fc.integer({ min: -5_000, max: 5_000 }),
});
type Given = typeof work extends fc.Arbitrary<infer T> ? T : never;

function perform(desk: Desk, { by, what, n, step, onBehalf, drift }: Given): void {
  desk.now += drift;
  const form = { by, draft: `form-${n}` };
  const why = `${CANARY}から`;
  if (what === 0) desk.short(`r${n}`, by, CANARY);
  const entry = desk.report?.entries.find((one) => one.by.id === by.id && one.judgement === null);
  if (what === 1 && entry !== undefined) {
    desk.suggested(entry.draft, `m${n}`, 'threat');
    desk.give({ type: 'correct', by, draft: entry.draft, labels: ['verbal-abuse'] });
  }
  const values = Object.fromEntries(step.ids.map((id) => [id, `${CANARY}${n}`]));
  const works: Record<number, Work> = {
    2: { type: 'note', ...form, text: CANARY },
    3: { type: 'amend', ...form, entry: 'r1', text: CANARY, why },
    4: { type: 'propose', ...form, outcome: OUTCOMES[n % 3] ?? 'undecided', handedTo: CANARY, why },
    5: { type: 'categorise', ...form, labels: ['threat'] },
    6: { type: 'fill', by, onBehalf, step: step.step, base: 1e6, values, why, needsWhy: n % 2 === 0 },
    7: { type: 'opened', isForm: false, by, activityId: `m${n}` },
  };
  const given = works[what];
  if (given !== undefined) desk.work(given);
}

/** Random work on the record of a random call. */
function always(holds: (events: CaseEvent[], call: Call, report: Report | undefined) => void): void {
  const acts = fc.array(work, { maxLength: 40, size: 'max' });
  fc.assert(
    fc.property(fc.nat(), acts, (pick, history) => {
      const call = calls[pick % calls.length];
      if (call === undefined) throw new Error('no calls');
      const desk = new Desk();
      // Within the same minutes as the call, so that both are mixed.
      desk.now = call.openedAt;
      for (const given of history) perform(desk, given);
      holds(timelineOf(call, desk.report), call, desk.report);
    }),
    { numRuns: 200 },
  );
}

const count = (events: readonly CaseEvent[], type: CaseEvent['type']): number =>
  events.filter((event) => event.type === type).length;

describe('the timeline of a case, whatever was done', () => {
  test('is in the order of time', () => {
    always((events) => {
      const times = events.map(({ at }) => at);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    });
  });

  test('has every entry of the call once, in their order, but for what the report says itself', () => {
    always((events, call, report) => {
      const entries = events.flatMap((event) => (event.type === 'call' ? [event.entry] : []));
      const isTold = (report?.entries.length ?? 0) > 0;
      const left = call.timeline.filter(({ kind, detail }) => {
        if (call.level === 'report' && kind === 'ended') return false;
        return !isTold || !(kind === 'reported' || (kind === 'opened' && detail === 'report'));
      });
      expect(entries).toEqual(left);
    });
  });

  test('tells of a written report, whether or not there is a record yet', () => {
    always((events, call) => {
      if (call.timeline[0]?.detail !== 'report') return;
      const isOpening = (event: CaseEvent) =>
        event.type === 'report' || (event.type === 'call' && event.entry.kind === 'opened');
      expect(events.some(isOpening)).toBe(true);
    });
  });

  test('has every piece of work on the record once, with who did it and when', () => {
    always((events, _call, report) => {
      const { entries = [], notes = [], proposals = [], amendments = [], corrections = [] } = report ?? {};
      const judged = entries.filter(({ judgement }) => judgement !== null).length;
      expect(count(events, 'report')).toBe(entries.length);
      expect(count(events, 'note')).toBe(notes.length);
      expect(count(events, 'proposal')).toBe(proposals.length);
      expect(count(events, 'amendment')).toBe(amendments.length);
      expect(count(events, 'categories')).toBe(corrections.length + judged);
      for (const { at, by } of [...entries, ...notes, ...proposals, ...amendments, ...corrections])
        expect(events).toContainEqual(expect.objectContaining({ at, by }));
    });
  });

  test('has each step that somebody saved once, as a correction when there was a reason', () => {
    always((events, _call, report) => {
      const steps = new Map<string, boolean>();
      for (const { at, by, field, why } of report?.changes ?? []) {
        const step = STEPS.find(({ fields }) => fields.some(({ id }) => id === field))?.id;
        const key = `${at} ${by.id} ${step}`;
        steps.set(key, steps.get(key) === true || why !== '');
      }
      const told = events.flatMap((event) =>
        event.type === 'step'
          ? [[`${event.at} ${event.by.id} ${event.step}`, event.isAmendment] as const]
          : [],
      );
      expect(told.length).toBe(steps.size);
      expect(new Map(told)).toEqual(steps);
    });
  });

  test('has not a word of what was written (promise 7)', () => {
    let written = 0;
    always((events, _call, report) => {
      if (JSON.stringify(report ?? {}).includes(CANARY)) written += 1;
      expect(JSON.stringify(events)).not.toContain(CANARY);
      // Nor anything else than time, person and kind.
      const known = ['at', 'type', 'by', 'onBehalf', 'step', 'isAmendment', 'entry'];
      expect(events.flatMap((event) => Object.keys(event)).filter((key) => !known.includes(key))).toEqual([]);
    });
    expect(written).toBeGreaterThan(100);
  });

  test('of a case without a record is that of its call', () => {
    for (const call of calls.slice(0, 300)) {
      const entries = timelineOf(call, undefined).flatMap((event) =>
        event.type === 'call' ? [event.entry] : [],
      );
      const isReport = call.level === 'report';
      expect(entries).toEqual(call.timeline.filter(({ kind }) => !(isReport && kind === 'ended')));
    }
  });
});
