import { beforeEach, describe, expect, test } from '@jest/globals';
import { cachedPeople } from '../../../services/people/cachedPeople.ts';
import { createPeople, type People } from '../../../services/people/people.ts';
import { FakeClock } from '../../harness/fakeClock.ts';
import { MemoryStore } from '../../harness/memoryStore.ts';

let clock: FakeClock;
let store: MemoryStore;
let reads: number;
let here: People;
/** The same at another instance. */
let there: People;

beforeEach(async () => {
  clock = new FakeClock('2026-11-24T10:00:00+09:00');
  store = new MemoryStore();
  const read = store.read.bind(store);
  reads = 0;
  store.read = (key) => {
    reads += 1;
    return read(key);
  };
  here = cachedPeople(createPeople(store), clock);
  there = cachedPeople(createPeople(store), clock);
  await here.update('sato', () => ({ reference: 'chat' }));
  reads = 0;
});

const pass = (ms: number) => clock.set(clock.now() + ms);

describe('what has just been read or written', () => {
  test('is not asked for again, for a minute', async () => {
    for (let n = 0; n < 5; n++) expect((await here.read('sato')).reference).toBe('chat');
    await here.update('sato', () => ({ reference: 'chat' }));
    expect(reads).toBe(0);
    pass(60_000);
    await here.read('sato');
    expect(reads).toBe(1);
  });

  test('is seen at once where it is changed, and within a minute elsewhere', async () => {
    await there.read('sato');
    await here.update('sato', () => ({ language: 'en' }));
    expect((await here.read('sato')).language).toBe('en');
    expect((await there.read('sato')).language).toBeNull();
    pass(60_000);
    expect((await there.read('sato')).language).toBe('en');
  });

  test('does not overwrite what another instance has changed', async () => {
    await there.read('sato');
    await here.update('sato', () => ({ calls: 3 }));
    await there.update('sato', () => ({ language: 'en' }));
    pass(60_000);
    expect(await here.read('sato')).toMatchObject({ calls: 3, language: 'en' });
  });
});

describe('what is under way while something is written', () => {
  /** The next answer of the store to a read comes only when it is let go. */
  function delayed(): { letGo: () => void } {
    let letGo = () => {};
    const going = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const read = store.read.bind(store);
    store.read = async (key) => {
      store.read = read;
      const found = await read(key);
      await going;
      return found;
    };
    return { letGo };
  }

  test('a read does not put back what was there before', async () => {
    pass(60_000);
    const { letGo } = delayed();
    const reading = here.read('sato');
    await here.renew('sato', () => ({ language: 'en' }));
    letGo();
    await reading;
    expect((await here.read('sato')).language).toBe('en');
  });

  test('nor how to reach somebody who has gone meanwhile', async () => {
    pass(60_000);
    const { letGo } = delayed();
    const reading = here.read('sato');
    await here.renew('sato', () => ({ reference: null }));
    letGo();
    await reading;
    expect((await here.read('sato')).reference).toBeNull();
  });

  test.each([
    ['before it is written', 'en'],
    ['after it has been written', 'ja'],
  ])(
    'of two writes, the first of which is held up %s, the store says which was the last',
    async (when, last) => {
      const people = createPeople(store);
      let letGo = () => {};
      const update: People['update'] = async (id, change) => {
        const after = when.startsWith('after') ? await people.update(id, change) : undefined;
        await new Promise<void>((resolve) => {
          letGo = resolve;
        });
        return after ?? people.update(id, change);
      };
      here = cachedPeople({ ...people, update }, clock);
      const first = here.update('sato', () => ({ language: 'en' }));
      await new Promise((resolve) => setImmediate(resolve));
      await here.renew('sato', () => ({ language: 'ja' }));
      letGo();
      await first;
      expect((await here.read('sato')).language).toBe(last);
    },
  );
});

describe('whoever cannot be reached', () => {
  test('is asked for each time: they may just have installed the bot at another instance', async () => {
    expect((await here.read('ito')).reference).toBeNull();
    await there.update('ito', () => ({ reference: 'chat' }));
    expect((await here.read('ito')).reference).toBe('chat');
  });

  test('and whoever installs it again is written although this instance believes to know them', async () => {
    await there.renew('sato', () => ({ reference: null }));
    await here.renew('sato', () => ({ reference: 'chat' }));
    expect((await there.read('sato')).reference).toBe('chat');
  });
});

test('a store that does not answer is not remembered', async () => {
  pass(60_000);
  const read = store.read.bind(store);
  store.read = () => Promise.reject(new Error('down'));
  await expect(here.read('sato')).rejects.toThrow('down');
  store.read = read;
  expect((await here.read('sato')).reference).toBe('chat');
});
