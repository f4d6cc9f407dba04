import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Fleet } from '../harness/fleet.ts';
import { type Held, held } from '../harness/heldStore.ts';

/**
 * What the torture runs found: an instance dies after its message has arrived and before that is recorded. Nobody ever
 * says what became of the attempt, and its card must follow all the same.
 */

let fleet: Fleet;
/** Instance 0, which dies at a write. */
let dying: Held;

beforeEach(async () => {
  fleet = await Fleet.open({
    clocks: [0, 0],
    wrap(store, n) {
      if (n > 0) return store;
      dying = held(store);
      return dying.store;
    },
  });
  await fleet.at(0).installs(who('佐藤 美咲'), who('鈴木 健太'), who('清水 陽子'));
});
afterEach(async () => {
  dying.release();
  await fleet.close();
});

const who = (name: string): string => fleet.at(0).who(name);

/** Only the other one lives on. */
async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    fleet.clock.set(fleet.clock.now() + 1_000);
    await fleet.at(1).app.engine.runDue();
  }
}

const calls = () =>
  fleet.at(0).app.receive(fleet.at(0).activity(who('佐藤 美咲'), { type: 'message', text: '応援 2番窓口' }));

test('a page that arrived, and the call is over before the claim expires: a card says so', async () => {
  // Nothing of what it sent is recorded.
  const dies = dying.hold(
    'before',
    (document) => document.kind === 'call' && fleet.channel.messages.length > 3,
  );
  void calls();
  await dies;
  const [page] = fleet.at(1).alerts(who('鈴木 健太'));
  expect(page?.card.buttons.map(({ title }) => title)).toContain('向かいます');
  await fleet.at(1).says(who('佐藤 美咲'), '対応終了');
  await pass(40);
  for (const name of ['鈴木 健太', '清水 陽子'])
    expect(fleet.at(1).last(who(name)).card.text).toContain('対応終了');
  // Whose message the page became nobody knows: pressed, it answers with how things are.
  await fleet.at(1).pressesOn(who('鈴木 健太'), page ?? fleet.at(1).last(who('鈴木 健太')), '向かいます');
  expect(page?.card.text).toContain('すでに対応が終わっています');
});

test('an update that came after its message was retired, and nobody recorded it: the old card is retired again', async () => {
  await calls();
  await fleet.at(0).app.engine.idle();
  const suzuki = who('鈴木 健太');
  const [old] = fleet.at(1).alerts(suzuki);
  const code = await fleet.at(1).codeOf(who('佐藤 美咲'));
  let arrive = () => {};
  const updating = new Promise<void>((reached) => {
    fleet.channel.before = (to, message) => {
      if (to !== suzuki || message.alert) return;
      fleet.channel.before = () => {};
      reached();
      return new Promise((go) => (arrive = go));
    };
  });
  // Instance 0 is about to show that 清水 is coming.
  const first = fleet.at(0);
  const shimizu = first.last(who('清水 陽子'));
  const going = shimizu.card.buttons.find(({ title }) => title === '向かいます');
  await first.app.receive(first.tap(who('清水 陽子'), shimizu.activityId, { ...going?.data }));
  await updating;
  await fleet.at(1).says(suzuki, code);
  await pass(2);
  expect(old?.card.text).toContain('最新のカードは下にあります');
  const dies = dying.hold('before', ({ kind }) => kind === 'call');
  arrive();
  await dies;
  expect(old?.card.text).not.toContain('最新のカードは下にあります');
  await pass(40);
  expect(old?.card.text).toContain('最新のカードは下にあります');
  expect(fleet.at(1).last(suzuki).card.text).toContain('清水 陽子さん');
});
