import { describe, expect, test } from '@jest/globals';
import {
  decodeVersion,
  encodeVersion,
  historyWith,
  newOperation,
  REMEMBERED,
  superseded,
  verdict,
} from '../../../../services/store/cosmos/version.ts';

describe('a version', () => {
  test('comes back from its text', () => {
    for (const version of [
      { etag: '"0000d826-0000-0700-0000-000000000000"', operations: ['b', 'a'] },
      { etag: 'e', operations: [] },
    ])
      expect(decodeVersion(encodeVersion(version))).toEqual(version);
  });

  test.each(['', '*', '* a b', ' a', 'あ', 'a\r\nb'])('%j is none', (text) => {
    expect(decodeVersion(text)).toBeUndefined();
  });

  test('remembers the last operations, the newest first', () => {
    let version = { etag: 'e', operations: historyWith(undefined, 'op-0') };
    for (let n = 1; n < 40; n += 1) version = { etag: 'e', operations: historyWith(version, `op-${n}`) };
    expect(version.operations).toHaveLength(REMEMBERED);
    expect(version.operations.slice(0, 2)).toEqual(['op-39', 'op-38']);
  });

  test('operations are short, different and without spaces', () => {
    const drawn = Array.from({ length: 1_000 }, newOperation);
    expect(new Set(drawn).size).toBe(1_000);
    for (const operation of drawn) expect(operation).toMatch(/^[\w-]{8}$/);
  });

  test('one that is superseded is no condition that could hold', () => {
    expect(decodeVersion(encodeVersion(superseded(['a'])))).toEqual({
      etag: '"superseded"',
      operations: ['a'],
    });
  });
});

describe('whether a write happened', () => {
  const long = Array.from({ length: REMEMBERED }, (_, n) => `later-${n}`);
  test.each([
    ['the last write', ['mine', 'base'], ['mine', 'base'], 'written'],
    ['others have written since', ['other', 'mine', 'base'], ['mine', 'base'], 'written'],
    ['others wrote instead', ['other', 'base'], ['mine', 'base'], 'not written'],
    ['nothing has happened', ['base'], ['mine', 'base'], 'not written'],
    ['more has happened than is remembered', long, ['mine', 'base'], 'unknown'],
    ['created by it', ['mine'], ['mine'], 'written'],
    ['created by it and changed since', ['other', 'mine'], ['mine'], 'written'],
    ['created by another', ['other'], ['mine'], 'not written'],
    ['created by somebody long ago', long, ['mine'], 'unknown'],
  ] as const)('%s', (_, found, written, expected) => {
    expect(verdict(found, written)).toBe(expected);
  });
});
