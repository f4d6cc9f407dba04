import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type City, openCity, quickFolder } from '../harness/city.ts';
import { FaultyStore } from '../harness/faultyStore.ts';
import { stores } from '../harness/stores.ts';

/** What a person does not see, the operator must: which case, what became of it, and nothing that was said. */

let city: City;
let store: FaultyStore;
beforeEach(async () => {
  const folder = await quickFolder();
  store = new FaultyStore(await stores().open(folder));
  city = await openCity({ folder, store });
  await city.world.installs(city.suzuki, city.shimizu);
});
afterEach(() => city.world.close());

const lost = { kind: 'uncertain', reason: 'HTTP 503' } as const;

test('a call from a channel by somebody without a personal chat, whose answer does not arrive, names its case', async () => {
  const { world, sato } = city;
  world.channel.fail('a-channel', lost);
  const activity = world.activity(sato, { type: 'message', text: '応援 2番窓口' });
  await world.receive({
    ...activity,
    conversation: { ...(activity.conversation as object), id: 'a-channel', conversationType: 'channel' },
  });
  const code = await world.codeOf(sato);
  expect(world.logged).toContainEqual(
    expect.objectContaining({ message: 'answer not delivered', code, kind: 'uncertain' }),
  );
});

test('an answer that could not be saved, and the sentence about it that does not arrive either, name the case', async () => {
  const { world, sato, suzuki } = city;
  await world.says(sato, '応援 2番窓口');
  const code = await world.codeOf(sato);
  store.isDown = true;
  world.channel.fail(`chat-${suzuki}`, lost);
  const said = `応答 ${code.toLowerCase()} 紫陽花さんが怒鳴っています`;
  await world.app.receive(world.activity(suzuki, { type: 'message', text: said }));
  expect(world.logged).toContainEqual(expect.objectContaining({ message: 'activity failed', code }));
  expect(world.logged).toContainEqual(
    expect.objectContaining({ message: 'answer not delivered', code, kind: 'uncertain' }),
  );
  store.isDown = false;
  expect(JSON.stringify(world.logged)).not.toContain('紫陽花');
});
