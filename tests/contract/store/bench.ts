import { afterEach, beforeEach } from '@jest/globals';
import {
  type Document,
  type DocumentStore,
  type Page,
  type Stored,
  StoreError,
} from '../../../services/store/store.ts';

/** A place for data on which any number of stores can be opened, as several processes or a restart would. */
export interface Backing {
  open(): Promise<DocumentStore>;
  dispose(): Promise<void>;
}

export interface Bench {
  /** The store of this test, on an empty place. */
  readonly store: DocumentStore;
  /** One more store on the same data. */
  another(): Promise<DocumentStore>;
}

/** A fresh place and store for each test; afterwards every store is closed. */
export function useBench(provide: () => Promise<Backing>): Bench {
  let backing: Backing | undefined;
  let stores: DocumentStore[] = [];
  const another = async (): Promise<DocumentStore> => {
    if (backing === undefined) throw new Error('A store is there only while a test runs.');
    const store = await backing.open();
    stores.push(store);
    return store;
  };

  beforeEach(async () => {
    backing = await provide();
    await another();
  });
  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    stores = [];
    await backing?.dispose();
    backing = undefined;
  });

  return {
    get store() {
      const [first] = stores;
      if (first === undefined) throw new Error('A store is there only while a test runs.');
      return first;
    },
    another,
  };
}

/** A call of the demo city, with what the test cares about put over it. */
export const aDocument = (over: Partial<Document> = {}): Document => ({
  kind: 'call',
  id: 'K-7F3Q',
  dueAt: null,
  terms: ['open', 'caller:sato'],
  sortAt: 1_000,
  summary: { code: 'K-7F3Q', level: 'assist' },
  body: { schemaVersion: 1, rev: 1, places: ['税務課 2番窓口'] },
  ...over,
});

/** Creates it, and reads what has been created. */
export const created = async (store: DocumentStore, document: Document): Promise<Stored> =>
  readBack(store, document, await store.create(document));

/** Replaces it, and reads what has replaced it. */
export const replaced = async (store: DocumentStore, document: Document, etag: string): Promise<Stored> =>
  readBack(store, document, await store.replace(document, etag));

async function readBack(store: DocumentStore, document: Document, etag: string): Promise<Stored> {
  const stored = await store.read(document);
  if (stored?.etag !== etag) throw new Error('What was written is not what is read.');
  return stored;
}

/** Ids that sort as their numbers do. */
export const numbered = (n: number): string => `K-${String(n).padStart(4, '0')}`;

/** Documents numbered from 0 on. */
export async function fill(
  store: DocumentStore,
  count: number,
  sortAt: (n: number) => number,
): Promise<void> {
  for (let n = 0; n < count; n += 1) await store.create(aDocument({ id: numbered(n), sortAt: sortAt(n) }));
}

/** The ids of each page, from the first to the last. */
export async function allPages(page: (cursor?: string) => Promise<Page>): Promise<string[][]> {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await page(cursor);
    pages.push(items.map(({ id }) => id));
    cursor = next;
    if (pages.length > 1_000) throw new Error('The pages come to no end.');
  } while (cursor !== undefined);
  return pages;
}

/** The code with which the store refused; fails the test when it did not refuse. */
export async function refusal(attempt: Promise<unknown>): Promise<StoreError['code']> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
  throw new Error('The store accepted what it should have refused.');
}
