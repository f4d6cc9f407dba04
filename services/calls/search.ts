import type { Clock } from '../clock.ts';
import type { PersonId } from '../directory/directory.ts';
import type { Documents } from '../engine/engine.ts';
import { type Envelope, UndecodableEnvelope } from '../engine/envelope.ts';
import type { Log } from '../log.ts';
import type { People } from '../people/people.ts';
import { type DocumentStore, Undecodable } from '../store/store.ts';
import type { Call } from './call.ts';
import { CODE_ATTEMPTS, caseCode } from './code.ts';
import type { CallCommand } from './commands.ts';
import type { CallSummary } from './listing.ts';

/** A document, and the code that it has or would have. */
interface Coded<E> {
  readonly code: string;
  readonly envelope: E;
}
type Found = Coded<Envelope<Call>>;

/** Somebody's latest call and, unless that one is open, the free code and number of the next. */
interface Latest {
  readonly last: Found | undefined;
  readonly next: { readonly code: string; readonly count: number } | undefined;
}

/** What decides whether somebody who calls opens a case or joins one. */
interface Standing extends Latest {
  /** The newest call that a colleague made for this person. */
  readonly forMe: Found | undefined;
  /** How many calls they are known to have opened: a lower bound. */
  readonly known: number;
}

interface Search {
  /**
   * Somebody calls: looked for while it is still being read who they are, so that the page does not wait for one and
   * then for the other. What is found serves one `standing` of this person; a call is written on condition, so that
   * nothing depends on its being the newest.
   */
  begin(person: PersonId): void;
  /** @param options.isAhead what has been begun may serve: for the one who calls, whose write shows whether it is true */
  standing(person: PersonId, options?: { readonly isAhead?: boolean }): Promise<Standing>;
  /** The document that belongs to an origin, or the free code to create it under. */
  find(
    ofOrigin: readonly (string | number)[],
    mine: (call: Call) => boolean,
  ): Promise<Coded<Envelope<Call> | undefined>>;
  /** A damaged document, or one of a newer version, is nobody's: it must not keep its owner from calling again. */
  readOrPass(code: string): Promise<Envelope<Call> | 'unreadable' | undefined>;
}

interface Parts {
  readonly documents: Pick<Documents<Call, CallCommand>, 'read'>;
  readonly store: Pick<DocumentStore, 'list'>;
  readonly people: Pick<People, 'read' | 'peek'>;
  readonly tenantId: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** How many of somebody's newest cases are looked at for one in which a colleague called for them. */
const LOOKED_AT = 10;
/** What was begun and never asked for is forgotten. */
const BEGUN_MS = 5_000;

const isUnreadable = (error: unknown): boolean =>
  error instanceof Undecodable || error instanceof UndecodableEnvelope;

export function createSearch({ documents, store, people, tenantId, clock, log }: Parts): Search {
  const begun = new Map<PersonId, { at: number; found: Promise<Begun | undefined> }>();

  async function readOrPass(code: string): Promise<Envelope<Call> | 'unreadable' | undefined> {
    try {
      return await documents.read(code);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      log.error({ key: `call/${code}`, err: error }, 'document passed over');
      return 'unreadable';
    }
  }

  const find: Search['find'] = async (ofOrigin, mine) => {
    for (let attempt = 0; attempt < CODE_ATTEMPTS; attempt++) {
      const code = caseCode([...ofOrigin], attempt);
      const envelope = await readOrPass(code);
      if (envelope === undefined) return { code, envelope };
      if (envelope !== 'unreadable' && mine(envelope.state)) return { code, envelope };
    }
    throw new Error('no free case code');
  };

  /**
   * Call number `first` and the one after, at the same time: usually the last known one is over, and whoever calls is
   * not to wait twice. Without `next` and without an open call the search goes on.
   */
  async function pairAt(person: PersonId, first: number): Promise<Latest> {
    const findAt = (count: number) =>
      find([tenantId, person, 'call', count], (call) => call.caller.id === person && call.number === count);
    let last: Found | undefined;
    for (const [n, { code, envelope }] of (await Promise.all([findAt(first), findAt(first + 1)])).entries()) {
      if (envelope === undefined) return { last, next: { code, count: first + n } };
      last = { code, envelope };
      if (envelope.state.status === 'open') break;
    }
    return { last, next: undefined };
  }

  async function latest(person: PersonId, from: number): Promise<Latest> {
    let before: Found | undefined;
    for (let first = from; ; first += 2) {
      const found = await pairAt(person, first);
      if (isOver(found)) return { ...found, last: found.last ?? before };
      before = found.last;
    }
  }

  /** A list that fails costs a case more, never a call. */
  async function calledFor(person: PersonId): Promise<Found | undefined> {
    try {
      const page = await store.list({ kind: 'call', term: `mine:${person}`, limit: LOOKED_AT });
      for (const { id, summary } of page.items) {
        const listed = summary as Partial<CallSummary> | null;
        if (listed?.affected !== person || listed.caller === person) continue;
        const envelope = await readOrPass(id);
        if (envelope !== undefined && envelope !== 'unreadable') return { code: id, envelope };
      }
    } catch (error) {
      log.warn({ err: error }, 'cases not listed');
    }
    return undefined;
  }

  /** Where the search for the open call starts. Without the record it starts at the first: slower, never barred. */
  async function callsOf(person: PersonId): Promise<number> {
    try {
      return (await people.read(person)).calls;
    } catch (error) {
      log.warn({ err: error }, 'person not read');
      return 0;
    }
  }

  function takeBegun(person: PersonId): Promise<Begun | undefined> | undefined {
    const found = begun.get(person);
    begun.delete(person);
    return found !== undefined && clock.now() - found.at < BEGUN_MS ? found.found : undefined;
  }

  return {
    readOrPass,
    find,

    begin(person) {
      const at = clock.now();
      for (const [who, one] of begun) if (at - one.at >= BEGUN_MS) begun.delete(who);
      const found = Promise.all([pairAt(person, people.peek(person)?.calls ?? 0), calledFor(person)]);
      // Whatever failed is looked for again, and fails then where somebody is told.
      begun.set(person, {
        at,
        found: found.then(
          ([own, forMe]) => ({ own, forMe }),
          () => undefined,
        ),
      });
    },

    async standing(person, { isAhead = false } = {}) {
      const ahead = isAhead ? takeBegun(person) : undefined;
      const known = await callsOf(person);
      const found = await ahead;
      // It began from what was known here: somewhere else they may have called since.
      if (found !== undefined && isOver(found.own) && numberOf(found.own) >= known) {
        return { ...found.own, forMe: found.forMe, known };
      }
      const [own, forMe] = await Promise.all([latest(person, known), calledFor(person)]);
      return { ...own, forMe, known };
    },
  };
}

interface Begun {
  readonly own: Latest;
  readonly forMe: Found | undefined;
}

const isOver = ({ last, next }: Latest): boolean =>
  next !== undefined || last?.envelope.state.status === 'open';

const numberOf = ({ last, next }: Latest): number => next?.count ?? last?.envelope.state.number ?? 0;
