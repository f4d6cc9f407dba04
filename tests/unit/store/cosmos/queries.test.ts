import { describe, expect, test } from '@jest/globals';
import { containerDefinition } from '../../../../services/store/cosmos/containerDefinition.ts';
import { listQuery } from '../../../../services/store/cosmos/queries.ts';
import { encodeCursor, stretchOf } from '../../../../services/store/paging.ts';
import { EVERY_QUERY } from './everyQuery.ts';

const { includedPaths = [], excludedPaths } = containerDefinition('x').indexingPolicy ?? {};

describe.each(Object.entries(EVERY_QUERY))('the query %s', (_, { query, parameters }) => {
  test('has values in parameters only, and every parameter is used', () => {
    expect(query).not.toMatch(/['"]/);
    const used = [...new Set(query.match(/@\w+/g))].sort();
    expect(parameters.map(({ name }) => name).sort()).toEqual(used);
  });

  test('pages by position', () => {
    expect(query).toMatch(/^SELECT TOP (@limit|1) /);
    expect(query).not.toMatch(/OFFSET|SELECT \*|c\.body/);
  });
});

test('nothing is indexed that no query asks for', () => {
  expect(excludedPaths).toEqual([{ path: '/*' }]);
  for (const { path } of includedPaths) {
    const property = `c.${path.split('/')[1]}`;
    expect(Object.values(EVERY_QUERY).some(({ query }) => query.includes(property))).toBe(true);
  }
});

test('a list goes on behind its cursor; from a time on, behind every id of that time', () => {
  const parameter = (over: Parameters<typeof stretchOf>[0], name: string) =>
    listQuery('call', 'open', stretchOf(over), 5).parameters.find((each) => each.name === name)?.value;
  const cursor = encodeCursor({ sortAt: 7, id: 'a/b' });
  expect([parameter({ cursor }, '@sortAt'), parameter({ cursor }, '@pk')]).toEqual([7, 'a.2Fb']);
  expect([parameter({ to: 9 }, '@sortAt'), parameter({ to: 9 }, '@pk')]).toEqual([9, '\u007f']);
  expect([parameter({}, '@sortAt'), parameter({}, '@pk')]).toEqual([Number.MAX_VALUE, '']);
});
