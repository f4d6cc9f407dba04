import { beforeAll, describe, expect, test } from '@jest/globals';
import { numberKey } from '../../../services/calls/caseNumber.ts';
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

const MARCH = Date.parse('2027-03-31T23:59:00+09:00');
const APRIL = Date.parse('2027-04-01T00:01:00+09:00');

function open(taken = 0): Numbers {
  const numbers = new Numbers(directory);
  numbers.taken(2026, taken);
  return numbers;
}

describe('the number of an accepted case', () => {
  test('is the next one of the year it was accepted in; each year begins with 1', async () => {
    const numbers = open(2);
    const codes = [MARCH, APRIL, MARCH, APRIL].map((at) => numbers.accepted(at));
    const instance = numbers.instance();
    const given = [];
    for (const code of codes) given.push(await instance.assign(code));
    expect(given).toEqual([
      { year: 2026, n: 3 },
      { year: 2027, n: 1 },
      { year: 2026, n: 4 },
      { year: 2027, n: 2 },
    ]);
    expect(numbers.problems()).toEqual([]);
  });

  test('is found by whoever asks for it; one that nobody has is nobody’s', async () => {
    const numbers = open();
    const code = numbers.accepted(MARCH);
    const number = await numbers.instance().assign(code);
    expect(await numbers.instance().find(number)).toBe(code);
    expect(await numbers.instance().find({ year: 2026, n: 2 })).toBeUndefined();
    expect(await numbers.instance().find({ year: 2025, n: 1 })).toBeUndefined();
  });

  test('stays, however often it is asked for', async () => {
    const numbers = open();
    const code = numbers.accepted(MARCH);
    const first = await numbers.instance().assign(code);
    const before = numbers.call(code);
    expect(await numbers.instance().assign(code)).toEqual(first);
    expect(numbers.call(code)).toEqual(before);
  });

  test('is not given to a case that is not there, or that nobody has accepted', async () => {
    await expect(open().instance().assign('K-NONE')).rejects.toThrow('is not accepted');
  });

  test('is not the one of a damaged document, which may be anybody’s', async () => {
    const numbers = open(2);
    numbers.store.damage(numberKey({ year: 2026, n: 3 }));
    const code = numbers.accepted(MARCH);
    expect(await numbers.instance().assign(code)).toEqual({ year: 2026, n: 4 });
  });

  test('costs no more in a year with a thousand cases', async () => {
    const numbers = open(1_000);
    const code = numbers.accepted(MARCH);
    let writes = 0;
    numbers.store.afterWrite = () => {
      writes += 1;
    };
    expect(await numbers.instance().assign(code)).toEqual({ year: 2026, n: 1_001 });
    expect(writes).toBe(3);
  });
});

// Every place at which one process may stand still, crossed with every place at which another may die: whoever wakes
// up late acts on what was true before.
const PAUSES = Array.from({ length: 14 }, (_, n) => n);
const DEATHS: readonly (readonly (WriteFault | undefined)[])[] = [
  [],
  ...[0, 1, 2, 3, 4].flatMap((n) =>
    (['dies', 'dies-after'] as const).map((fault) => [...Array<undefined>(n).fill(undefined), fault]),
  ),
];

describe('a process that stood still, while another one went on with the same case and died', () => {
  test.each([0, 1, 2])('%i other cases are numbered meanwhile: one number each, no gap', async (others) => {
    for (const pause of PAUSES) {
      for (const death of DEATHS) {
        const numbers = open(1);
        const code = numbers.accepted(MARCH);
        const rest = Array.from({ length: others }, () => numbers.accepted(MARCH));
        numbers.watch();
        const meanwhile = async () => {
          // One of them before, so that the candidate that was read is another's by now.
          if (rest[0] !== undefined) await numbers.instance().assign(rest[0]);
          await numbers
            .instance(undefined, death)
            .assign(code)
            .catch(() => undefined);
          if (rest[1] !== undefined) await numbers.instance().assign(rest[1]);
        };
        const told = await numbers.paused(pause, meanwhile).assign(code);
        for (const each of numbers.codes) await numbers.instance().assign(each);
        expect({ pause, death, problems: numbers.problems() }).toEqual({ pause, death, problems: [] });
        expect(numbers.call(code).handling?.number).toEqual(told);
      }
    }
  });
});
