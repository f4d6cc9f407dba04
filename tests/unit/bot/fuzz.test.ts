import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Reply } from '../../../bot/receive.ts';
import { VERBS } from '../../../cards/verbs.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import { FaultyStore } from '../../harness/faultyStore.ts';
import { broken, INSIDE, isInvokeAnswer, nonsense, recorded, strange } from '../../harness/hostile.ts';
import { World } from '../../harness/world.ts';

let world: World;
let code: string;
/** Documents written while the current test runs. */
let written: Set<string>;
const GUEST = '00000000-0000-4000-8000-0000000009ff';
const OTHER_TENANT = '99999999-0000-4000-8000-0000000000aa';

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mamori-'));
  const store = new FaultyStore(await openSqliteStore({ path: join(folder, 'mamori.sqlite') }));
  world = await World.open({ folder, store });
  const sato = world.who('佐藤 美咲');
  await world.installs(sato, world.who('鈴木 健太'));
  await world.says(sato, '緊急 2番窓口');
  await world.presses(sato, '報告する');
  await world.presses(sato, '送信', { what: '「殺すぞ」と言われた' });
  await world.pass(2);
  code = await world.codeOf(sato);
  store.fault = (_, { kind, id }) => {
    written.add(`${kind}/${id}`);
    return undefined;
  };
  written = new Set();
});
afterAll(() => world.close());

function check(activity: unknown, { status, body }: Reply): void {
  expect(status).toBe(200);
  expect(JSON.stringify(body)).not.toMatch(INSIDE);
  if ((activity as { type?: unknown } | null)?.type === 'invoke') expect(isInvokeAnswer(body)).toBe(true);
}

/** Runs them all; afterwards nothing may be written but, for `own`, how to reach those who sent them. */
async function survives(
  activities: fc.Arbitrary<unknown>,
  numRuns: number,
  may: 'own' | 'nothing',
): Promise<void> {
  written = new Set();
  world.logged.length = 0;
  const own = new Set<string>();
  const before = await world.app.calls.read(code);
  const property = fc.asyncProperty(activities, async (activity) => {
    const { aadObjectId } = ((activity as { from?: object } | null)?.from ?? {}) as { aadObjectId?: unknown };
    if (may === 'own') own.add(`person/${aadObjectId}`);
    check(activity, await world.app.receive(activity));
  });
  await fc.assert(property, { numRuns });
  await world.app.engine.runDue();
  expect([...written].filter((key) => !own.has(key))).toEqual([]);
  expect(await world.app.calls.read(code)).toEqual(before);
  // An exception that is caught at the door is a defect all the same.
  expect(world.logged.filter((line) => (line as { message: string }).message === 'activity failed')).toEqual(
    [],
  );
}

const outsiders = () => [world.who('木村 拓'), GUEST, '00000000-0000-4000-8000-000000000902'];

test('nonsense', () => survives(nonsense, 3_000, 'nothing'), 60_000);

test('real activities with fields that do not belong there', async () => {
  const [kimura = ''] = outsiders();
  const bases = [
    world.activity(kimura, { type: 'message', text: 'あのう' }),
    world.activity(kimura, { type: 'message', value: { verb: 'case.open', code } }),
    world.activity(kimura, { type: 'installationUpdate', action: 'add' }),
    world.activity(kimura, { type: 'conversationUpdate', membersAdded: [{ id: 'x' }] }),
    world.activity(kimura, { type: 'invoke', name: 'composeExtension/query', value: { queryText: 'x' } }),
    world.tap(kimura, 'card', { verb: 'suggestion.correct', code, draft: 'd', labels: 'threat' }),
    world.tap(kimura, 'card', { verb: 'answer.going', code, round: 0 }),
  ];
  await survives(fc.oneof(...bases.map(broken)), 4_000, 'own');
}, 60_000);

test('recorded activities, from another tenant and broken', async () => {
  const foreign = [...recorded(), world.activity('x', { type: 'message', text: '応援' })].map((activity) => ({
    ...activity,
    conversation: { id: 'c', tenantId: OTHER_TENANT },
    channelData: { tenant: { id: OTHER_TENANT } },
  }));
  await survives(fc.oneof(...foreign.flatMap((one) => [fc.constant(one), broken(one)])), 1_500, 'nothing');
}, 60_000);

test('forged presses on a case of others', async () => {
  const verbs = VERBS.filter(
    (verb) => !/^call\.(advice|assist|emergency)|^language|^report\.submit/.test(verb),
  );
  const data = fc.dictionary(
    fc.constantFrom('round', 'draft', 'labels', 'by', 'person', 'role', 'lane', 'trigger'),
    strange,
  );
  const forged = fc
    .tuple(
      fc.constantFrom(...outsiders()),
      fc.constantFrom(...verbs),
      data,
      fc.constantFrom('invoke', 'submit'),
    )
    .map(([who, verb, fields, via]) => {
      const value = { ...fields, verb, code };
      return via === 'invoke'
        ? world.tap(who, 'card', value)
        : world.activity(who, { type: 'message', value });
    });
  await survives(forged, 2_500, 'own');
}, 60_000);

test('forged presses of people of the case, on cases and with verbs that do not exist', async () => {
  const people = [world.who('佐藤 美咲'), world.who('鈴木 健太'), world.who('清水 陽子')];
  const verbs = VERBS.filter((verb) =>
    /^(answer|police|suggestion|case)\.|call\.(end|cancel|raise|came|phoned)/.test(verb),
  );
  const forged = fc
    .tuple(fc.constantFrom(...people), fc.constantFrom(...verbs), strange, strange)
    .map(([who, verb, made, draft]) => world.tap(who, 'card', { verb, code: made, draft }));
  const unknown = fc
    .tuple(fc.constantFrom(...people), strange)
    .map(([who, verb]) => world.tap(who, 'card', { verb, code }));
  await survives(fc.oneof(forged, unknown), 1_500, 'own');
}, 60_000);

describe('an invoke is always answered with something that Teams can show', () => {
  test.each([
    ['a redraw by the client', { name: 'adaptiveCard/action', value: { trigger: 'automatic', action: {} } }],
    ['an unknown invoke', { name: 'task/fetch' }],
    ['an unknown verb', { name: 'adaptiveCard/action', value: { action: { verb: 'x' } } }],
    ['no value', { name: 'adaptiveCard/action' }],
    ['no person', { from: { id: 'x' } }],
    ['no shape', { from: 7 }],
  ])('%s', async (_, fields) => {
    const activity = { ...world.activity(GUEST, { type: 'invoke' }), ...fields };
    check(activity, await world.app.receive(activity));
  });
});
