import { TERMS } from '../../../services/calls/listing.ts';
import { listAny } from '../../../services/store/mergedList.ts';
import { encodeCursor } from '../../../services/store/paging.ts';
import type { DocumentStore, Key, Listed, Stored } from '../../../services/store/store.ts';
import {
  aCase,
  codeOf,
  DEALT_WITH,
  NOW,
  officer,
  openedAt,
  RARE_CALLER,
  SECTIONS,
  served,
  turned,
  UNDER_WAY,
} from './documents.ts';

/** What of a store is measured. */
export type Measured = Pick<DocumentStore, 'create' | 'read' | 'replace' | 'due' | 'nextDue' | 'list'>;

/** A city's documents in a store. */
export interface City {
  readonly store: Measured;
  /** How many cases it was filled with (`aCase(0, count)` to `aCase(count - 1, count)`). */
  readonly count: number;
}

export interface Operation {
  readonly name: string;
  /** Gets ready what is not measured; `turn` counts up from 0. */
  prepare(city: City, turn: number): Promise<() => Promise<unknown>>;
}

/** As many as the case list shows at a time. */
const PAGE = 8;
/** As many as the engine takes at a time. */
const BATCH = 50;
const HEADED = 12;

/** Spread over `[0, below)`, in no order, the same each time. */
const anywhere = (turn: number, below: number): number => Math.floor(((turn * 0.618_033_988_75) % 1) * below);

const keyOf = (n: number): Key => ({ kind: 'call', id: codeOf(n) });
const recent = (turn: number, { count }: City): number => count - 1 - anywhere(turn, UNDER_WAY + DEALT_WITH);
const amongUnderWay = (turn: number, { count }: City): number => count - 1 - (turn % UNDER_WAY);
const amongDealtWith = (turn: number, { count }: City): number => count - 1 - UNDER_WAY - (turn % DEALT_WITH);

/** Somewhere in the middle third of all the years. */
const middle = (turn: number, count: number): string => {
  const n = Math.floor(count / 3) + anywhere(turn, Math.floor(count / 3));
  return encodeCursor({ sortAt: openedAt(n, count), id: codeOf(n) });
};

const list =
  (term: (turn: number) => string, range: (turn: number, count: number) => object = () => ({})) =>
  async ({ store, count }: City, turn: number) => {
    const query = { kind: 'call', term: term(turn), limit: PAGE, ...range(turn, count) };
    return () => store.list(query);
  };

/** As the case list keeps out implicated persons. */
const keep = ({ summary }: Listed): boolean =>
  !(summary as { readonly excluded: readonly string[] }).excluded.includes('staff-0000');

const listed =
  (terms: (turn: number) => readonly string[], range: (turn: number, count: number) => object = () => ({})) =>
  async ({ store, count }: City, turn: number) => {
    const query = { kind: 'call', terms: terms(turn), limit: PAGE, keep, ...range(turn, count) };
    return () => listAny(store, query);
  };

export const READS: readonly Operation[] = [
  {
    name: 'read, a case of these days',
    prepare: async (city, turn) => () => city.store.read(keyOf(recent(turn, city))),
  },
  {
    name: 'read, any case of all years',
    prepare: async (city, turn) => () => city.store.read(keyOf(anywhere(turn, city.count))),
  },
  {
    name: 'due',
    prepare:
      async ({ store }) =>
      () =>
        store.due(NOW, BATCH),
  },
  {
    name: 'nextDue',
    prepare:
      async ({ store }) =>
      () =>
        store.nextDue(),
  },
  { name: 'list, open cases, first page', prepare: list(() => TERMS.open()) },
  { name: 'list, all cases, first page', prepare: list(() => TERMS.all()) },
  {
    name: 'list, all cases, a page in the middle',
    prepare: list(
      () => TERMS.all(),
      (turn, count) => ({ cursor: middle(turn, count) }),
    ),
  },
  {
    name: 'list, all cases of a month years ago',
    prepare: list(
      () => TERMS.all(),
      (turn) => ({ from: NOW - (30 + (turn % 60)) * MONTH, to: NOW - (29 + (turn % 60)) * MONTH }),
    ),
  },
  { name: 'list, a term of three cases', prepare: list(() => `mine:${RARE_CALLER}`) },
  { name: 'list, a term of no case', prepare: list((turn) => `paged:nobody-${turn}`) },
  {
    name: 'case list of General Affairs (to do: two terms)',
    prepare: listed((turn) => [TERMS.waiting, TERMS.assigned(officer(turn).id)]),
  },
  {
    name: `case list of a head (${HEADED} sections, in the middle)`,
    prepare: listed(
      (turn) => Array.from({ length: HEADED }, (_, n) => TERMS.all(`section-${(turn + 5 * n) % SECTIONS}`)),
      (turn, count) => ({ cursor: middle(turn, count) }),
    ),
  },
];

export const WRITES: readonly Operation[] = [
  {
    name: 'replace, by the engine (lists unchanged)',
    prepare: replacing((city, turn) => keyOf(amongUnderWay(turn, city)), served),
  },
  {
    name: 'replace, closed or reopened (lists change)',
    prepare: replacing((city, turn) => keyOf(amongDealtWith(turn, city)), turned),
  },
  {
    name: 'replace, any case of all years',
    prepare: replacing(({ count }, turn) => keyOf(anywhere(turn, count - UNDER_WAY - DEALT_WITH)), served),
  },
  {
    name: 'create, a new call',
    prepare: async ({ store, count }, turn) => {
      const document = aCase(count + turn, count);
      return () => store.create(document);
    },
  },
];

const MONTH = 30 * 86_400_000;

function replacing(
  which: (city: City, turn: number) => Key,
  change: (document: Stored) => Parameters<DocumentStore['replace']>[0],
): Operation['prepare'] {
  return async (city, turn) => {
    const found = await city.store.read(which(city, turn));
    if (found === undefined) throw new Error('a case of the city is not there');
    const document = change(found);
    return () => city.store.replace(document, found.etag);
  };
}
