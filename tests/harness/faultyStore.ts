import {
  type Document,
  type DocumentStore,
  type Key,
  type ListQuery,
  type Page,
  type Stored,
  StoreError,
  type Undecodable,
} from '../../services/store/store.ts';

/** What becomes of one write: `fails` before it happens, `lost` after it happened, `dies` or `dies-after` for ever. */
export type WriteFault = 'fails' | 'lost' | 'dies' | 'dies-after';

const gone = () => new StoreError('unavailable', 'test: the store does not answer');

/** A store that fails at chosen writes. A dead one never answers again, as if the process had been killed there. */
export class FaultyStore implements DocumentStore {
  readonly #inner: DocumentStore;
  /** Asked before each write, with its number (from 1). */
  fault: (count: number, document: Document) => WriteFault | undefined = () => undefined;
  /** Nothing is answered, read or write. */
  isDown = false;
  writes = 0;

  constructor(inner: DocumentStore) {
    this.#inner = inner;
  }

  create(document: Document): Promise<string> {
    return this.#write(document, () => this.#inner.create(document));
  }

  replace(document: Document, etag: string): Promise<string> {
    return this.#write(document, () => this.#inner.replace(document, etag));
  }

  async #write(document: Document, write: () => Promise<string>): Promise<string> {
    if (this.isDown) throw gone();
    this.writes += 1;
    const fault = this.fault(this.writes, document);
    if (fault === 'dies' || fault === 'dies-after') this.isDown = true;
    if (fault === 'fails' || fault === 'dies') throw gone();
    const etag = await write();
    if (fault !== undefined) throw gone();
    return etag;
  }

  read(key: Key): Promise<Stored | undefined> {
    return this.#unlessDown(() => this.#inner.read(key));
  }

  due(now: number, limit: number): Promise<Key[]> {
    return this.#unlessDown(() => this.#inner.due(now, limit));
  }

  nextDue(): Promise<number | undefined> {
    return this.#unlessDown(() => this.#inner.nextDue());
  }

  list(query: ListQuery): Promise<Page> {
    return this.#unlessDown(() => this.#inner.list(query));
  }

  all(after: Key | undefined, limit: number): Promise<readonly (Stored | Undecodable)[]> {
    return this.#unlessDown(() => this.#inner.all(after, limit));
  }

  ping(): Promise<void> {
    return this.#unlessDown(() => this.#inner.ping());
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  async #unlessDown<R>(work: () => Promise<R>): Promise<R> {
    if (this.isDown) throw gone();
    return work();
  }
}
