import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Aggregate, EngineCommand } from '../../../services/engine/aggregate.ts';
import { type Documents, Engine } from '../../../services/engine/engine.ts';
import type { Body, Schema } from '../../../services/engine/schema.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore } from '../../../services/store/store.ts';
import { FakeClock } from '../../harness/fakeClock.ts';

/** A tin of letters, in three versions of one program. */
interface Tin {
  readonly posted: readonly string[];
  /** Since version 2; the rules of version 1 know nothing of it and carry it along. */
  readonly colour?: string;
  /** Since version 3, in place of `posted`. */
  readonly letters?: readonly string[];
}
type Command = { type: 'owe'; letter: string } | { type: 'paint'; colour: string };

const tin: Aggregate<Tin, Command> = {
  kind: 'tin',
  listing: () => ({ terms: [], sortAt: 0, summary: null }),
  decide(before, command: Command | EngineCommand) {
    const state = before ?? { posted: [] };
    const accept = { ok: true, changed: true, effects: [], drop: () => false, timers: {} } as const;
    if (command.type === 'owe')
      return { ...accept, state, effects: [{ key: command.letter, kind: 'letter', person: '' }] };
    if (command.type === 'paint') return { ...accept, state: { ...state, colour: command.colour } };
    if (command.type === 'settled')
      return { ...accept, state: { ...state, posted: [...state.posted, command.effect.key] } };
    return { ...accept, state };
  },
};

const paint = (_kind: string, body: Body): Body => {
  const state = body.state as Tin;
  return { ...body, state: { ...state, colour: state.colour ?? 'grey' } } as Body;
};
const rename = (_kind: string, body: Body): Body => {
  const { posted = [], letters = posted, ...state } = body.state as Tin;
  return { ...body, state: { ...state, letters, posted: letters } } as Body;
};

const V1: Schema = { version: 1, readableFrom: 1, steps: [] };
const V2: Schema = { version: 2, readableFrom: 1, steps: [paint] };
/** Breaks with version 1, two releases after it. */
const V3: Schema = { version: 3, readableFrom: 2, steps: [paint, rename] };

let folder: string;
let store: DocumentStore;
let logged: { message: string }[];
const clock = new FakeClock('2026-11-24T10:00:00+09:00');
const posted: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-schema-'));
  store = await openSqliteStore({ path: join(folder, 'mamori.sqlite') });
  logged = [];
  posted.length = 0;
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

interface Program {
  readonly engine: Engine;
  readonly tins: Documents<Tin, Command>;
}

function program(schema: Schema): Program {
  const keep = (fields: object, message: string) => void logged.push({ ...fields, message });
  const engine = new Engine({ store, clock, log: { info: keep, warn: keep, error: keep }, schema });
  const tins = engine.register(tin, async (effect) => {
    posted.push(`${effect.key} by ${schema.version}`);
    return { kind: 'sent' };
  });
  return { engine, tins };
}

const body = async (): Promise<unknown> => (await store.read({ kind: 'tin', id: 'a' }))?.body;

describe('a document of an older version', () => {
  test('is upgraded when it is read, through every step between, and kept so with the next write', async () => {
    const [old, current] = [program(V1), program(V3)];
    await old.tins.create('a', { type: 'owe', letter: 'x' });
    await old.engine.runDue();
    expect(await current.tins.read('a')).toMatchObject({
      schemaVersion: 3,
      state: { letters: ['x'], colour: 'grey' },
    });
    expect(await body()).toMatchObject({ schemaVersion: 1 });
    await current.tins.execute('a', { type: 'owe', letter: 'y' });
    expect(await body()).toMatchObject({ schemaVersion: 3, readableFrom: 2, state: { letters: ['x'] } });
  });

  test('that owes something is served', async () => {
    await program(V1).tins.create('a', { type: 'owe', letter: 'x' });
    await program(V3).engine.runDue();
    expect(posted).toEqual(['x by 3']);
  });
});

describe('two versions side by side, where the newer one only adds', () => {
  let old: Program;
  let current: Program;
  beforeEach(() => {
    [old, current] = [program(V1), program(V2)];
  });

  test('each serves what the other one wrote, and every letter is posted once', async () => {
    await old.tins.create('a', { type: 'owe', letter: 'x' });
    for (let turn = 0; turn < 10; turn++) {
      const [here, there] = turn % 2 === 0 ? [old, current] : [current, old];
      await here.tins.execute('a', { type: 'owe', letter: `letter ${turn}` });
      await Promise.all([there.engine.runDue(), here.engine.runDue()]);
    }
    expect(posted.map((line) => line.replace(/ by \d/, '')).sort()).toEqual(
      ['x', ...Array.from({ length: 10 }, (_, n) => `letter ${n}`)].sort(),
    );
    expect(new Set(posted.map((line) => line.at(-1)))).toEqual(new Set(['1', '2']));
  });

  test('the older one carries along what it does not know', async () => {
    await current.tins.create('a', { type: 'owe', letter: 'x' });
    await current.tins.execute('a', { type: 'paint', colour: 'red' });
    await old.tins.execute('a', { type: 'owe', letter: 'y' });
    await old.engine.runDue();
    expect(await body()).toMatchObject({ schemaVersion: 1, state: { colour: 'red' } });
    expect((await current.tins.read('a'))?.state.colour).toBe('red');
  });
});

describe('two versions side by side, where the older one cannot read the newer one', () => {
  test('it leaves the document as it is, and the newer one serves it', async () => {
    const [old, current] = [program(V1), program(V3)];
    await current.tins.create('a', { type: 'owe', letter: 'x' });
    const before = await body();
    await old.engine.runDue();
    await expect(old.tins.execute('a', { type: 'owe', letter: 'y' })).rejects.toThrow('newer version');
    expect(await body()).toEqual(before);
    expect(posted).toEqual([]);
    expect(logged.map(({ message }) => message)).toEqual(['left to a newer version of the program']);
    await current.engine.runDue();
    expect(posted).toEqual(['x by 3']);
  });

  test('the release between them reads it', async () => {
    await program(V3).tins.create('a', { type: 'owe', letter: 'x' });
    await program(V2).engine.runDue();
    expect(posted).toEqual(['x by 2']);
  });

  test('documents of a kind that only the newer one knows keep the older one from nothing', async () => {
    const { engine, tins } = program(V1);
    const strange = {
      kind: 'box',
      dueAt: 0,
      terms: [],
      sortAt: 0,
      summary: null,
      body: { schemaVersion: 3 },
    };
    for (let n = 0; n < 120; n++) await store.create({ ...strange, id: `box-${n}` });
    await tins.create('a', { type: 'owe', letter: 'x' });
    await engine.runDue();
    expect(posted).toEqual(['x by 1']);
  });
});
