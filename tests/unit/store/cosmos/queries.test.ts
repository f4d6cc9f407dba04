import { describe, expect, test } from '@jest/globals';
import { containerDefinition } from '../../../../services/store/cosmos/containerDefinition.ts';
import {
  dueQuery,
  keysQuery,
  listQuery,
  nextDueQuery,
  nextKindQuery,
} from '../../../../services/store/cosmos/queries.ts';
import { encodeCursor, START, stretchOf } from '../../../../services/store/paging.ts';

const queries = {
  due: dueQuery(5, 50),
  nextDue: nextDueQuery(),
  nextKind: nextKindQuery('call'),
  keys: keysQuery('call', 'K-7F3Q', 50),
  list: listQuery('call', 'open', { ...START, from: 0 }, 11),
};
const {
  includedPaths = [],
  compositeIndexes = [],
  excludedPaths,
} = containerDefinition('x').indexingPolicy ?? {};

describe.each(Object.entries(queries))('the query %s', (_, { query, parameters }) => {
  test('has values in parameters only, and every parameter is used', () => {
    expect(query).not.toMatch(/['"]/);
    const used = [...new Set(query.match(/@\w+/g))].sort();
    expect(parameters.map(({ name }) => name).sort()).toEqual(used);
  });

  test('pages by position', () => {
    expect(query).toMatch(/^SELECT TOP (@limit|1) /);
    expect(query).not.toMatch(/OFFSET|SELECT \*|c\.body/);
  });

  test('sorts by what one index holds in that order', () => {
    const [, order = ''] = query.split(' ORDER BY ');
    const sorted = order.split(', ').map((part) => {
      const [property = '', direction] = part.split(' ');
      return { path: property.replace('c.', '/'), order: direction === 'DESC' ? 'descending' : 'ascending' };
    });
    const indexes = sorted.length > 1 ? compositeIndexes : includedPaths.map(({ path }) => [single(path)]);
    expect(indexes).toContainEqual(sorted);
  });

  test('filters only what is indexed', () => {
    const [, where = ''] = query.split(' WHERE ');
    const properties = [...new Set(where.match(/c\.\w+/g))].map((property) => property.replace('c.', '/'));
    expect(properties.length).toBeGreaterThan(0);
    for (const property of properties) {
      expect(includedPaths.some(({ path }) => path.startsWith(`${property}/`))).toBe(true);
    }
  });
});

const single = (path: string) => ({ path: path.replace('/?', ''), order: 'ascending' });

test('nothing is indexed that no query asks for', () => {
  expect(excludedPaths).toEqual([{ path: '/*' }]);
  for (const { path } of includedPaths) {
    const property = `c.${path.split('/')[1]}`;
    expect(Object.values(queries).some(({ query }) => query.includes(property))).toBe(true);
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
