import { decodeCursor, encodeCursor, inOrder, MAX_PAGE, type Position, pageSize } from './paging.ts';
import type { DocumentStore, Listed, ListQuery, Page } from './store.ts';

export interface AnyQuery extends Omit<ListQuery, 'term'> {
  /** At most 40. Without any nothing is listed. */
  readonly terms: readonly string[];
  /** Which documents may be shown; the page is filled up with later ones. By default all. */
  readonly keep?: (item: Listed) => boolean;
}

const MAX_TERMS = 40;

/** How much one call reads before it lets the caller go on: rows, and each query as one more. */
const MAX_READ = 4_000;

/**
 * The documents that carry any of `terms`, each once, in the order of the store; otherwise like `store.list`.
 *
 * Without `keep` only the last page has fewer than `limit` items. With it a call gives up looking after about
 * `maxRead` rows (it finishes the round it is in): such a page has fewer items, perhaps none, and a `next`. That one
 * is the last position looked at, so it holds the key of a document that was kept out; on a full page `next` is the
 * last item shown. `next` is absent when nothing more may be shown: no empty page tells that something is hidden.
 *
 * Every document that is in the list throughout is shown exactly once, whatever is written meanwhile. One exception,
 * as there is no snapshot over several queries: a document that changes over from one of `terms` to another at the
 * very moment when these are read may be missing until the list is read again. (Within one process of the embedded
 * store there is no such moment.)
 *
 * @throws StoreError `bad-cursor`
 * @throws RangeError over 40 terms
 */
export async function listAny(
  store: Pick<DocumentStore, 'list'>,
  query: AnyQuery,
  maxRead = MAX_READ,
): Promise<Page> {
  const { keep = () => true, terms: given, ...range } = query;
  const terms = [...new Set(given)];
  if (terms.length > MAX_TERMS) throw new RangeError(`A list of ${terms.length} terms: over ${MAX_TERMS}`);
  if (terms.length === 0) return { items: [] };

  const limit = pageSize(query.limit);
  const items: Listed[] = [];
  const seen = new Set<string>();
  let { cursor } = query;
  let read = 0;
  // One more than the page, to know whether there is a next one. Who keeps out many reads in larger pieces.
  for (let size = limit + 1; ; size = Math.min(2 * size, MAX_PAGE)) {
    const round = await readRound(store, terms, { ...range, ...at(cursor), limit: size });
    for (const item of round.items) {
      if (seen.has(item.id)) continue;
      seen.add(item.id);
      if (!keep(item)) continue;
      if (items.length === limit) return { items, ...after(items) };
      items.push(item);
    }
    if (round.end === undefined) return { items };
    cursor = encodeCursor(round.end);
    read += round.read;
    if (read >= maxRead) return { items, next: cursor, ...(items.length === limit ? after(items) : {}) };
  }
}

interface Round {
  /** In order; a document once for each of its terms. */
  readonly items: readonly Listed[];
  /** Up to here everything has been seen; absent: nothing follows. */
  readonly end?: Position;
  readonly read: number;
}

/**
 * One page of each term, all from the same cursor, as far as all of them reach. What some pages hold beyond that is
 * read again in the next round: put aside, it would be older than what it is merged with, and a document that
 * changed over to another term in between would be in neither.
 */
async function readRound(
  store: Pick<DocumentStore, 'list'>,
  terms: readonly string[],
  query: Omit<ListQuery, 'term'>,
): Promise<Round> {
  const pages = await Promise.all(terms.map((term) => store.list({ ...query, term })));
  const all = pages.flatMap(({ items }) => items);
  const read = all.length + pages.length;
  const [end] = pages.flatMap(({ next }) => (next === undefined ? [] : [decodeCursor(next)])).sort(inOrder);
  if (end === undefined) return { items: all.sort(inOrder), read };
  return { items: all.filter((item) => inOrder(item, end) <= 0).sort(inOrder), end, read };
}

const at = (cursor: string | undefined): Pick<ListQuery, 'cursor'> =>
  cursor === undefined ? {} : { cursor };

const after = (items: readonly Listed[]): Pick<Page, 'next'> => {
  const last = items.at(-1);
  return last === undefined ? {} : { next: encodeCursor(last) };
};
