import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { copyOf } from '../../services/mutable.ts';

test('a copy is what storing and reading would give', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      // What is kept: JSON knows no -0.
      const kept = JSON.parse(JSON.stringify(value));
      expect(copyOf(kept)).toEqual(kept);
    }),
  );
  expect(Object.keys(copyOf({ kept: null, left: undefined }))).toEqual(['kept']);
});

test('nothing is shared with the original, or twice within', () => {
  const inner = { n: 1 };
  const original = { one: inner, two: inner, list: [inner] };
  const copy = copyOf(original);
  copy.one.n = 2;
  expect(original.one.n).toBe(1);
  expect(copy).toEqual({ one: { n: 2 }, two: { n: 1 }, list: [{ n: 1 }] });
});

test('a key of somebody’s making does not become the prototype', () => {
  const original = JSON.parse('{"__proto__":{"isAdmin":true}}') as Record<string, unknown>;
  const copy = copyOf(original);
  expect(Object.hasOwn(copy, '__proto__')).toBe(true);
  expect((copy as { isAdmin?: boolean }).isAdmin).toBeUndefined();
});
