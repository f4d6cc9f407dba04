import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeCursor, encodeCursor } from '../../../services/store/paging.ts';
import { StoreError } from '../../../services/store/store.ts';

const position = fc.record({
  sortAt: fc.double({ noNaN: true, noDefaultInfinity: true }).filter((sortAt) => !Object.is(sortAt, -0)),
  id: fc.string({ unit: 'binary' }),
});

describe('cursors of lists', () => {
  test('each position comes back from its cursor', () => {
    fc.assert(fc.property(position, (at) => expect(decodeCursor(encodeCursor(at))).toEqual(at)));
  });

  test('a cursor is safe in an address and in a card', () => {
    fc.assert(fc.property(position, (at) => expect(encodeCursor(at)).toMatch(/^[\w-]+$/)));
  });

  test('whatever else is sent in its place is refused, never read as something else', () => {
    const forged = fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), forged), (text) => {
        try {
          expect(encodeCursor(decodeCursor(text))).toBe(text);
        } catch (error) {
          if (!(error instanceof StoreError)) throw error;
          expect(error.code).toBe('bad-cursor');
        }
      }),
    );
  });
});
