import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type AnyQuery, listAny } from '../../../services/store/mergedList.ts';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore, Listed, Stored } from '../../../services/store/store.ts';
import { useSharedFolder } from './folder.ts';

const path = useSharedFolder();
let store: DocumentStore;
let runs = 0;

beforeAll(async () => {
  store = await openSqliteStore({ path: path('mamori.db') });
});
afterAll(() => store.close());

/** Few of each, so that ties, shared terms and ends of pages in the middle of both are the rule. */
const TERMS = ['a', 'b', 'c', 'd'];
const STARTS = ['', 'A', '\uff21', '\u{20bb7}'];
const entry = fc.record({
  start: fc.constantFrom(...STARTS),
  sortAt: fc.integer({ min: 0, max: 4 }),
  // Mostly one: lists that are nearly the same reach equally far, which hides mistakes at their ends.
  terms: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...TERMS).map((term) => [term]) },
    { weight: 1, arbitrary: fc.subarray(TERMS) },
  ),
  hidden: fc.boolean(),
});
type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;

/** A new document, or other terms for one that is there. */
const change = fc.oneof(entry, fc.record({ pick: fc.nat(), terms: fc.subarray(TERMS) }));
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const query = fc.record(
  {
    terms: fc.subarray([...TERMS, 'nobody'], { minLength: 1 }),
    limit: fc.integer({ min: 1, max: 4 }),
    from: fc.integer({ min: -1, max: 5 }),
    to: fc.integer({ min: -1, max: 5 }),
  },
  { requiredKeys: ['terms', 'limit'] },
);
type Query = typeof query extends fc.Arbitrary<infer T> ? T : never;

const keep = ({ summary }: Listed): boolean => summary !== 'hidden';

/** What should be listed, and since when: kept beside the store by the simplest means. */
class Model {
  readonly #kind = `run-${runs++}`;
  readonly #query: Query;
  readonly #documents = new Map<string, { stored: Stored; throughout: boolean; ever: boolean }>();

  constructor(of: Query) {
    this.#query = of;
  }

  get listing(): AnyQuery {
    return { ...this.#query, kind: this.#kind, keep };
  }

  async insert({ start, sortAt, terms, hidden }: Entry, atStart: boolean): Promise<void> {
    const id = `${start}${this.#documents.size}`;
    const summary = hidden ? 'hidden' : 'shown';
    const document = { kind: this.#kind, id, dueAt: null, terms, sortAt, summary, body: null };
    const stored = { ...document, etag: await store.create(document) };
    const matches = this.#matches(stored);
    this.#documents.set(id, { stored, throughout: atStart && matches, ever: matches });
  }

  async apply(what: Change): Promise<void> {
    if (!('pick' in what)) return this.insert(what, false);
    const found = [...this.#documents.values()][what.pick % this.#documents.size];
    if (found === undefined) return;
    const changed = { ...found.stored, terms: what.terms };
    found.stored = { ...changed, etag: await store.replace(changed, found.stored.etag) };
    const matches = this.#matches(found.stored);
    found.throughout &&= matches;
    found.ever ||= matches;
  }

  ids(of: 'throughout' | 'ever'): string[] {
    const chosen = [...this.#documents.values()].filter((document) => document[of]);
    return chosen
      .map(({ stored }) => stored)
      .sort(byTimeAndId)
      .map(({ id }) => id);
  }

  #matches({ terms, sortAt, summary }: Stored): boolean {
    const { from = -Infinity, to = Infinity } = this.#query;
    const listed = terms.some((term) => this.#query.terms.includes(term));
    return listed && summary === 'shown' && from <= sortAt && sortAt < to;
  }
}

function byTimeAndId(a: Listed, b: Listed): number {
  if (a.sortAt !== b.sortAt) return b.sortAt - a.sortAt;
  const [left, right] = [a.id, b.id].map((id) => Array.from(id, (letter) => letter.codePointAt(0) ?? 0));
  const at = (left ?? []).findIndex((point, index) => point !== right?.[index]);
  return at === -1 ? -1 : (left?.[at] ?? 0) - (right?.[at] ?? -1);
}

/** Lets `between` happen before the lists of each round: between pages, and within a call that reads on. */
function interrupted(terms: number, between: () => Promise<void>): Pick<DocumentStore, 'list'> {
  let lists = 0;
  let done = Promise.resolve();
  return {
    async list(one) {
      if (lists++ % terms === 0) done = between();
      await done;
      return store.list(one);
    },
  };
}

async function pagesOf(from: Pick<DocumentStore, 'list'>, listing: AnyQuery, maxRead?: number) {
  const pages: Listed[][] = [];
  let cursor: string | undefined;
  do {
    const page = await listAny(from, { ...listing, ...(cursor === undefined ? {} : { cursor }) }, maxRead);
    pages.push([...page.items]);
    cursor = page.next;
    if (pages.length > 1_000) throw new Error('There is no end to it.');
  } while (cursor !== undefined);
  return pages;
}

const entries = fc.array(entry, { maxLength: 40, size: 'max' });

test('nothing changes: the pages are the list, all full but the last, and none is empty', async () => {
  await fc.assert(
    fc.asyncProperty(entries, query, async (given, asked) => {
      const model = new Model(asked);
      for (const one of given) await model.insert(one, true);
      const pages = await pagesOf(store, model.listing);
      const expected = model.ids('throughout');
      expect(pages.flat().map(({ id }) => id)).toEqual(expected);
      const { limit } = asked;
      expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / limit)));
      for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
    }),
    { numRuns: 300 },
  );
});

test('whatever is written meanwhile, and however little is read at a time: who stays is shown once, in order', async () => {
  const changes = fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 12 });
  const maxRead = fc.oneof(fc.constant(undefined), fc.integer({ min: 0, max: 30 }));
  await fc.assert(
    fc.asyncProperty(entries, query, changes, maxRead, async (given, asked, script, bound) => {
      const model = new Model(asked);
      for (const one of given) await model.insert(one, true);
      const upcoming = script[Symbol.iterator]();
      const reader = interrupted(asked.terms.length, async () => {
        for (const what of upcoming.next().value ?? []) await model.apply(what);
      });
      const pages = await pagesOf(reader, model.listing, bound);
      for (const page of pages) expect(page.length).toBeLessThanOrEqual(asked.limit);
      const shown = pages.flat();
      expect(shown).toEqual([...shown].sort(byTimeAndId));
      const ids = shown.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const stayed = model.ids('throughout');
      expect(ids.filter((id) => stayed.includes(id))).toEqual(stayed);
      const ever = model.ids('ever');
      expect(ids.filter((id) => !ever.includes(id))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});
