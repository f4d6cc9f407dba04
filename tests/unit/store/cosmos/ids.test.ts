import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BEHIND_ALL, decodeId, encodeId } from '../../../../services/store/cosmos/ids.ts';
import { MAX_KEY_BYTES } from '../../../../services/store/store.ts';

const id = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());
const bytes = (text: string) => Buffer.from(text);

describe('ids in Cosmos DB', () => {
  test.each([
    ['K-7F3Q', 'K-7F3Q'],
    ['K-7F3Q:0b1c2d', 'K-7F3Q:0b1c2d'],
    ['a/b\\c?d#e', 'a.2Fb^5Cc;3Fd!23e'],
    ['令', '~E4~BB~A4'],
    ['~', '~7E'],
    ['', ''],
  ])('%j is %j there', (plain, encoded) => {
    expect(encodeId(plain)).toBe(encoded);
    expect(decodeId(encoded)).toBe(plain);
  });

  test('every id comes back, and holds nothing that the service or an address forbids', () => {
    fc.assert(
      fc.property(id, (text) => {
        const encoded = encodeId(text);
        expect(decodeId(encoded)).toBe(text);
        expect(encoded).toMatch(/^[-!.0-9:;A-Z^_`a-z~]*$/);
        expect(encoded < BEHIND_ALL).toBe(true);
      }),
    );
  });

  test('they stand in the order of the port, whether compared as JavaScript compares or byte by byte', () => {
    fc.assert(
      fc.property(id, id, (a, b) => {
        const order = Buffer.compare(bytes(a), bytes(b));
        const [x, y] = [encodeId(a), encodeId(b)];
        expect(Buffer.compare(bytes(x), bytes(y))).toBe(order);
        expect(x < y ? -1 : x > y ? 1 : 0).toBe(order);
      }),
      { numRuns: 500 },
    );
  });

  test('the longest key fits into an id of the service', () => {
    expect(encodeId('あ'.repeat(MAX_KEY_BYTES / 3)).length + 1).toBeLessThanOrEqual(1_023);
  });
});
