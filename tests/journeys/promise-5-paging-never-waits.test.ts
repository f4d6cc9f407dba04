import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createApp } from '../../bot/app.ts';
import type { Reply } from '../../bot/receive.ts';
import type { Classifier } from '../../services/classification/classifier.ts';
import { silentLog } from '../../services/log.ts';
import { createPeople } from '../../services/people/people.ts';
import { type Busy, busy } from '../harness/busyStore.ts';
import { quickFolder } from '../harness/city.ts';
import { stores } from '../harness/stores.ts';
import { World } from '../harness/world.ts';

let world: World;
let store: Busy;
let sato: string;
let suzuki: string;
let shimizu: string;

beforeEach(async () => {
  const folder = await quickFolder();
  store = busy(await stores().open(folder));
  world = await World.open({ folder, store });
  [sato, suzuki, shimizu] = [world.who('佐藤 美咲'), world.who('鈴木 健太'), world.who('清水 陽子')];
  await world.installs(sato, suzuki, shimizu);
});
afterEach(() => world.close());

/** The same world with another classifier. */
function withClassifier(loadClassifier: () => Promise<Classifier>): void {
  const { store, clock, channel, directory } = world;
  const people = createPeople(store);
  const parts = { store, clock, channel, directory, people, log: silentLog, serviceHosts: ['localhost'] };
  Object.assign(world, { app: createApp({ ...parts, loadClassifier }) });
}

/** Gives an engine that never comes to rest (an effect of it hangs) the time to do everything else. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) {
    world.app.engine.runDue().catch(() => {});
    for (let quiet = 0; quiet < 10; quiet = store.underWay > 0 ? 0 : quiet + 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

async function act(activity: unknown): Promise<Reply> {
  const reply = await world.app.receive(activity);
  await settle();
  return reply;
}

const FORM = {
  verb: 'report.submit',
  draft: 'form-1',
  when: '今',
  where: '2番窓口',
  what: '「殺すぞ」と言われた',
};

const broken: readonly [string, () => Promise<Classifier>][] = [
  ['hangs while it loads', () => new Promise(() => {})],
  ['cannot be loaded', () => Promise.reject(new Error('no such module'))],
  [
    'throws on every text',
    async () => ({
      classify: () => {
        throw new Error('defect');
      },
    }),
  ],
];

describe.each(broken)('a classifier that %s', (_, load) => {
  beforeEach(() => withClassifier(load));

  test('holds up no call', async () => {
    await act(world.activity(sato, { type: 'message', text: '応援 2番窓口' }));
    for (const person of [suzuki, shimizu]) expect(world.alerts(person)).toHaveLength(1);
    expect(world.last(sato).card.text).toContain('応援を受け付けました');
  });

  test('holds up neither a report with 今も危険, nor its call, nor its answer', async () => {
    const reply = await act(world.tap(sato, 'x', { ...FORM, danger: 'true' }));
    expect(JSON.stringify(reply.body)).toContain('報告を保存しました');
    expect(JSON.stringify(reply.body)).toContain('緊急として職員を呼び出しています');
    for (const person of [suzuki, shimizu]) expect(world.alerts(person)).toHaveLength(1);
  });

  test('takes no report away: it is saved and said to be saved', async () => {
    const reply = await act(world.tap(sato, 'x', FORM));
    expect(JSON.stringify(reply.body)).toContain('報告を保存しました');
    expect((await world.app.reports.read(await world.codeOf(sato)))?.entries).toHaveLength(1);
  });

  test('leaves anything not understood with the buttons', async () => {
    await act(world.activity(sato, { type: 'message', text: 'あのう、すみません' }));
    expect(world.last(sato).card.buttons.map((b) => b.title)).toEqual(
      expect.arrayContaining(['緊急', '応援を呼ぶ']),
    );
  });
});

test('once the classifier works again, the suggestion comes and danger in the text is told', async () => {
  let works = false;
  const { createClassifier } = await import('../../services/classification/createClassifier.ts');
  withClassifier(async () => {
    if (!works) throw new Error('not yet');
    return createClassifier();
  });
  await world.receive(world.tap(sato, 'x', FORM));
  await world.pass(45);
  expect(world.screen(sato)).not.toContain('行為のタイプ（案）');
  works = true;
  await world.pass(45);
  expect(world.screen(sato)).toContain('行為のタイプ（案）');
  expect(world.screen(shimizu)).toContain('報告に危険を示す記述があります');
});

describe('no form, no question and no approval stands before a page', () => {
  test.each(['緊急', '応援', '相談'])('%s, alone', async (word) => {
    await world.says(sato, word);
    expect(world.alerts(shimizu)).toHaveLength(1);
    expect(world.messages(sato).flatMap((m) => m.card.inputs)).toEqual([]);
  });

  test('緊急に切り替える and 私が110番します wait for nobody', async () => {
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '緊急に切り替える');
    await world.presses(suzuki, '私が110番します');
    await world.pass(1);
    expect(world.last(sato).card.text).toContain('鈴木 健太さんが通報します');
  });

  test('an incomplete form does not hold up 今も危険', async () => {
    await world.receive(world.tap(sato, 'x', { ...FORM, when: '', where: '', what: '', danger: 'true' }));
    for (const person of [suzuki, shimizu]) expect(world.alerts(person)).toHaveLength(1);
  });

  test('one recipient who is slow holds up nobody', async () => {
    world.channel.before = (to) => (to === suzuki ? new Promise(() => {}) : undefined);
    await act(world.activity(sato, { type: 'message', text: '応援 2番窓口' }));
    expect(world.alerts(shimizu)).toHaveLength(1);
    expect(world.last(sato).card.text).toContain('応援を受け付けました');
  });
});
