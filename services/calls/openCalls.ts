import type { DocumentStore } from '../store/store.ts';
import { TERMS } from './listing.ts';

const COUNTED = 200;

/** How many calls are open, up to 200. @throws StoreError */
export async function countOpenCalls(store: Pick<DocumentStore, 'list'>): Promise<number> {
  return (await store.list({ kind: 'call', term: TERMS.calling, limit: COUNTED })).items.length;
}
