import { expect, test } from '@jest/globals';
import { inKeyOrder, type Key, keyText, Undecodable } from '../../../services/store/store.ts';
import { aDocument, type Bench, created, fill, numbered } from './bench.ts';

export function describeAll(bench: Bench): void {
  const walk = async (limit: number, meanwhile = async () => {}): Promise<Key[]> => {
    const keys: Key[] = [];
    for (;;) {
      const found = await bench.store.all(keys.at(-1), limit);
      if (found.length === 0) return keys;
      expect(found.length).toBeLessThanOrEqual(limit);
      for (const each of found) keys.push(each instanceof Undecodable ? each.key : each);
      await meanwhile();
    }
  };

  test('an empty store has none', async () => {
    expect(await bench.store.all(undefined, 5)).toEqual([]);
    expect(await bench.store.all({ kind: 'call', id: 'K-7F3Q' }, 5)).toEqual([]);
  });

  test('whole documents, as a read gives them, also those in no list', async () => {
    const first = await created(bench.store, aDocument({ id: 'A', dueAt: 5 }));
    const second = await created(bench.store, aDocument({ id: 'B', terms: [], summary: null, body: '𠮷' }));
    expect(await bench.store.all(undefined, 5)).toEqual([first, second]);
    expect(await bench.store.all(first, 5)).toEqual([second]);
  });

  test('in the order of kind and id, whatever the ids are, each once', async () => {
    const ids = ['a', 'B', 'a/b', ' ', '!', 'か', '\uff21', '\u{20bb7}', 'a\u0000', 'a~'];
    const keys = ['record', 'call', 'view-log'].flatMap((kind) => ids.map((id) => ({ kind, id })));
    for (const key of keys) await bench.store.create(aDocument(key));
    const expected = keys.sort(inKeyOrder).map(keyText);
    for (const limit of [1, 7, 200]) expect((await walk(limit)).map(keyText)).toEqual(expected);
  });

  test('goes on behind a key that is not there', async () => {
    await fill(bench.store, 4, () => 1);
    const behind = await bench.store.all({ kind: 'call', id: `${numbered(1)}x` }, 5);
    expect(behind).toMatchObject([{ id: numbered(2) }, { id: numbered(3) }]);
    expect(await bench.store.all({ kind: 'bell', id: 'z' }, 1)).toMatchObject([{ id: numbered(0) }]);
    expect(await bench.store.all({ kind: 'calls', id: '' }, 5)).toEqual([]);
  });

  test('what is there throughout is met once, whatever is written meanwhile', async () => {
    await fill(bench.store, 9, () => 1);
    let count = 0;
    const met = await walk(2, async () => {
      count += 1;
      if (count > 3) return;
      await bench.store.create(aDocument({ id: `A-${count}` }));
      await bench.store.create(aDocument({ id: `Z-${count}` }));
      const found = await bench.store.read({ kind: 'call', id: numbered(0) });
      await bench.store.replace(aDocument({ id: numbered(0), sortAt: count }), found?.etag ?? '');
    });
    const old = met.map(({ id }) => id).filter((id) => id.startsWith('K-'));
    expect(old).toEqual(Array.from({ length: 9 }, (_, n) => numbered(n)));
  });
}
