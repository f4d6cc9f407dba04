import { type DocumentStore, StoreError, Undecodable } from '../store/store.ts';

type StoreOperation = Exclude<keyof DocumentStore, 'close'>;

/** One call of the store. No key: what it was about is nobody's number. */
export interface StoreCall {
  readonly operation: StoreOperation;
  /** `ok`, a code of `StoreError`, `damaged`, or `other`. */
  readonly outcome: string;
  readonly ms: number;
}

/** The same store; each call is told of when it has ended. */
export function measuredStore(
  store: DocumentStore,
  onCall: (call: StoreCall) => void,
  now: () => number = () => performance.now(),
): DocumentStore {
  async function measured<Result>(operation: StoreOperation, call: () => Promise<Result>): Promise<Result> {
    const startedAt = now();
    const ended = (outcome: string) => onCall({ operation, outcome, ms: now() - startedAt });
    try {
      const result = await call();
      ended('ok');
      return result;
    } catch (error) {
      ended(error instanceof StoreError ? error.code : error instanceof Undecodable ? 'damaged' : 'other');
      throw error;
    }
  }
  return {
    create: (document) => measured('create', () => store.create(document)),
    read: (key) => measured('read', () => store.read(key)),
    replace: (document, etag) => measured('replace', () => store.replace(document, etag)),
    due: (at, limit) => measured('due', () => store.due(at, limit)),
    nextDue: () => measured('nextDue', () => store.nextDue()),
    list: (query) => measured('list', () => store.list(query)),
    all: (after, limit) => measured('all', () => store.all(after, limit)),
    ping: () => measured('ping', () => store.ping()),
    close: () => store.close(),
  };
}
