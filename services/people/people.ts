import { type DocumentStore, type Stored, StoreError } from '../store/store.ts';

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
  /** Changes some fields; writes nothing when they are so already. */
  update(id: string, change: (before: PersonRecord) => Partial<PersonRecord>): Promise<PersonRecord>;
}

const TRIES = 20;

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
  const bodyOf = (stored: Stored | undefined): PersonRecord => ({
    ...UNKNOWN,
    ...(stored?.body as PersonRecord | undefined),
  });

  async function attempt(id: string, change: (before: PersonRecord) => Partial<PersonRecord>) {
    const stored = await store.read(key(id));
    const before = bodyOf(stored);
    const after = { ...before, ...change(before) };
    if (stored !== undefined && JSON.stringify(after) === JSON.stringify(before)) return before;
    if (stored === undefined) await store.create(document(id, after));
    else await store.replace(document(id, after), stored.etag);
    return after;
  }

  return {
    read: async (id) => bodyOf(await store.read(key(id))),
    async update(id, change) {
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(id, change);
        } catch (error) {
          const raced =
            error instanceof StoreError && (error.code === 'stale' || error.code === 'already-exists');
          if (!raced || tries >= TRIES) throw error;
        }
      }
    },
  };
}
