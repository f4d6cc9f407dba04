import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CLAIM_MS } from '../../../services/engine/claims.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore } from '../../../services/store/store.ts';
import { quickFolder } from '../../harness/city.ts';
import { FakeClock } from '../../harness/fakeClock.ts';
import { FaultyStore, type WriteFault } from '../../harness/faultyStore.ts';
import { waitingCase } from '../../harness/officers.ts';
import { participant } from '../../harness/simulation.ts';
import { World } from '../../harness/world.ts';

const SHIMIZU = '00000000-0000-4000-8000-000000000301';
const CLAIM_S = CLAIM_MS / 1000;

let folder: string;
let store: DocumentStore;
let clock: FakeClock;
/** The instance that something happens to, and another one on the same store that nothing happens to. */
let faulty: FaultyStore;
let first: World;
let second: World;

beforeEach(() => begin('2026-11-24T10:00:00+09:00'));
afterEach(end);

async function begin(at: string): Promise<void> {
  folder = await quickFolder();
  store = await openSqliteStore({ path: join(folder, 'mamori.sqlite') });
  clock = new FakeClock(at);
  faulty = new FaultyStore(store);
  first = await World.open({ store: faulty, folder, clock });
  second = await World.open({ store, folder, clock });
}

async function end(): Promise<void> {
  await store.close();
  await rm(folder, { recursive: true, force: true });
}

async function opened(...codes: string[]): Promise<void> {
  for (const code of codes) await store.create(waitingCase(first.directory, code, clock.now()));
}

const command = (world: World) => ({ type: 'accept', by: participant(world.directory, SHIMIZU) }) as const;
const accept = (world: World, code: string) => world.app.cases.handle(code, command(world));
const numberOf = async (code: string) => {
  const { number = null, candidate = null } = (await second.app.calls.read(code))?.handling ?? {};
  return { number: number === null ? '' : `${number.year}-${number.n}`, candidate };
};
const owner = async (id: string) => (await store.read({ kind: 'number', id }))?.body;

describe('an acceptance of which one write goes wrong', () => {
  const faults: readonly WriteFault[] = ['fails', 'lost', 'dies', 'dies-after'];
  // The acceptance, the note, the number's document, the number in the case; with the claims of the engine among them.
  const writes = [1, 2, 3, 4, 5, 6];

  test.each(faults)(
    '%s: whoever goes on gives the same number, and the next case the next one',
    async (fault) => {
      for (const write of writes) {
        await opened('K-A', 'K-B');
        faulty.fault = (count) => (count === write ? fault : undefined);
        // The officer's press, and then the engine of that instance, as far as it lives.
        await accept(first, 'K-A').catch(() => undefined);
        await first.app.engine.runDue().catch(() => undefined);
        const committed = (await second.app.calls.read('K-A'))?.handling !== undefined;
        // Nothing was said to be accepted that is not: the officer presses again.
        if (!committed) await accept(second, 'K-A');
        await second.pass(2 * CLAIM_S);
        const told = await accept(second, 'K-B');
        expect(told.kind).toBe('done');
        const found = [await numberOf('K-A'), await numberOf('K-B')].map(({ number }) => number);
        expect({ write, found }).toEqual({ write, found: ['2026-1', '2026-2'] });
        expect([await owner('2026-0001'), await owner('2026-0002'), await owner('2026-0003')]).toEqual([
          { code: 'K-A' },
          { code: 'K-B' },
          undefined,
        ]);
        await end();
        await begin('2026-11-24T10:00:00+09:00');
      }
    },
  );

  test.each(faults)('%s in the engine, which alone goes on: the same', async (fault) => {
    for (const write of writes) {
      await opened('K-A');
      // The acceptance itself is written; its process does nothing else.
      await second.app.calls.execute('K-A', command(second));
      faulty.fault = (count) => (count === write ? fault : undefined);
      await first.app.engine.runDue().catch(() => undefined);
      await second.pass(2 * CLAIM_S);
      expect({ write, ...(await numberOf('K-A')) }).toMatchObject({ write, number: '2026-1' });
      expect([await owner('2026-0001'), await owner('2026-0002')]).toEqual([{ code: 'K-A' }, undefined]);
      await end();
      await begin('2026-11-24T10:00:00+09:00');
    }
  });

  test('an officer whose number does not come at once is told of the acceptance all the same', async () => {
    await opened('K-A');
    // Only documents of numbers: the case itself is written.
    faulty.fault = (_count, { kind }) => (kind === 'number' ? 'fails' : undefined);
    const told = await accept(first, 'K-A');
    expect(told.kind === 'done' && told.file.call.handling).toMatchObject({
      phase: 'accepted',
      number: null,
    });
    faulty.fault = () => undefined;
    await first.pass(60);
    expect((await numberOf('K-A')).number).toBe('2026-1');
  });
});

describe('at the turn of the fiscal year', () => {
  test.each([2, 3, 4])(
    'accepted in March, died at write %i, numbered in April by the engine: a number of the year of the acceptance',
    async (write) => {
      await end();
      await begin('2027-03-31T23:59:50+09:00');
      await opened('K-MARCH', 'K-APRIL');
      faulty.fault = (count) => (count === write ? 'dies' : undefined);
      await accept(first, 'K-MARCH').catch(() => undefined);
      await first.app.engine.runDue().catch(() => undefined);
      expect((await numberOf('K-MARCH')).number).toBe('');
      clock.set(Date.parse('2027-04-01T00:00:10+09:00'));
      await accept(second, 'K-APRIL');
      await second.pass(2 * CLAIM_S);
      expect((await numberOf('K-MARCH')).number).toBe('2026-1');
      expect((await numberOf('K-APRIL')).number).toBe('2027-1');
      expect(await owner('2027-0002')).toBeUndefined();
    },
  );
});
