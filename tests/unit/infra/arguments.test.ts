import { describe, expect, test } from '@jest/globals';
import { readArguments } from '../../../infra/local/arguments.ts';

describe('what stands behind `npm start --`', () => {
  test('nothing: data stay, and the environment says where', () => {
    expect(readArguments([])).toEqual({ fresh: false });
  });

  test.each([
    [['--fresh'], { fresh: true }],
    [['--store', 'sqlite'], { fresh: false, store: 'sqlite' }],
    [['--store', 'cosmos'], { fresh: false, store: 'cosmos' }],
    [['--store=cosmos', '--fresh'], { fresh: true, store: 'cosmos' }],
  ])('%j', (args, read) => {
    expect(readArguments(args)).toEqual(read);
  });

  test('a store that does not exist is named, with those that do', () => {
    expect(() => readArguments(['--store', 'mongo'])).toThrow(
      /--store mongo は使えません。.*--store は sqlite か cosmos です。/s,
    );
  });

  test.each([[['--store']], [['cosmos']], [['--freshly']], [['--store', '--fresh']]])(
    '%j gets the usage, and nothing starts',
    (args) => {
      expect(() => readArguments(args)).toThrow(/npm start -- --store cosmos/);
    },
  );
});
