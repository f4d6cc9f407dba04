import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Aggregate, EngineCommand } from '../../../services/engine/aggregate.ts';
import { type Documents, Engine } from '../../../services/engine/engine.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore } from '../../../services/store/store.ts';
import { FakeClock } from '../../harness/fakeClock.ts';

/** A running engine writes the results of one document together (docs/adr/0020). */

interface Sent {
  readonly sent: readonly string[];
}

const letters: Aggregate<Sent, { type: 'owe' }> = {
  kind: 'letters',
  listing: () => ({ terms: [], sortAt: 0, summary: null }),
  decide(state, command: { type: 'owe' } | EngineCommand) {
    const quiet = { ok: true, changed: true, drop: () => false, timers: {} } as const;
    if (command.type !== 'settled') {
      const effects = ['fast', 'slow'].map((key) => ({ key, kind: 'letter', person: '' }));
      return { ...quiet, state: { sent: [] }, effects };
    }
    return { ...quiet, state: { sent: [...(state?.sent ?? []), command.effect.key] }, effects: [] };
  },
};

let folder: string;
let store: DocumentStore;
let clock: FakeClock;
let engine: Engine;
let documents: Documents<Sent, { type: 'owe' }>;
let replaced: number;
let release: (name: string) => void;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-together-'));
  store = await openSqliteStore({ path: join(folder, 'engine.sqlite') });
  clock = new FakeClock('2026-11-24T10:00:00+09:00');
  replaced = 0;
  const counting: DocumentStore = new Proxy(store, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name === 'replace') replaced += 1;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const log = { info() {}, warn() {}, error() {} };
  engine = new Engine({ store: counting, clock, log });
  const waiting = new Map<string, () => void>();
  release = (name) => waiting.get(name)?.();
  documents = engine.register(letters, async ({ key }) => {
    await new Promise<void>((resolve) => waiting.set(key, resolve));
    return { kind: 'sent' };
  });
  engine.start();
});
afterEach(async () => {
  for (const name of ['fast', 'slow']) release(name);
  const stopped = engine.stop();
  clock.set(clock.now() + 20_000);
  await stopped;
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const sent = async () => (await documents.read('a'))?.state.sent;
/** Long enough for what would happen at once to have happened. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 30));
/** However busy the machine is; the bound of the test ends what never comes. */
async function becomes(...keys: readonly string[]): Promise<void> {
  while ((await sent())?.length !== keys.length) await aMoment();
  expect(await sent()).toEqual(keys);
}

describe('the results of two letters of one document', () => {
  beforeEach(async () => {
    await documents.create('a', { type: 'owe' });
    replaced = 0;
  });

  test('that come within moments are one write', async () => {
    release('fast');
    await aMoment();
    expect(await sent()).toEqual([]);
    release('slow');
    await becomes('fast', 'slow');
    expect(replaced).toBe(1);
  });

  test('a result waits no longer than moments for another one', async () => {
    release('fast');
    await aMoment();
    clock.set(clock.now() + 100);
    await becomes('fast');
    release('slow');
    await becomes('fast', 'slow');
    expect(replaced).toBe(2);
  });

  test('an engine that is being stopped writes what it knows at once', async () => {
    const stopped = engine.stop();
    release('fast');
    await becomes('fast');
    release('slow');
    await stopped;
    expect(await sent()).toEqual(['fast', 'slow']);
  });
});
