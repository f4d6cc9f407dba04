import * as queries from '../../../../services/store/cosmos/queries.ts';
import { START } from '../../../../services/store/paging.ts';

/** One example of each query of the adapter, by the name of the function that makes it. */
export const EVERY_QUERY: Readonly<Record<string, queries.Query>> = {
  dueQuery: queries.dueQuery(5, 50),
  nextDueQuery: queries.nextDueQuery(),
  nextKindQuery: queries.nextKindQuery('call'),
  keysQuery: queries.keysQuery('call', 'K-7F3Q', 50),
  listQuery: queries.listQuery('call', 'open', { ...START, from: 0 }, 11),
};

/** What the adapter can make queries with. */
export const makers = (): string[] =>
  Object.entries(queries).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
