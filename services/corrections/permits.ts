import type { Participant } from '../calls/call.ts';
import { isGeneralAffairsManager } from '../calls/roles.ts';
import type { Clock } from '../clock.ts';
import type { Directory } from '../directory/directory.ts';
import { type DocumentStore, type Stored, StoreError } from '../store/store.ts';

/** The manager of General Affairs allows one export of masked texts, for a day. */
export interface Permit {
  readonly by: Pick<Participant, 'id' | 'name'>;
  readonly at: number;
  readonly until: number;
  /** When an export took it; `null`: not yet. */
  readonly usedAt: number | null;
}

export interface Permits {
  /** `false`: not the manager of General Affairs now. One permit stands at a time; a new one takes its place. */
  grant(by: Pick<Participant, 'id' | 'name'>): Promise<boolean>;
  /** The permit, which nobody can take again; undefined when there is none that still holds. @throws StoreError */
  take(): Promise<Permit | undefined>;
}

const PERMIT_HOURS = 24;
const KEY = { kind: 'permit', id: 'corrections' } as const;

interface Parts {
  readonly store: DocumentStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly directory: Pick<Directory, 'person' | 'posts'>;
}

/** One document, one conditional write: two exports never share a permit. */
export function createPermits({ store, clock, directory }: Parts): Permits {
  const isManager = (person: string): boolean => isGeneralAffairsManager(directory, person, clock.now());

  async function write(permit: Permit, before: Stored | undefined): Promise<void> {
    const document = { ...KEY, dueAt: null, terms: [], sortAt: permit.at, summary: null, body: permit };
    await (before === undefined ? store.create(document) : store.replace(document, before.etag));
  }

  return {
    async grant({ id, name }) {
      if (!isManager(id)) return false;
      const now = clock.now();
      const permit = { by: { id, name }, at: now, until: now + PERMIT_HOURS * 3_600_000, usedAt: null };
      for (let tries = 1; ; tries += 1) {
        try {
          await write(permit, await store.read(KEY));
          return true;
        } catch (error) {
          const isRace = error instanceof StoreError && ['stale', 'already-exists'].includes(error.code);
          if (!isRace || tries >= 5) throw error;
        }
      }
    },
    async take() {
      const stored = await store.read(KEY);
      if (stored === undefined || !isPermit(stored.body)) return undefined;
      const permit = stored.body;
      const now = clock.now();
      // Whoever has left the post since has no say any more.
      if (permit.usedAt !== null || permit.until <= now || !isManager(permit.by.id)) return undefined;
      try {
        await write({ ...permit, usedAt: now }, stored);
        return permit;
      } catch (error) {
        if (error instanceof StoreError && error.code === 'stale') return undefined;
        throw error;
      }
    },
  };
}

function isPermit(value: unknown): value is Permit {
  if (typeof value !== 'object' || value === null) return false;
  const { by, at, until, usedAt } = value as Partial<Permit>;
  return (
    typeof by?.id === 'string' && typeof at === 'number' && typeof until === 'number' && usedAt !== undefined
  );
}
