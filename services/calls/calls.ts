import type { Directory, PersonId, Place } from '../directory/directory.ts';
import type { Documents, Executed } from '../engine/engine.ts';
import type { Envelope } from '../engine/envelope.ts';
import type { People } from '../people/people.ts';
import { type DocumentStore, StoreError } from '../store/store.ts';
import type { Call, Participant } from './call.ts';
import { CODE_ATTEMPTS, caseCode } from './code.ts';
import type { CallCommand } from './commands.ts';
import type { Level } from './level.ts';
import type { CallSummary } from './listing.ts';
import { peopleCalled } from './named.ts';
import type { CallDetails } from './utterance.ts';

export interface CallRequest {
  readonly by: Participant;
  readonly level: Exclude<Level, 'report'>;
  readonly details: CallDetails;
  /** Identifies this request: the same one delivered again changes nothing. */
  readonly op: string;
}

export interface Called {
  readonly code: string;
  readonly call: Call;
  readonly how: 'opened' | 'joined' | 'repeated';
  /** Names that were to be left out and fit nobody: those people may have been paged, and the caller must know. */
  readonly unknownNames: readonly string[];
}

export interface CasePage {
  readonly items: readonly CallSummary[];
  readonly next?: string;
}

export interface Calls {
  /** Saves the call; pages follow from the saved document. A second call while one's own is open joins it. */
  call(request: CallRequest): Promise<Called>;
  /** A case for a written report without a call. The same `draft` finds the same case. */
  openReportCase(by: Participant, placeText: string, draft: string): Promise<string>;
  execute(code: string, command: CallCommand, op?: string): Promise<Executed<Call>>;
  read(code: string): Promise<Call | undefined>;
  /** One's own open call, if any. */
  openCallOf(person: PersonId): Promise<Call | undefined>;
  /** Codes of the open calls somebody has been paged for, newest first. */
  pagedFor(person: PersonId): Promise<string[]>;
  casesOf(person: PersonId, limit: number, cursor?: string): Promise<CasePage>;
}

interface Parts {
  readonly documents: Documents<Call, CallCommand>;
  readonly store: DocumentStore;
  readonly people: People;
  readonly directory: Directory;
}

const exists = (error: unknown): boolean => error instanceof StoreError && error.code === 'already-exists';

export function createCalls(parts: Parts): Calls {
  const { documents, store, people, directory } = parts;
  const origin = (person: PersonId, count: number) => [directory.tenantId, person, 'call', count];

  /** The document that belongs to an origin, or the free code to create it under. */
  async function find(ofOrigin: (string | number)[], mine: (call: Call) => boolean) {
    for (let attempt = 0; attempt < CODE_ATTEMPTS; attempt++) {
      const code = caseCode(ofOrigin, attempt);
      const envelope = await documents.read(code);
      if (envelope === undefined) return { code, envelope };
      if (mine(envelope.state)) return { code, envelope };
    }
    throw new Error('no free case code');
  }

  /** Somebody's latest call and, unless that one is open, the free code and number of the next. */
  async function latest(person: PersonId, from: number) {
    let last: { code: string; envelope: Envelope<Call> } | undefined;
    for (let count = from; ; count++) {
      const isMine = (call: Call) => call.caller.id === person && call.number === count;
      const { code, envelope } = await find(origin(person, count), isMine);
      if (envelope === undefined) return { last, next: { code, count } };
      last = { code, envelope };
      if (envelope.state.status === 'open') return { last, next: undefined };
    }
  }

  function namedPeople(request: CallRequest) {
    const { by, details } = request;
    const section = directory.person(by.id)?.section;
    const ids = details.excludedNames.flatMap((name) => peopleCalled(directory, name, section));
    return { affected: affectedOf(details.affectedName, by), excluded: ids.filter((id) => id !== by.id) };
  }

  const unknownNames = ({ by, details }: CallRequest): string[] =>
    details.excludedNames.filter(
      (name) => peopleCalled(directory, name, directory.person(by.id)?.section).length === 0,
    );

  /** A name that fits exactly one person is that person; otherwise it is kept as it was written. */
  function affectedOf(name: string | null, by: Participant): Participant | null {
    if (name === null) return null;
    const found = directory.findByName(name, directory.person(by.id)?.section);
    const [only] = found;
    if (found.length === 1 && only?.id === by.id) return null;
    if (found.length === 1 && only !== undefined) return { id: only.id, name: only.name, kind: only.kind };
    return { id: '', name, kind: 'person' };
  }

  /** One attempt; undefined when somebody else was faster. */
  async function tryCall(request: CallRequest): Promise<Omit<Called, 'unknownNames'> | undefined> {
    const { by, level, details, op } = request;
    const known = await people.read(by.id);
    const { last, next } = await latest(by.id, known.calls);
    if (last?.envelope.ops.includes(op)) {
      return { code: last.code, call: last.envelope.state, how: 'repeated' };
    }
    const place = directory.resolvePlace(details.place, directory.person(by.id));
    const named = namedPeople(request);
    if (last !== undefined && next === undefined) {
      const added = details.place === '' ? null : place;
      const joined = await documents.execute(
        last.code,
        { type: 'join', by, level, place: added, ...named },
        op,
      );
      if (joined.kind === 'refused' || joined.kind === 'absent') return undefined;
      return { code: last.code, call: joined.state, how: joined.kind === 'done' ? 'joined' : 'repeated' };
    }
    return next === undefined ? undefined : open(request, next, place, known.calls);
  }

  async function open(
    request: CallRequest,
    next: { code: string; count: number },
    place: Place,
    known: number,
  ) {
    const { by, level, op } = request;
    const { code, count } = next;
    try {
      const command = {
        type: 'open',
        code,
        number: count,
        by,
        level,
        place,
        ...namedPeople(request),
      } as const;
      const opened = await documents.create(code, command, op);
      if (opened.kind !== 'done') return undefined;
      // Only a hint for the next search: its loss costs a few reads.
      if (count > known)
        await people.update(by.id, (p) => ({ calls: Math.max(p.calls, count) })).catch(() => {});
      return { code, call: opened.state, how: 'opened' as const };
    } catch (error) {
      if (exists(error)) return undefined;
      throw error;
    }
  }

  return {
    async call(request) {
      // Each turn somebody else (another instance, a second tap) was faster: look again and join.
      for (let tries = 0; tries < 20; tries++) {
        const called = await tryCall(request);
        if (called !== undefined) return { ...called, unknownNames: unknownNames(request) };
      }
      throw new StoreError('unavailable', 'the call could not be saved');
    },

    async openReportCase(by, placeText, draft) {
      const number = -1;
      const mine = (call: Call) => call.caller.id === by.id && call.draft === draft;
      const place = directory.resolvePlace(placeText, directory.person(by.id));
      for (let tries = 0; tries < 20; tries++) {
        const found = await find([directory.tenantId, by.id, 'report', draft], mine);
        if (found.envelope !== undefined) return found.code;
        try {
          await documents.create(
            found.code,
            {
              type: 'open',
              code: found.code,
              number,
              draft,
              by,
              level: 'report',
              place,
              affected: null,
              excluded: [],
            },
            draft,
          );
          return found.code;
        } catch (error) {
          if (!exists(error)) throw error;
        }
      }
      throw new StoreError('unavailable', 'the report could not be saved');
    },

    execute: (code, command, op) => documents.execute(code, command, op),
    read: async (code) => (await documents.read(code))?.state,

    async openCallOf(person) {
      const known = await people.read(person);
      const { last, next } = await latest(person, known.calls);
      return next === undefined ? last?.envelope.state : undefined;
    },

    async pagedFor(person) {
      const page = await store.list({ kind: 'call', term: `paged:${person}`, limit: 5 });
      return page.items.map((item) => item.id);
    },

    async casesOf(person, limit, cursor) {
      const term = `mine:${person}`;
      const page = await store.list({
        kind: 'call',
        term,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
      const items = page.items.flatMap((item) =>
        item.summary === null ? [] : [item.summary as CallSummary],
      );
      return page.next === undefined ? { items } : { items, next: page.next };
    },
  };
}
