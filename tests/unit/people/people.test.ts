import { expect, test } from '@jest/globals';
import { createPeople } from '../../../services/people/people.ts';
import { type Document, type DocumentStore, StoreError, Undecodable } from '../../../services/store/store.ts';

const key = { kind: 'person', id: 'sato' };
const UNKNOWN = { language: null, reference: null, calls: 0 };

/** A store of one record, which answers reads as it is told. */
function storeOf(read: () => unknown) {
  const written: [Document, string][] = [];
  const store = {
    read: async () => read(),
    replace: async (document: Document, etag: string) => void written.push([document, etag]),
    create: async () => {
      throw new StoreError('already-exists', 'test');
    },
  } as unknown as DocumentStore;
  return { people: createPeople(store), written };
}

test('a record that cannot be read is one of somebody unknown, and is replaced by a sound one', async () => {
  const { people, written } = storeOf(() => {
    throw new Undecodable(key, 'etag-7');
  });
  expect(await people.read('sato')).toEqual(UNKNOWN);
  await people.update('sato', () => ({}));
  expect(written).toMatchObject([[{ ...key, body: UNKNOWN }, 'etag-7']]);
});

test.each([[null], [7], [[]], [{ language: 'fr', reference: 1, calls: -3 }], [{ calls: 'many' }]])(
  'a record that says %j has nothing in it to believe',
  async (body) => {
    const { people } = storeOf(() => ({ ...key, body, etag: '1' }));
    expect(await people.read('sato')).toEqual(UNKNOWN);
  },
);

test('a store that does not answer is not taken for a record that is not there', async () => {
  const { people } = storeOf(() => {
    throw new StoreError('unavailable', 'test');
  });
  await expect(people.read('sato')).rejects.toMatchObject({ code: 'unavailable' });
});
