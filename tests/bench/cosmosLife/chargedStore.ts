import { toItem } from '../../../services/store/cosmos/item.ts';
import { REMEMBERED } from '../../../services/store/cosmos/version.ts';
import { encode } from '../../../services/store/encoding.ts';
import type { Document, DocumentStore } from '../../../services/store/store.ts';
import { createUnits, queryUnits, readUnits, replaceUnits } from './requestUnits.ts';

export type Kind = 'read' | 'create' | 'replace' | 'list';

interface Charge {
  calls: number;
  /** Of the largest item. */
  bytes: number;
  least: number;
  most: number;
}

export type Charges = Record<Kind, Charge>;

export const noCharges = (): Charges => {
  const none = (): Charge => ({ calls: 0, bytes: 0, least: 0, most: 0 });
  return { read: none(), create: none(), replace: none(), list: none() };
};

/** The same store; what each call would cost is added to `charges()`. Polls of the engine are not counted here. */
export function chargedStore(store: DocumentStore, charges: () => Charges): DocumentStore {
  function charge(kind: Kind, bytes: number, { least, most }: { least: number; most: number }): void {
    const to = charges()[kind];
    to.calls += 1;
    to.bytes = Math.max(to.bytes, bytes);
    to.least += least;
    to.most += most;
  }
  const same = (units: number) => ({ least: units, most: units });
  return {
    async read(key) {
      const found = await store.read(key);
      const bytes = found === undefined ? 0 : sizeOf(found);
      charge('read', bytes, same(readUnits(bytes)));
      return found;
    },
    async create(document) {
      const bytes = sizeOf(document);
      charge('create', bytes, same(createUnits(bytes)));
      return store.create(document);
    },
    async replace(document, etag) {
      const bytes = sizeOf(document);
      charge('replace', bytes, replaceUnits(bytes));
      return store.replace(document, etag);
    },
    async list(query) {
      charge('list', 0, same(queryUnits()));
      return store.list(query);
    },
    due: (now, limit) => store.due(now, limit),
    nextDue: () => store.nextDue(),
    all: (after, limit) => store.all(after, limit),
    ping: () => store.ping(),
    close: () => store.close(),
  };
}

/** As it lies in the container, with as many ids of earlier writes as are kept. */
function sizeOf(document: Document): number {
  const operations = Array.from({ length: REMEMBERED }, () => 'AAAAAAAA');
  return Buffer.byteLength(JSON.stringify(toItem(encode(document), operations)));
}
