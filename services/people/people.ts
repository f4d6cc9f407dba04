import { type DocumentStore, type Stored, StoreError, Undecodable } from '../store/store.ts';

/** What is kept of somebody who has written to the bot. Their place in the organisation is the directory's. */
export interface PersonRecord {
  readonly language: 'ja' | 'en' | null;
  /** How to reach them; opaque here, written and read by the channel. */
  readonly reference: string | null;
  /** How many calls they have opened: where the search for the open one starts. A lower bound, never too high. */
  readonly calls: number;
}

const UNKNOWN: PersonRecord = { language: null, reference: null, calls: 0 };

export interface People {
  read(id: string): Promise<PersonRecord>;
  /** What is remembered here, however old: of `calls` still a lower bound. */
  peek(id: string): PersonRecord | undefined;
  /** Changes some fields; writes nothing when they are so already. */
  update(id: string, change: (before: PersonRecord) => Partial<PersonRecord>): Promise<PersonRecord>;
  /** The same for what the person has just done (installed, uninstalled, chosen a language): looks at the store first. */
  renew(id: string, change: (before: PersonRecord) => Partial<PersonRecord>): Promise<PersonRecord>;
}

const TRIES = 20;

interface Found {
  /** Undefined when nothing is stored. */
  readonly etag: string | undefined;
  readonly isDamaged: boolean;
  readonly record: PersonRecord;
}

/** A record that has been damaged is one of somebody unknown: nobody is barred from calling by it. */
function recordOf(stored: Stored | undefined): PersonRecord {
  const body = stored?.body;
  if (typeof body !== 'object' || body === null) return UNKNOWN;
  const { language, reference, calls } = body as Readonly<Record<keyof PersonRecord, unknown>>;
  return {
    language: language === 'ja' || language === 'en' ? language : null,
    reference: typeof reference === 'string' ? reference : null,
    calls: typeof calls === 'number' && Number.isSafeInteger(calls) && calls > 0 ? calls : 0,
  };
}

export function createPeople(store: DocumentStore): People {
  const key = (id: string) => ({ kind: 'person', id });
  const document = (id: string, body: PersonRecord) => ({
    ...key(id),
    dueAt: null,
    terms: [],
    sortAt: 0,
    summary: null,
    body,
  });

  async function find(id: string): Promise<Found> {
    try {
      const stored = await store.read(key(id));
      return { etag: stored?.etag, isDamaged: false, record: recordOf(stored) };
    } catch (error) {
      if (!(error instanceof Undecodable)) throw error;
      return { etag: error.etag, isDamaged: true, record: UNKNOWN };
    }
  }

  async function attempt(id: string, change: (before: PersonRecord) => Partial<PersonRecord>) {
    const { etag, isDamaged, record: before } = await find(id);
    const after = { ...before, ...change(before) };
    const same = JSON.stringify(after) === JSON.stringify(before);
    if (etag !== undefined && !isDamaged && same) return before;
    if (etag === undefined) await store.create(document(id, after));
    else await store.replace(document(id, after), etag);
    return after;
  }

  async function update(id: string, change: (before: PersonRecord) => Partial<PersonRecord>) {
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(id, change);
      } catch (error) {
        const raced =
          error instanceof StoreError && (error.code === 'stale' || error.code === 'already-exists');
        if (!raced || tries >= TRIES) throw error;
      }
    }
  }

  return { read: async (id) => (await find(id)).record, peek: () => undefined, update, renew: update };
}
