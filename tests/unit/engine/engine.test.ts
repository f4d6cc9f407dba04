import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Aggregate, EngineCommand } from '../../../services/engine/aggregate.ts';
import { CLAIM_MS } from '../../../services/engine/claims.ts';
import { type Documents, Engine } from '../../../services/engine/engine.ts';
import type { Effect } from '../../../services/engine/envelope.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore } from '../../../services/store/store.ts';
import { FakeClock } from '../../harness/fakeClock.ts';

/** The smallest aggregate that owes something: letters to be posted. */
interface Box {
  readonly posted: readonly string[];
}
type Command = { type: 'owe'; letters: string[] } | { type: 'withdraw' } | { type: 'wake'; at: number };

const quiet = { effects: [], drop: () => false, timers: {} } as const;

const box: Aggregate<Box, Command> = {
  kind: 'box',
  listing: () => ({ terms: [], sortAt: 0, summary: null }),
  decide(state, command: Command | EngineCommand, { now }) {
    const before = state ?? { posted: [] };
    if (command.type === 'owe') {
      const effects = command.letters.map((key) => ({ key, kind: 'letter', person: '' }));
      return { ok: true, state: before, changed: true, ...quiet, effects };
    }
    if (command.type === 'withdraw')
      return { ok: true, state: before, changed: true, ...quiet, drop: () => true };
    if (command.type === 'wake')
      return { ok: true, state: before, changed: false, ...quiet, timers: { wake: command.at } };
    if (command.type === 'timer') {
      if (before.posted.includes('bad timer')) throw new Error('a defect in a rule');
      return { ok: true, state: { posted: [...before.posted, 'woken'] }, changed: true, ...quiet };
    }
    const { kind } = command.outcome as { kind: string };
    if (kind === 'retry') return { ok: true, state: before, changed: false, ...quiet, retryAt: now + 5_000 };
    return { ok: true, state: { posted: [...before.posted, command.effect.key] }, changed: true, ...quiet };
  },
};

let folder: string;
let store: DocumentStore;
let clock: FakeClock;
let logged: object[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-engine-'));
  store = await openSqliteStore({ path: join(folder, 'engine.sqlite') });
  clock = new FakeClock('2026-11-24T10:00:00+09:00');
  logged = [];
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

type Post = (effect: Effect) => Promise<unknown>;

function instance(post: Post): { engine: Engine; boxes: Documents<Box, Command> } {
  const keep = (fields: object) => void logged.push(fields);
  const engine = new Engine({ store, clock, log: { info: keep, warn: keep, error: keep } });
  return { engine, boxes: engine.register(box, post) };
}

const pass = (ms: number) => clock.set(clock.now() + ms);
const posted = async (boxes: Documents<Box, Command>, id = 'a') => (await boxes.read(id))?.state.posted;

describe('effects', () => {
  test('one that hangs keeps no other one waiting', async () => {
    let release = (_outcome: unknown): void => {};
    const { engine, boxes } = instance((effect) =>
      effect.key === 'stuck'
        ? new Promise((resolve) => (release = resolve))
        : Promise.resolve({ kind: 'sent' }),
    );
    await boxes.create('a', { type: 'owe', letters: ['stuck', 'b', 'c'] });
    const running = engine.runDue();
    while ((await posted(boxes))?.length !== 2) await new Promise((resolve) => setImmediate(resolve));
    expect(await posted(boxes)).toEqual(expect.arrayContaining(['b', 'c']));
    release({ kind: 'sent' });
    await running;
  });

  test('a claim of a process that died is taken over when it has expired, and not before', async () => {
    const dead = instance(() => new Promise(() => {}));
    await dead.boxes.create('a', { type: 'owe', letters: ['a'] });
    void dead.engine.runDue();
    while ((await dead.boxes.read('a'))?.outbox[0]?.claim == null)
      await new Promise((resolve) => setImmediate(resolve));
    const seen: Effect[] = [];
    const alive = instance(async (effect) => {
      seen.push(effect);
      return { kind: 'sent' };
    });
    pass(CLAIM_MS - 1);
    await alive.engine.runDue();
    expect(seen).toEqual([]);
    pass(1);
    await alive.engine.runDue();
    expect(seen.map(({ key, attempt, uncertain }) => ({ key, attempt, uncertain }))).toEqual([
      { key: 'a', attempt: 2, uncertain: 1 },
    ]);
    expect(await posted(alive.boxes)).toEqual(['a']);
  });

  test('two instances racing for one document send each effect once', async () => {
    const sent: string[] = [];
    const post: Post = async (effect) => {
      sent.push(effect.key);
      return { kind: 'sent' };
    };
    const [one, two] = [instance(post), instance(post)];
    for (let round = 0; round < 20; round++) {
      await one.boxes.create(`box-${round}`, { type: 'owe', letters: [`${round}-x`, `${round}-y`] });
      await Promise.all([one.engine.runDue(), two.engine.runDue()]);
    }
    expect(sent).toHaveLength(40);
    expect(new Set(sent).size).toBe(40);
  });

  test('what is withdrawn before it was sent is never sent; what is under way is not sent again', async () => {
    const sent: string[] = [];
    const { engine, boxes } = instance(async (effect) => {
      sent.push(effect.key);
      if (effect.key === 'under way') await boxes.execute('a', { type: 'withdraw' });
      return { kind: 'retry' };
    });
    await boxes.create('a', { type: 'owe', letters: ['under way'] });
    await engine.runDue();
    await boxes.create('b', { type: 'owe', letters: ['withdrawn'] });
    await boxes.execute('b', { type: 'withdraw' });
    pass(60_000);
    await engine.runDue();
    expect(sent).toEqual(['under way']);
    expect((await boxes.read('a'))?.outbox).toEqual([]);
  });

  test('a performer with a defect is tried again later and leaves a trace', async () => {
    let broken = true;
    const { engine, boxes } = instance(async () => {
      if (broken) throw new Error('a defect');
      return { kind: 'sent' };
    });
    await boxes.create('a', { type: 'owe', letters: ['a'] });
    await engine.runDue();
    expect(logged).toContainEqual(expect.objectContaining({ key: 'box/a', effect: 'a' }));
    broken = false;
    pass(30_000);
    await engine.runDue();
    expect(await posted(boxes)).toEqual(['a']);
  });
});

describe('documents', () => {
  test('an operation delivered twice is applied once', async () => {
    const { boxes } = instance(async () => ({ kind: 'sent' }));
    await boxes.create('a', { type: 'owe', letters: ['a'] }, 'op-1');
    expect((await boxes.execute('a', { type: 'owe', letters: ['b'] }, 'op-1')).kind).toBe('repeated');
    expect((await boxes.execute('a', { type: 'owe', letters: ['b'] }, 'op-2')).kind).toBe('done');
    expect((await boxes.execute('none', { type: 'withdraw' })).kind).toBe('absent');
  });

  test('a timer whose rule throws stands in the way of nothing else', async () => {
    const { engine, boxes } = instance(async () => ({ kind: 'sent' }));
    await boxes.create('a', { type: 'owe', letters: ['bad timer'] });
    await engine.runDue();
    await boxes.execute('a', { type: 'wake', at: clock.now() });
    await boxes.create('b', { type: 'owe', letters: ['b'] });
    await boxes.execute('a', { type: 'owe', letters: ['still sent'] });
    await engine.runDue();
    expect(await posted(boxes)).toEqual(['bad timer', 'still sent']);
    expect(await posted(boxes, 'b')).toEqual(['b']);
    expect(logged).toContainEqual(expect.objectContaining({ key: 'box/a', timer: 'wake' }));
  });

  test('documents that cannot be decoded are skipped, however many, and the others are served', async () => {
    const { engine, boxes } = instance(async () => ({ kind: 'sent' }));
    const broken = { kind: 'box', dueAt: 0, terms: [], sortAt: 0, summary: null };
    for (let n = 0; n < 120; n++)
      await store.create({ ...broken, id: `bad-${n}`, body: { from: 'elsewhere' } });
    await boxes.create('a', { type: 'owe', letters: ['a'] });
    await engine.runDue();
    expect(await posted(boxes)).toEqual(['a']);
  });

  test('a document of a newer version is left alone', async () => {
    const { engine, boxes } = instance(async () => ({ kind: 'sent' }));
    const body = {
      schemaVersion: 99,
      rev: 1,
      state: { posted: [] },
      timers: { wake: 0 },
      outbox: [],
      ops: [],
    };
    await store.create({ kind: 'box', id: 'a', dueAt: 0, terms: [], sortAt: 0, summary: null, body });
    await engine.runDue();
    expect((await store.read({ kind: 'box', id: 'a' }))?.body).toEqual(body);
    await expect(boxes.read('a')).rejects.toThrow('newer');
  });
});

describe('results that come together', () => {
  test('are written together; when that fails, each of them leaves a trace', async () => {
    let release = (): void => {};
    const all = new Promise<void>((resolve) => (release = resolve));
    const { engine, boxes } = instance(async () => {
      await all;
      return { kind: 'sent' };
    });
    await boxes.create('a', { type: 'owe', letters: ['x', 'y', 'z'] });
    const running = engine.runDue();
    while ((await boxes.read('a'))?.outbox.some(({ claim }) => claim === null))
      await new Promise((resolve) => setImmediate(resolve));
    const replace = store.replace.bind(store);
    let writes = 0;
    store.replace = async () => {
      writes += 1;
      throw new Error('a defect of the store');
    };
    release();
    await running;
    store.replace = replace;
    const traces = logged
      .filter((line) => 'effect' in line)
      .map((line) => (line as { effect: string }).effect);
    expect(traces.sort()).toEqual(['x', 'y', 'z']);
    expect(writes).toBeLessThan(3);
    pass(CLAIM_MS);
    await engine.runDue();
    expect((await posted(boxes))?.length).toBe(3);
  });
});

describe('an attempt whose claim has expired', () => {
  const told: string[] = [];
  const telling: Aggregate<Box, Command> = {
    ...box,
    lost(state, effect) {
      told.push(effect.key);
      if (effect.key === 'bad') throw new Error('a defect in a rule');
      return { ok: true, state, changed: true, ...quiet };
    },
  };

  test('is told to the rules once, also when it is no longer owed; a rule that fails on it stops nothing', async () => {
    const keep = (fields: object) => void logged.push(fields);
    const log = { info: keep, warn: keep, error: keep };
    const dead = new Engine({ store, clock, log });
    const gone = dead.register(telling, () => new Promise(() => {}));
    await gone.create('a', { type: 'owe', letters: ['good', 'bad'] });
    void dead.runDue();
    while ((await gone.read('a'))?.outbox[0]?.claim == null)
      await new Promise((resolve) => setImmediate(resolve));
    await gone.execute('a', { type: 'withdraw' });
    const alive = new Engine({ store, clock, log });
    const boxes = alive.register(telling, async () => ({ kind: 'sent' }));
    pass(CLAIM_MS);
    await alive.runDue();
    expect(told).toEqual(['good', 'bad']);
    expect((await boxes.read('a'))?.outbox).toEqual([]);
    expect(logged).toContainEqual(expect.objectContaining({ key: 'box/a', effect: 'bad' }));
    pass(CLAIM_MS);
    await alive.runDue();
    expect(told).toHaveLength(2);
  });
});
