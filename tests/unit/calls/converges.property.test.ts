import { beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import type { Directory } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import { PEOPLE, person } from '../../harness/histories.ts';
import { ORGANIZATION } from '../../harness/organization.ts';
import { FATES, Screens } from '../../harness/screens.ts';
import { participant } from '../../harness/simulation.ts';

let directory: Directory;
beforeAll(async () => {
  directory = createDirectory(await loadOrganization(ORGANIZATION));
});

const CALLER = person(101);
const someone = fc.constantFrom(...PEOPLE);

type Act = (screens: Screens) => void;
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 50,
    arbitrary: fc.nat(20).map(
      (index): Act =>
        (s) =>
          s.record(index),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.nat(20).map(
      (index): Act =>
        (s) =>
          s.lose(index),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Act>((s) => s.recordAgain()) },
  { weight: 9, arbitrary: fc.constant<Act>((s) => s.fireNext()) },
  {
    weight: 20,
    arbitrary: fc.integer({ min: 1, max: 4_000 }).map(
      (ms): Act =>
        (s) =>
          s.wait(ms),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Act>((s) => s.wait(16_000)) },
  {
    weight: 22,
    arbitrary: fc
      .record({ id: someone, verb: fc.constantFrom('going', 'phone', 'arrived', 'declined'), n: fc.nat(99) })
      .map(
        ({ id, verb, n }): Act =>
          (s) =>
            s.command({ type: 'answer', by: participant(directory, id), verb, tap: `${id}:${n}` }),
      ),
  },
  {
    weight: 10,
    arbitrary: fc
      .record({ what: fc.constantFrom('came', 'raise', 'end', 'show', 'exclude', 'join'), id: someone })
      .map(
        ({ what, id }): Act =>
          (s) => {
            const by = participant(directory, what === 'show' ? id : CALLER);
            if (what === 'exclude') return s.command({ type: what, by, person: id });
            if (what !== 'join') return s.command({ type: what, by });
            const affected = participant(directory, id);
            return s.command({ type: what, by, level: 'assist', place: null, affected, excluded: [] });
          },
      ),
  },
);

const history = fc.record({
  level: fc.constantFrom('advice' as const, 'assist' as const, 'emergency' as const),
  affected: fc.option(someone, { nil: null }),
  fates: fc.array(fc.constantFrom('delivered' as const, 'delivered' as const, ...FATES), {
    minLength: 10,
    maxLength: 40,
  }),
  acts: fc.array(acts, { maxLength: 60, size: 'max' }),
});

test('however sends end, in whatever order that is recorded, every live card shows the call as it is in the end', () => {
  fc.assert(
    fc.property(history, ({ level, affected, fates, acts: list }) => {
      let n = 0;
      const fate = () => fates[n++ % fates.length] ?? 'delivered';
      const screens = new Screens(directory, Date.parse('2026-11-24T10:00:00+09:00'), fate);
      screens.command({
        type: 'open',
        code: 'K-TEST',
        number: 0,
        by: participant(directory, CALLER),
        level,
        place: directory.resolvePlace('2番窓口', directory.person(CALLER)),
        affected: affected === null ? null : participant(directory, affected),
        excluded: [],
      });
      for (const act of list) act(screens);
      screens.calm();
      expect(screens.wrong()).toEqual([]);
    }),
    { numRuns: 150 },
  );
});
