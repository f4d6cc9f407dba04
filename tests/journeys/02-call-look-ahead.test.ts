import { afterEach, expect, test } from '@jest/globals';
import type { DocumentStore } from '../../services/store/store.ts';
import { Fleet } from '../harness/fleet.ts';

/** What a call needs to know is read at the same time: its pages wait for the store twice (docs/adr/0019). */

let fleet: Fleet;
afterEach(() => fleet.close());

const SATO = '佐藤 美咲';
const SUZUKI = '鈴木 健太';
const who = (name: string): string => fleet.at(0).who(name);

const calls = (instance: number) => {
  const at = fleet.at(instance);
  return at.app.receive(at.activity(who(SATO), { type: 'message', text: '応援 2番窓口' }));
};

/** Reads of this kind wait until they are let go; what has been asked for is noted. */
function slowToRead(kind: string) {
  const asked: string[] = [];
  let isSlow = false;
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const wrap = (store: DocumentStore): DocumentStore =>
    new Proxy(store, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value !== 'function') return value;
        if (name === 'list') {
          return (...query: unknown[]) => {
            asked.push('list');
            return value.apply(target, query);
          };
        }
        if (name !== 'read') return value.bind(target);
        return async (key: { kind: string }) => {
          asked.push(key.kind);
          if (isSlow && key.kind === kind) await gate;
          return value.call(target, key);
        };
      },
    });
  return { asked, wrap, begin: () => (isSlow = true), release: () => release() };
}

test.each(['message', 'button'])(
  'by %s: whether a call is open is looked for while it is read who calls',
  async (by) => {
    const slow = slowToRead('person');
    fleet = await Fleet.open({ clocks: [0], wrap: slow.wrap });
    await fleet.at(0).installs(who(SATO), who(SUZUKI));
    // Nobody is remembered for longer than a minute.
    await fleet.pass(61);
    slow.asked.length = 0;
    slow.begin();
    const at = fleet.at(0);
    const button = at.last(who(SATO)).card.buttons.find(({ title }) => title === '応援を呼ぶ');
    const called =
      by === 'message'
        ? calls(0)
        : at.app.receive(at.tap(who(SATO), at.last(who(SATO)).activityId, { ...button?.data }));
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(slow.asked).toEqual(expect.arrayContaining(['person', 'call', 'list']));
    slow.release();
    await called;
    await fleet.pass(1);
    expect(at.alerts(who(SUZUKI))).toHaveLength(1);
  },
);

test('what says nothing of a call is not looked ahead for', async () => {
  const slow = slowToRead('person');
  fleet = await Fleet.open({ clocks: [0], wrap: slow.wrap });
  await fleet.at(0).installs(who(SATO));
  await fleet.pass(61);
  slow.asked.length = 0;
  slow.begin();
  const said = fleet.at(0).says(who(SATO), '応援ありがとうございました');
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(slow.asked).toEqual(['person']);
  slow.release();
  await said;
});

test('who has called more often at another instance gets a new case here, and joins it with the next call', async () => {
  fleet = await Fleet.open({ clocks: [0, 0] });
  await fleet.at(0).installs(who(SATO), who(SUZUKI));
  const codes = new Set<string>();
  for (let n = 0; n < 4; n++) {
    await calls(1);
    await fleet.run();
    codes.add(await fleet.at(1).codeOf(who(SATO)));
    await fleet.at(1).says(who(SATO), '対応終了');
    await fleet.pass(1);
  }
  expect(codes.size).toBe(4);
  await calls(0);
  await fleet.run();
  const code = await fleet.at(0).codeOf(who(SATO));
  expect(codes.has(code)).toBe(false);
  await calls(0);
  await calls(1);
  expect((await fleet.at(0).app.calls.casesOf(who(SATO), 20)).items).toHaveLength(5);
});

test('who called elsewhere a moment ago joins that call here', async () => {
  fleet = await Fleet.open({ clocks: [0, 0] });
  await fleet.at(0).installs(who(SATO), who(SUZUKI));
  await Promise.all([calls(0), calls(1)]);
  await Promise.all([calls(1), calls(0)]);
  expect((await fleet.at(0).app.calls.casesOf(who(SATO), 20)).items).toHaveLength(1);
});

test('what was looked ahead for serves nobody but the one who calls: a home card shows the call that was opened since', async () => {
  fleet = await Fleet.open({ clocks: [0, 0] });
  await fleet.at(0).installs(who(SATO), who(SUZUKI));
  fleet.at(0).app.calls.lookAhead(who(SATO));
  await new Promise((resolve) => setTimeout(resolve, 30));
  await calls(1);
  expect(await fleet.at(0).app.calls.openCallOf(who(SATO))).toBeDefined();
});
