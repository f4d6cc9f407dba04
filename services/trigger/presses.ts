import { WINDOW_MS } from '../alarm/signature.ts';
import type { PagedLevel } from '../directory/escalationSchema.ts';
import { type DocumentStore, StoreError, Undecodable } from '../store/store.ts';

/** One press that was answered. */
export interface Press {
  /** Of the signed request. */
  readonly id: string;
  readonly level: PagedLevel;
  readonly code: string;
  readonly at: number;
  /** `again`: its call was open and called for already; nothing was written to it. */
  readonly how: 'opened' | 'joined' | 'again';
}

/**
 * What a place has sent lately, in one document a place: told apart are a request that is sent again (a retry, or
 * somebody who has recorded it) and a new press, in every instance alike.
 *
 * Written after the call, not before: a request whose id is known and whose call got lost would be a cry for help that
 * is refused. Between the two the operation id within the call does the same service.
 */
interface Presses {
  /** Newest last; those of a damaged document are forgotten. @throws StoreError `unavailable` */
  read(place: string): Promise<readonly Press[]>;
  /** @throws StoreError */
  note(place: string, press: Press): Promise<void>;
}

/** A request is of use from WINDOW_MS before its timestamp to WINDOW_MS after it. */
const KEPT_MS = 2 * WINDOW_MS + 60_000;
const KEPT = 200;
const TRIES = 20;

export function createPresses(store: DocumentStore): Presses {
  const key = (place: string) => ({ kind: 'trigger', id: place });

  async function find(place: string): Promise<{ etag: string | undefined; presses: readonly Press[] }> {
    try {
      const stored = await store.read(key(place));
      return { etag: stored?.etag, presses: pressesOf(stored?.body) };
    } catch (error) {
      if (!(error instanceof Undecodable)) throw error;
      return { etag: error.etag, presses: [] };
    }
  }

  return {
    read: async (place) => (await find(place)).presses,
    async note(place, press) {
      for (let tries = 1; ; tries++) {
        const { etag, presses } = await find(place);
        if (presses.some(({ id }) => id === press.id)) return;
        const recent = presses.filter(({ at }) => at > press.at - KEPT_MS);
        const body = { presses: [...recent, press].slice(-KEPT) };
        const document = { ...key(place), dueAt: null, terms: [], sortAt: 0, summary: null, body };
        try {
          await (etag === undefined ? store.create(document) : store.replace(document, etag));
          return;
        } catch (error) {
          const raced =
            error instanceof StoreError && (error.code === 'stale' || error.code === 'already-exists');
          if (!raced || tries >= TRIES) throw error;
        }
      }
    },
  };
}

function pressesOf(body: unknown): readonly Press[] {
  const { presses } = (typeof body === 'object' && body !== null ? body : {}) as { presses?: unknown };
  return Array.isArray(presses) ? presses.filter(isPress) : [];
}

function isPress(entry: unknown): entry is Press {
  if (typeof entry !== 'object' || entry === null) return false;
  const { id, level, code, at, how } = entry as Partial<Record<keyof Press, unknown>>;
  return [id, level, code, how].every((text) => typeof text === 'string') && typeof at === 'number';
}
