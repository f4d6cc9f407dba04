import { describe, expect, test } from '@jest/globals';
import { toItem, toKey, toListed, toStored } from '../../../../services/store/cosmos/item.ts';
import { encode } from '../../../../services/store/encoding.ts';
import { Undecodable } from '../../../../services/store/store.ts';

const KEY = { kind: 'call', id: 'K-7F3Q' };
const document = {
  ...KEY,
  dueAt: 5,
  terms: ['open'],
  sortAt: 1,
  summary: { level: 'assist' },
  body: { z: 1, a: ['土下座しろ'] },
};
const item = toItem(encode(document), ['op-2', 'op-1']);

describe('a document as an item', () => {
  test('has the id as partition key, and body and summary as text', () => {
    expect(item).toEqual({
      id: 'call:K-7F3Q',
      pk: 'K-7F3Q',
      kind: 'call',
      dueAt: 5,
      sortAt: 1,
      terms: ['open'],
      summary: '{"level":"assist"}',
      body: '{"z":1,"a":["土下座しろ"]}',
      operations: ['op-2', 'op-1'],
    });
  });

  test('the documents of a case share a partition', () => {
    const record = toItem(encode({ ...document, kind: 'record' }), []);
    expect([record.pk, record.id]).toEqual([item.pk, 'record:K-7F3Q']);
  });

  test('comes back with its version, to the order of its keys', () => {
    const stored = toStored(KEY, { ...item, _etag: '"e"', _ts: 1, _rid: 'x' });
    expect(stored).toEqual({ ...document, etag: '"e" op-2 op-1' });
    expect(JSON.stringify(stored.body)).toBe(JSON.stringify(document.body));
  });

  test.each([
    ['body', { body: '{"text":"土下座しろ' }],
    ['body of another type', { body: { text: '土下座しろ' } }],
    ['summary', { summary: 'x' }],
    ['terms', { terms: 'open' }],
    ['term', { terms: [1] }],
    ['time', { dueAt: 'soon' }],
    ['place in lists', { sortAt: null }],
  ])('edited by hand, its %s: it names the key, quotes nothing, and can be replaced', (_, over) => {
    const read = () => toStored(KEY, { ...item, _etag: '"e"', ...over });
    expect(read).toThrow(Undecodable);
    try {
      read();
    } catch (error) {
      expect(error).toMatchObject({ key: KEY, etag: '"e" op-2 op-1' });
      expect(String(error)).not.toMatch(/土下座/);
    }
  });

  test.each([undefined, null, 1, 'x', [], {}])('%j is no document', (resource) => {
    expect(() => toStored(KEY, resource)).toThrow(Undecodable);
  });

  test('rows that are none are left out, a damaged summary is shown as nothing', () => {
    expect([{ kind: 'call', pk: 'a.2Fb' }, { kind: 1, pk: 'x' }, {}, null].flatMap(toKey)).toEqual([
      { kind: 'call', id: 'a/b' },
    ]);
    const rows = [{ pk: 'a', sortAt: 1, summary: '{' }, { pk: 'b', summary: '1' }, 'x'];
    expect(rows.flatMap((row) => toListed('call', row))).toEqual([
      { kind: 'call', id: 'a', sortAt: 1, summary: null },
    ]);
  });
});
