import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Aggregate, EngineCommand } from '../../../services/engine/aggregate.ts';
import { type Documents, Engine } from '../../../services/engine/engine.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore } from '../../../services/store/store.ts';
import { FakeClock } from '../../harness/fakeClock.ts';

/** What has to be done a moment after it was written is done without reading it; what others wrote since, by what they wrote. */

interface Notes {
  readonly texts: readonly string[];
}
type Command =
  | { readonly type: 'write'; readonly text: string; readonly inMs: number }
  | { readonly type: 'take-back' };

const notes: Aggregate<Notes, Command> = {
  kind: 'notes',
  listing: () => ({ terms: [], sortAt: 0, summary: null }),
  decide(state, command: Command | EngineCommand, { now }) {
    const { texts } = state ?? { texts: [] };
    const quiet = { ok: true, changed: true, drop: () => false, timers: {}, effects: [] } as const;
    if (command.type === 'take-back') return { ...quiet, state: { texts: [] }, drop: () => true };
    if (command.type !== 'write') return { ...quiet, state: { texts } };
    const effect = { key: command.text, kind: 'note', person: '', readyAt: now + command.inMs };
    return { ...quiet, state: { texts: [...texts, command.text] }, effects: [effect] };
  },
};

let folder: string;
let clock: FakeClock;
let stores: DocumentStore[];
/** What each instance has sent: all texts of the document at that moment. */
let sent: string[];
let reads: number;

interface Instance {
  readonly engine: Engine;
  readonly documents: Documents<Notes, Command>;
}

async function instance(name: string): Promise<Instance> {
  const store = await openSqliteStore({ path: join(folder, 'engine.sqlite') });
  stores.push(store);
  const counting: DocumentStore = new Proxy(store, {
    get(target, method) {
      const value = Reflect.get(target, method) as unknown;
      if (method === 'read') reads += 1;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  const engine = new Engine({ store: counting, clock, log: { info() {}, warn() {}, error() {} } });
  const documents = engine.register(notes, async (_, { texts }) => {
    sent.push(`${name}: ${texts.join('+')}`);
    return { kind: 'sent' };
  });
  engine.start({ polls: false });
  return { engine, documents };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-soon-due-'));
  clock = new FakeClock('2026-11-24T10:00:00+09:00');
  [stores, sent, reads] = [[], [], 0];
});
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await rm(folder, { recursive: true, force: true });
});

async function pass(ms: number, { engine }: Instance): Promise<void> {
  clock.set(clock.now() + ms);
  await engine.runDue();
}

test('by whoever wrote it, without reading it', async () => {
  const one = await instance('one');
  await one.documents.create('a', { type: 'write', text: 'soon', inMs: 1_000 });
  await pass(999, one);
  expect(sent).toEqual([]);
  await pass(1, one);
  expect(sent).toEqual(['one: soon']);
  expect(reads).toBe(0);
});

test('what is due later is read: whoever wrote it keeps nothing for long', async () => {
  const one = await instance('one');
  await one.documents.create('a', { type: 'write', text: 'later', inMs: 60_000 });
  await pass(60_000, one);
  expect(sent).toEqual(['one: later']);
  expect(reads).toBe(1);
});

test('another instance has written since: what it wrote counts', async () => {
  const [one, other] = [await instance('one'), await instance('other')];
  await one.documents.create('a', { type: 'write', text: 'soon', inMs: 1_000 });
  await other.documents.execute('a', { type: 'write', text: 'more', inMs: 1_000 });
  await pass(1_000, one);
  expect(sent).toEqual(['one: soon+more', 'one: soon+more']);
});

test('another instance has taken it back: nothing is sent', async () => {
  const [one, other] = [await instance('one'), await instance('other')];
  await one.documents.create('a', { type: 'write', text: 'soon', inMs: 1_000 });
  await other.documents.execute('a', { type: 'take-back' });
  await pass(1_000, one);
  expect(sent).toEqual([]);
});

test('another instance wants it sooner: it is not late', async () => {
  const [one, other] = [await instance('one'), await instance('other')];
  await one.documents.create('a', { type: 'write', text: 'soon', inMs: 1_500 });
  // Written, and then stopped: it is for the one that is left.
  await other.engine.stop();
  await other.documents.execute('a', { type: 'write', text: 'at once', inMs: 0 });
  await pass(10, one);
  expect(sent).toEqual(['one: soon+at once']);
});
