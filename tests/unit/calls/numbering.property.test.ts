import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import type { Directory } from '../../../services/directory/directory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import type { WriteFault } from '../../harness/faultyStore.ts';
import { Numbers } from '../../harness/officers.ts';
import { ORGANIZATION } from '../../harness/organization.ts';

let directory: Directory;
beforeAll(async () => {
  directory = createDirectory(await loadOrganization(ORGANIZATION));
});

/** The last day of one fiscal year and the first of the next. */
const DAYS = ['2027-03-31T23:59:00+09:00', '2027-04-01T00:01:00+09:00'].map((text) => Date.parse(text));

/** Each write of one process: mostly well, sometimes not done, done without an answer, or the last one of its life. */
const faults = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: fc.constantFrom<WriteFault>('fails', 'lost', 'dies', 'dies-after') },
  ),
  { maxLength: 6 },
);

const world = fc.record({
  /** When each case was accepted. */
  cases: fc.array(fc.constantFrom(...DAYS), { minLength: 1, maxLength: 3 }),
  taken: fc.nat(2),
  lag: fc.nat(3),
});
/** One process and the case it numbers; two may well have the same. */
const workers = fc.array(fc.record({ on: fc.nat(2), faults }), { minLength: 2, maxLength: 4 });

interface Given {
  readonly cases: readonly number[];
  readonly taken: number;
  readonly lag: number;
}

function open({ cases, taken, lag }: Given): Numbers {
  const numbers = new Numbers(directory);
  numbers.taken(2026, taken);
  for (const at of cases) numbers.accepted(at);
  numbers.store.lag = lag;
  numbers.watch();
  return numbers;
}

/** As the engine does: again after a while, unless the process is gone. Answers every number it was given. */
async function persist(assign: () => Promise<{ year: number; n: number }>, tries: number): Promise<string[]> {
  const given: string[] = [];
  for (let n = 0; n < tries; n++) {
    await assign().then(
      (number) => given.push(`${number.year}-${number.n}`),
      () => undefined,
    );
  }
  return given;
}

describe('several processes number accepted cases at once', () => {
  test('whatever order their reads and writes come in: one number a case, no gap, no duplicate', async () => {
    await fc.assert(
      fc.asyncProperty(world, workers, fc.scheduler(), async (given, crew, scheduler) => {
        const numbers = open(given);
        const codes = crew.map(({ on }) => numbers.codes[on % numbers.codes.length] ?? '');
        const told = Promise.all(codes.map((code) => numbers.instance(scheduler).assign(code)));
        await scheduler.waitFor(told);
        // Everybody who was told a number was told the one that stands.
        expect((await told).map((number) => numbers.ownerOf(number))).toEqual(codes);
        for (const code of numbers.codes) await numbers.instance().assign(code);
        expect(numbers.problems()).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  test('the same when writes fail, answers are lost and processes die half-way: another one goes on', async () => {
    await fc.assert(
      fc.asyncProperty(world, workers, fc.scheduler(), async (given, crew, scheduler) => {
        const numbers = open(given);
        const attempts = crew.map(async ({ on, faults: bad }) => {
          const code = numbers.codes[on % numbers.codes.length] ?? '';
          const instance = numbers.instance(scheduler, bad);
          return { code, given: await persist(() => instance.assign(code), 2) };
        });
        // Two that nothing happens to come meanwhile, for all cases, as polls of other instances do.
        const others = [1, 2].map(async () => {
          const instance = numbers.instance(scheduler);
          for (const code of numbers.codes) await instance.assign(code);
        });
        const all = Promise.all([Promise.all(attempts), ...others]);
        await scheduler.waitFor(all);
        expect(numbers.problems()).toEqual([]);
        for (const { code, given: seen } of (await all)[0]) {
          const number = numbers.call(code).handling?.number;
          for (const text of seen) expect(text).toBe(`${number?.year}-${number?.n}`);
        }
      }),
      { numRuns: 250 },
    );
  });

  test('the same when everybody died and somebody comes a fiscal year later', async () => {
    await fc.assert(
      fc.asyncProperty(world, workers, fc.scheduler(), async (given, crew, scheduler) => {
        const numbers = open(given);
        const attempts = crew.map(({ on, faults: bad }) => {
          const code = numbers.codes[on % numbers.codes.length] ?? '';
          return persist(() => numbers.instance(scheduler, [...bad, 'dies']).assign(code), 1);
        });
        await scheduler.waitFor(Promise.all(attempts));
        expect(numbers.wrong).toEqual([]);
        for (const code of numbers.codes) await numbers.instance().assign(code);
        expect(numbers.problems()).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });
});
