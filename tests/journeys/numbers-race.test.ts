import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../services/calls/call.ts';
import { createDirectory } from '../../services/directory/createDirectory.ts';
import { loadOrganization } from '../../services/directory/organization.ts';
import { CLAIM_MS } from '../../services/engine/claims.ts';
import { decode } from '../../services/engine/envelope.ts';
import type { DocumentStore, Listed } from '../../services/store/store.ts';
import { quickFolder } from '../harness/city.ts';
import { waitingCase } from '../harness/officers.ts';
import { ORGANIZATION } from '../harness/organization.ts';
import { Officer } from '../harness/process/office.ts';
import { stores } from '../harness/stores.ts';

// Real processes race here; the bound only ends a test that hangs.
jest.setTimeout(120_000);

const SHIMIZU = { id: '00000000-0000-4000-8000-000000000301', name: '清水 陽子' };
const HAYASHI = { id: '00000000-0000-4000-8000-000000000302', name: '林 大輔' };
const ROUNDS = stores().races;
/** Always the same day, far from the end of a fiscal year. */
const NOW = Date.parse('2026-11-24T10:00:00+09:00');
const KILLS = 6;
const BATCH = 24;

let folder: string;
let store: DocumentStore;
const officers: Officer[] = [];

beforeEach(async () => {
  folder = await quickFolder();
  store = await stores().open(folder);
});
afterEach(async () => {
  for (const officer of officers.splice(0)) await officer.kill();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(person: { readonly id: string }, clockShiftMs = 0): Promise<Officer> {
  const shift = NOW - Date.now() + clockShiftMs;
  const officer = await Officer.start({ folder, person: person.id, clockShiftMs: shift });
  officers.push(officer);
  return officer;
}

async function open(codes: readonly string[]): Promise<void> {
  const directory = createDirectory(await loadOrganization(ORGANIZATION));
  for (const code of codes) await store.create(waitingCase(directory, code, NOW));
}

async function read(code: string): Promise<Call> {
  const stored = await store.read({ kind: 'call', id: code });
  if (stored === undefined) throw new Error(`${code} is gone`);
  return decode<Call>(stored).state;
}

/** A few at a time: the local server answers one after another, and the store gives each only so long. */
async function readAll(codes: readonly string[]): Promise<Call[]> {
  const calls: Call[] = [];
  for (let n = 0; n < codes.length; n += 20)
    calls.push(...(await Promise.all(codes.slice(n, n + 20).map(read))));
  return calls;
}
const numberOf = ({ handling }: Call): string => {
  const number = handling?.number ?? null;
  return number === null ? '' : `${number.year}-${number.n}`;
};
const times = ({ timeline }: Call, kind: string): number => timeline.filter((e) => e.kind === kind).length;

/** All documents of numbers, the lowest first. */
async function numbers(): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { kind: 'number', term: 'year:2026', limit: 200 };
    const page = await store.list(cursor === undefined ? query : { ...query, cursor });
    found.push(...page.items);
    if (page.next === undefined) return found.reverse();
    cursor = page.next;
  }
}

/** Exactly 1 to n, each to one case and in it; every accepted case has one. */
async function expectNoGapNoDuplicate(calls: readonly Call[]): Promise<void> {
  const accepted = calls.filter(({ handling }) => handling !== undefined);
  const issued = await numbers();
  expect(issued.map(({ sortAt }) => sortAt)).toEqual(accepted.map((_, index) => index + 1));
  const owners = issued.map(({ summary, sortAt }) => `${(summary as { code: string }).code} ${sortAt}`);
  expect(owners.sort()).toEqual(accepted.map((call) => `${call.code} ${call.handling?.number?.n}`).sort());
  for (const call of accepted)
    expect([call.code, times(call, 'accepted'), times(call, 'numbered')]).toEqual([call.code, 1, 1]);
}

describe('two officers, each in a process of their own', () => {
  test(`accept at once, ${ROUNDS} times: one acceptance and one number a case, from 1 on without a gap`, async () => {
    const [a, b] = await Promise.all([start(SHIMIZU), start(HAYASHI)]);
    // Each a case of their own, for the same number, and both the third one, for the acceptance.
    const rounds = Array.from({ length: ROUNDS }, (_, n) => ({ a: `A-${n}`, b: `B-${n}`, both: `C-${n}` }));
    await open(rounds.flatMap((round) => Object.values(round)));
    const winners = new Set<string>();
    for (const [n, round] of rounds.entries()) {
      // Which of the two is first in line alternates, so that they meet in each.
      const order = (own: string) => (n % 2 === 0 ? [own, round.both] : [round.both, own]);
      const told = await Promise.all([a.accept(order(round.a)), b.accept(order(round.b))]);
      const both = told.flatMap((outcomes) => outcomes ?? []).filter(({ code }) => code === round.both);
      const { handling } = await read(round.both);
      const winner = handling?.accepted?.by.name ?? '';
      winners.add(winner);
      // One is told the number, the other who was first.
      expect(both).toHaveLength(2);
      expect(both).toContainEqual({ code: round.both, reason: 'already-accepted', name: winner });
      expect(both).toContainEqual({
        code: round.both,
        number: `${handling?.number?.year}-${handling?.number?.n}`,
      });
    }
    expect([a.errors, b.errors]).toEqual(['', '']);
    // It was a race.
    expect(winners.size).toBe(2);
    const calls = await readAll(rounds.flatMap((round) => Object.values(round)));
    await expectNoGapNoDuplicate(calls);
    expect(calls.every((call) => numberOf(call) !== '')).toBe(true);
  });

  test(`one is killed ${KILLS} times amid acceptances: the engine finishes them, nobody presses again`, async () => {
    const codes = Array.from({ length: KILLS * BATCH }, (_, n) => `K-${n}`);
    await open(codes);
    const other = await start(HAYASHI);
    let interrupted = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const mine = codes.slice(kill * BATCH, (kill + 1) * BATCH);
      // Later than any claim of the one before.
      const victim = await start(SHIMIZU, kill * 2 * CLAIM_MS);
      const both = [victim.accept(mine), other.accept(mine.slice(BATCH / 2))];
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
      await victim.kill();
      interrupted += (await readAll(mine)).filter(
        (c) => c.handling !== undefined && numberOf(c) === '',
      ).length;
      await Promise.all(both);
    }
    // Else nothing was tried here.
    expect(interrupted).toBeGreaterThan(0);
    await start(SHIMIZU, KILLS * 2 * CLAIM_MS);
    await expect(allNumbered(codes)).resolves.toBeUndefined();
    await expectNoGapNoDuplicate(await readAll(codes));
  });
});

/** Whatever has been accepted gets its number from the engine. The bound only ends a test that would hang. */
async function allNumbered(codes: readonly string[]): Promise<void> {
  const giveUpAt = Date.now() + 30_000;
  for (;;) {
    const left = (await readAll(codes)).filter((c) => c.handling !== undefined && numberOf(c) === '');
    if (left.length === 0) return;
    if (Date.now() > giveUpAt) throw new Error(`never numbered: ${left.map(({ code }) => code)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
