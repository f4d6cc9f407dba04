import { decodeOrDamaged } from '../../services/store/encoding.ts';
import { encodeCursor, inOrder } from '../../services/store/paging.ts';
import {
  type Document,
  type DocumentStore,
  inKeyOrder,
  type Key,
  keyText,
  type ListQuery,
  type Page,
  type Stored,
  StoreError,
  Undecodable,
} from '../../services/store/store.ts';

/** Kinds hold no slash. */
const keyOf = (text: string): Key => {
  const at = text.indexOf('/');
  return { kind: text.slice(0, at), id: text.slice(at + 1) };
};

/** A store in memory for thousands of short histories: conditional writes and first pages, nothing else. */
export class MemoryStore implements DocumentStore {
  readonly #documents = new Map<string, { text: string; etag: string }>();
  #writes = 0;
  /** Runs after each write: what has to be true at every moment. */
  afterWrite: () => void = () => {};
  /** A list may be behind (Cosmos): this many of the newest documents are not in it yet. */
  lag = 0;

  async create(document: Document): Promise<string> {
    if (this.#documents.has(keyText(document))) throw new StoreError('already-exists', keyText(document));
    return this.#write(document);
  }

  async replace(document: Document, etag: string): Promise<string> {
    if (this.#documents.get(keyText(document))?.etag !== etag)
      throw new StoreError('stale', keyText(document));
    return this.#write(document);
  }

  #write(document: Document): string {
    this.#writes += 1;
    const etag = `e${this.#writes}`;
    const { kind, id, dueAt, terms, sortAt, summary, body } = document;
    const text = JSON.stringify({ kind, id, dueAt, terms, sortAt, summary, body });
    this.#documents.set(keyText(document), { text, etag });
    this.afterWrite();
    return etag;
  }

  /** As if somebody had edited the file by hand. */
  damage(key: Key): void {
    this.#documents.set(keyText(key), { text: '{', etag: 'damaged' });
  }

  peek(key: Key): Stored | undefined {
    const found = this.#documents.get(keyText(key));
    if (found === undefined) return undefined;
    if (found.text === '{') throw new Undecodable(key, found.etag);
    return { ...(JSON.parse(found.text) as Document), etag: found.etag };
  }

  async read(key: Key): Promise<Stored | undefined> {
    return this.peek(key);
  }

  ofKind(kind: string): Document[] {
    return [...this.#documents.values()]
      .filter(({ text }) => text !== '{')
      .map(({ text }) => JSON.parse(text) as Document)
      .filter((document) => document.kind === kind);
  }

  async list({ kind, term, limit }: ListQuery): Promise<Page> {
    const all = this.ofKind(kind).filter(({ terms }) => terms.includes(term));
    const seen = all.sort(inOrder).slice(this.lag);
    const items = seen.slice(0, limit).map(({ id, sortAt, summary }) => ({ kind, id, sortAt, summary }));
    const last = items.at(-1);
    return seen.length > limit && last !== undefined ? { items, next: encodeCursor(last) } : { items };
  }

  async due(): Promise<Key[]> {
    return [];
  }

  async nextDue(): Promise<undefined> {}

  async all(after: Key | undefined, limit: number): Promise<(Stored | Undecodable)[]> {
    return [...this.#documents]
      .map(([text, { etag }]) => ({ key: keyOf(text), etag }))
      .filter(({ key }) => after === undefined || inKeyOrder(key, after) > 0)
      .sort((a, b) => inKeyOrder(a.key, b.key))
      .slice(0, limit)
      .map(({ key, etag }) => decodeOrDamaged(() => this.peek(key) ?? new Undecodable(key, etag)));
  }

  async ping(): Promise<void> {}

  async close(): Promise<void> {}
}
