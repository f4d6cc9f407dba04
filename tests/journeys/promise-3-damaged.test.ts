import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { StoreError } from '../../services/store/store.ts';
import { type City, openCity } from '../harness/city.ts';
import { stores } from '../harness/stores.ts';

let city: City;
beforeEach(async () => {
  city = await openCity();
  await city.world.installs(city.sato, city.suzuki, city.shimizu);
});
afterEach(() => city.world.close());

/** Somebody edited it by hand, or a disk failed. */
const damage = (kind: string, id: string, body: string) =>
  stores().damage(city.world.folder, { kind, id }, body);

const calls = () => city.ring(() => city.world.says(city.sato, '応援 2番窓口'));
const newer = JSON.stringify({ schemaVersion: 99, rev: 1, state: {}, timers: {}, outbox: [], ops: [] });

test.each([
  ['damaged', '{broken'],
  ['of a newer version', newer],
  ['not a case at all', '[]'],
])('a case that is %s does not keep its caller from calling again', async (_, body) => {
  const { world, sato } = city;
  await calls();
  const code = await world.codeOf(sato);
  await world.says(sato, '対応終了');
  await damage('call', code, body);
  expect(await calls()).toContain('suzuki');
  expect(city.card(sato)).toContain('応援を受け付けました');
  expect(world.logged).toContainEqual(expect.objectContaining({ key: `call/${code}` }));
  const again = (await world.app.calls.openCallOf(sato))?.code;
  await world.says(sato, '緊急');
  expect((await world.app.calls.openCallOf(sato))?.code).toBe(again);
});

test.each(['{broken', 'null', '7', '{"language":"xx","reference":5,"calls":"many"}'])(
  'a record of a person that says %s keeps nobody from calling, and is replaced',
  async (body) => {
    const { world, sato } = city;
    await damage('person', sato, body);
    // Longer than this process remembers what it has read.
    await world.pass(61);
    expect(await calls()).toContain('suzuki');
    expect(city.card(sato)).toContain('応援を受け付けました');
    const stored = await world.store.read({ kind: 'person', id: sato });
    expect(stored?.body).toMatchObject({ language: null, reference: expect.any(String) });
  },
);

test('while no record of a person can be read or written, calls go through', async () => {
  const { world } = city;
  const { store } = world;
  const read = store.read.bind(store);
  store.read = async (key) => {
    if (key.kind === 'person' && key.id === city.sato) throw new StoreError('unavailable', 'test');
    return read(key);
  };
  expect(await calls()).toContain('suzuki');
});
