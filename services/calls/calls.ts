import type { Clock } from '../clock.ts';
import type { Directory, PersonId, Place } from '../directory/directory.ts';
import type { Documents, Executed } from '../engine/engine.ts';
import type { Envelope } from '../engine/envelope.ts';
import type { Log } from '../log.ts';
import type { People } from '../people/people.ts';
import { type DocumentStore, StoreError } from '../store/store.ts';
import type { Call, Participant } from './call.ts';
import type { CallCommand } from './commands.ts';
import type { Level } from './level.ts';
import type { CallSummary } from './listing.ts';
import { namedPeople, unknownNames } from './named.ts';
import { createSearch } from './search.ts';
import { type CallDetails, parseCallDetails } from './utterance.ts';

interface CallRequest {
  readonly by: Participant;
  readonly level: Exclude<Level, 'report'>;
  readonly details: CallDetails;
  /** Identifies this request: the same one delivered again changes nothing. */
  readonly op: string;
  /** Who is attacked, when that is known already (代筆); else `details` may name them. */
  readonly affected?: Participant;
  /**
   * Names the button that was pressed. Teams redelivers a press with a new id: within a minute after the call of that
   * button has been closed, the same one is that press again.
   */
  readonly stamp?: string;
  /** When the request reached us, for what is measured of the call. */
  readonly arrivedAt?: number;
}

export interface Called {
  readonly code: string;
  readonly call: Call;
  /** `repeated`: nothing happened now; the call may be closed already. */
  readonly how: 'opened' | 'joined' | 'repeated';
  /** Names that were to be left out and fit nobody: those people may have been paged, and the caller must know. */
  readonly unknownNames: readonly string[];
}

export interface CasePage {
  readonly items: readonly CallSummary[];
  readonly next?: string;
}

export interface Calls {
  /** Somebody is about to call: what `call` needs to know is looked for from now on. */
  lookAhead(person: PersonId): void;
  /** Saves the call; pages follow from the saved document. A second call while one's own is open joins it. */
  call(request: CallRequest): Promise<Called>;
  /** A case for a written report without a call. The same `draft` finds the same case. */
  openReportCase(
    by: Participant,
    placeText: string,
    draft: string,
    affected?: Participant | null,
  ): Promise<string>;
  execute(code: string, command: CallCommand, op?: string): Promise<Executed<Call>>;
  read(code: string): Promise<Call | undefined>;
  /** One's own open call, or else the one that somebody made for one, if any. */
  openCallOf(person: PersonId): Promise<Call | undefined>;
  /** The open calls somebody has been paged for, newest first. */
  pagedFor(person: PersonId): Promise<Call[]>;
  casesOf(person: PersonId, limit: number, cursor?: string): Promise<CasePage>;
}

interface Parts {
  readonly documents: Documents<Call, CallCommand>;
  readonly store: DocumentStore;
  readonly people: People;
  readonly directory: Directory;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

/** How long after a call has been closed a press of its button may still be the one that opened it. */
const REDELIVERED_MS = 60_000;

const exists = (error: unknown): boolean => error instanceof StoreError && error.code === 'already-exists';

export function createCalls(parts: Parts): Calls {
  const { documents, store, people, directory, clock, log } = parts;
  const { tenantId } = directory;
  const search = createSearch({ documents, store, people, tenantId, clock, log });

  /** One attempt; undefined when somebody else was faster. */
  async function tryCall(
    request: CallRequest,
    isAhead: boolean,
  ): Promise<Omit<Called, 'unknownNames'> | undefined> {
    const { by, details } = request;
    const { last, next, forMe, known } = await search.standing(by.id, { isAhead });
    for (const { code, envelope } of [last, next && forMe].flatMap((one) => one ?? []))
      if (isRepeated(request, envelope)) return { code, call: envelope.state, how: 'repeated' };
    const place = directory.resolvePlace(details.place, directory.person(request.affected?.id ?? by.id));
    if (next === undefined) return last === undefined ? undefined : joins(request, last.code, place);
    const joined =
      forMe?.envelope.state.status === 'open' ? await joins(request, forMe.code, place) : undefined;
    return joined ?? open(request, next, place, known);
  }

  const opOf = ({ op, stamp }: CallRequest): string => (stamp === undefined ? op : `${op}#${stamp}`);

  function isRepeated(request: CallRequest, { ops, state }: Envelope<Call>): boolean {
    if (ops.includes(opOf(request))) return true;
    const { stamp } = request;
    if (stamp === undefined || state.closedAt === null) return false;
    return clock.now() - state.closedAt < REDELIVERED_MS && ops.some((op) => op.endsWith(`#${stamp}`));
  }

  /** Undefined when the call cannot be joined, which somebody may have closed meanwhile. */
  async function joins(request: CallRequest, code: string, place: Place) {
    const { by, level, details } = request;
    const joined = await documents.execute(
      code,
      {
        type: 'join',
        by,
        level,
        place: details.place === '' ? null : place,
        ...namedPeople(directory, request, place),
      },
      opOf(request),
    );
    if (joined.kind === 'refused' || joined.kind === 'absent') return undefined;
    return { code, call: joined.state, how: joined.kind === 'done' ? 'joined' : 'repeated' } as const;
  }

  async function open(
    request: CallRequest,
    next: { code: string; count: number },
    place: Place,
    known: number,
  ) {
    const { by, level } = request;
    const { code, count } = next;
    try {
      const command = {
        type: 'open',
        code,
        number: count,
        by,
        level,
        place,
        ...namedPeople(directory, request, place),
        ...(request.arrivedAt === undefined ? {} : { arrivedAt: request.arrivedAt }),
      } as const;
      const opened = await documents.create(code, command, opOf(request));
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
    lookAhead: search.begin,

    async call(request) {
      // Each turn somebody else (another instance, a second tap) was faster: look again and join.
      for (let tries = 0; tries < 20; tries++) {
        const called = await tryCall(request, tries === 0);
        if (called !== undefined) return { ...called, unknownNames: unknownNames(directory, request) };
      }
      throw new StoreError('unavailable', 'the call could not be saved');
    },

    async openReportCase(by, placeText, draft, affected = null) {
      const number = -1;
      // The same form for somebody else is another case: nobody reads what another one told.
      const whom = affected?.id ?? '';
      const mine = (call: Call) =>
        call.caller.id === by.id && call.draft === draft && (call.affected?.id ?? '') === whom;
      const where = parseCallDetails(placeText, directory).place;
      // 「2番窓口」 of whoever it happened to, not of the one who writes for them.
      const place = directory.resolvePlace(where, directory.person(affected?.id ?? by.id));
      for (let tries = 0; tries < 20; tries++) {
        const found = await search.find([directory.tenantId, by.id, 'report', draft, whom], mine);
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
              affected,
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
      const { last, next, forMe } = await search.standing(person);
      if (next === undefined) return last?.envelope.state;
      return forMe?.envelope.state.status === 'open' ? forMe.envelope.state : undefined;
    },

    async pagedFor(person) {
      const page = await store.list({ kind: 'call', term: `paged:${person}`, limit: 5 });
      const found = await Promise.all(page.items.map(({ id }) => search.readOrPass(id)));
      return found.flatMap((one) => (one === undefined || one === 'unreadable' ? [] : [one.state]));
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
