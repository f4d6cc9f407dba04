import { toJson } from '../store/encoding.ts';
import {
  type Document,
  type DocumentStore,
  type Key,
  keyText,
  type Stored,
  StoreError,
} from '../store/store.ts';

const STALE_TRIES = 40;
/** How often a write is tried whose answer did not come. */
const LOST_TRIES = 3;

/** Conditional writes of which somebody always knows the outcome. */
export class Writes {
  readonly #store: DocumentStore;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  /**
   * Runs read → write again while somebody else wins; undefined when the document does not exist.
   *
   * @param known what this process wrote last: saves the first read, and at worst is one version behind
   */
  async untilWritten<R>(
    key: Key,
    write: (stored: Stored) => Promise<R>,
    known?: Stored,
  ): Promise<R | undefined> {
    for (let tries = 1; ; tries++) {
      const stored = (tries === 1 ? known : undefined) ?? (await this.#store.read(key));
      if (stored === undefined) return undefined;
      try {
        return await write(stored);
      } catch (error) {
        if (!(error instanceof StoreError) || error.code !== 'stale' || tries >= STALE_TRIES) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(50, tries * 5)));
      }
    }
  }

  /** A write whose answer got lost is settled by reading: it happened, it did not, or somebody else wrote since. */
  async replace(document: Document, etag: string): Promise<Stored> {
    for (let tries = 1; ; tries++) {
      try {
        return { ...document, etag: await this.#store.replace(document, etag) };
      } catch (error) {
        if (!isUnavailable(error) || tries >= LOST_TRIES) throw error;
        const stored = await this.#store.read(document);
        if (stored !== undefined && sameBody(stored, document)) return stored;
        if (stored?.etag !== etag)
          throw new StoreError('stale', `${keyText(document)} has been written since.`);
      }
    }
  }

  /** @param isMine whether what is there was written by the same operation before */
  async create(document: Document, isMine: (stored: Stored) => boolean): Promise<Stored> {
    for (let tries = 1; ; tries++) {
      try {
        return { ...document, etag: await this.#store.create(document) };
      } catch (error) {
        if (!isUnavailable(error) || tries >= LOST_TRIES) throw error;
        const stored = await this.#store.read(document);
        if (stored === undefined) continue;
        if (sameBody(stored, document)) return stored;
        if (isMine(stored)) return stored;
        throw new StoreError('already-exists', `${keyText(document)} exists already.`);
      }
    }
  }
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof StoreError && error.code === 'unavailable';

/** As it is kept: half a character that was written is none when it is read. */
const sameBody = (stored: Stored, written: Document): boolean => toJson(stored.body) === toJson(written.body);
