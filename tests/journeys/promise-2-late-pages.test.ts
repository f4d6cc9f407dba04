import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createPeople, type People } from '../../services/people/people.ts';
import type { DocumentStore } from '../../services/store/store.ts';
import { quickFolder } from '../harness/city.ts';
import { FakeChannel } from '../harness/fakeChannel.ts';
import { FakeClock } from '../harness/fakeClock.ts';
import { stores } from '../harness/stores.ts';
import { OPEN_HOURS, World } from '../harness/world.ts';

/**
 * A page has been decided on, and something slow stands between the decision and the request: here the store, asked in
 * which language the page is to be.
 */

let folder: string;
let clock: FakeClock;
let channel: FakeChannel;
let slow: World;
let other: World;
let sato: string;
let suzuki: string;
/** Lets the page of 鈴木 go on. */
let goOn: () => void;

beforeEach(async () => {
  folder = await quickFolder();
  clock = new FakeClock(OPEN_HOURS);
  channel = new FakeChannel(clock);
  const store = await stores().open(folder);
  // It does nothing by itself: only the other one looks whose claim has run out.
  const stopped = { now: () => clock.now(), after: () => () => {} };
  const parts = { people: slowAbout(store), clock: stopped };
  slow = await World.open({ folder, clock, channel, store, parts });
  other = await World.open({ folder, clock, channel });
  [sato, suzuki] = [slow.who('佐藤 美咲'), slow.who('鈴木 健太')];
  await other.installs(sato, suzuki, slow.who('清水 陽子'));
});
afterEach(async () => {
  await slow.store.close();
  await other.store.close();
  await rm(folder, { recursive: true, force: true });
});

function slowAbout(store: DocumentStore): People {
  const people = createPeople(store);
  const going = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  return {
    ...people,
    async read(id) {
      if (id === suzuki) await going;
      return people.read(id);
    },
  };
}

const says = (world: World, text: string) =>
  world.app.receive(world.activity(sato, { type: 'message', text }));

/** Called at the slow instance; everything but the page of 鈴木 is done. */
async function called(): Promise<void> {
  await says(slow, '応援 2番窓口');
  while (slow.app.engine.health().inFlight > 1) await new Promise((resolve) => setImmediate(resolve));
}

async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    clock.set(clock.now() + 1_000);
    await other.app.engine.runDue();
  }
}

test('nobody is paged for what has been taken back meanwhile', async () => {
  await called();
  await pass(2);
  await says(other, '取消');
  goOn();
  await slow.app.engine.idle();
  expect(slow.alerts(suzuki)).toEqual([]);
});

test('nobody is paged twice because another instance has taken over meanwhile', async () => {
  await called();
  await pass(20);
  expect(slow.alerts(suzuki)).toHaveLength(1);
  goOn();
  await slow.app.engine.idle();
  expect(slow.alerts(suzuki)).toHaveLength(1);
});
