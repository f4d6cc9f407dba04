import type fc from 'fast-check';
import type { Call } from '../../services/calls/call.ts';
import { fiscalYear, numberKey } from '../../services/calls/caseNumber.ts';
import type { CallCommand } from '../../services/calls/commands.ts';
import { decideCall } from '../../services/calls/decide.ts';
import { listingOf } from '../../services/calls/listing.ts';
import { createNumbering, type Numbering } from '../../services/calls/numbering.ts';
import type { Directory } from '../../services/directory/directory.ts';
import { apply } from '../../services/engine/apply.ts';
import type { Executed } from '../../services/engine/engine.ts';
import { decode, type Envelope, encode } from '../../services/engine/envelope.ts';
import {
  type Document,
  type DocumentStore,
  type Key,
  type ListQuery,
  StoreError,
} from '../../services/store/store.ts';
import { FaultyStore, type WriteFault } from './faultyStore.ts';
import { MemoryStore } from './memoryStore.ts';
import { participant, Simulation } from './simulation.ts';

const OFFICER = '00000000-0000-4000-8000-000000000301';
const REPORTER = '00000000-0000-4000-8000-000000000101';

/** Cases that have been accepted, and the numbers that stand for them. */
export class Numbers {
  readonly store = new MemoryStore();
  readonly codes: string[] = [];
  /** What was wrong at some moment, in words. */
  readonly wrong: string[] = [];
  readonly #directory: Directory;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** Accepted at this moment; it has no number yet. */
  accepted(at: number): string {
    const code = `K-${this.codes.length}`;
    const simulation = reported(this.#directory, code, at);
    simulation.command({ type: 'accept', by: participant(this.#directory, OFFICER) });
    this.codes.push(code);
    void this.store.create(document(code, envelopeOf(simulation)));
    return code;
  }

  /** Numbers 1 to `count` of a year are other cases' already. */
  taken(year: number, count: number): void {
    for (let n = 1; n <= count; n++) {
      const terms = [`year:${year}`];
      const body = { code: `K-OLD-${n}` };
      void this.store.create({
        ...numberKey({ year, n }),
        dueAt: null,
        terms,
        sortAt: n,
        summary: body,
        body,
      });
    }
  }

  call(code: string): Call {
    return readCall(this.store.peek({ kind: 'call', id: code }))?.state ?? fail(`${code} is not there`);
  }

  /** Watches every write: numbers of a year are 1, 2, 3 … at every moment, and each case's is its own. */
  watch(): void {
    this.store.afterWrite = () => {
      const numbers = this.store.ofKind('number');
      for (const year of new Set(numbers.map(({ id }) => id.split('-')[0]))) {
        const ns = numbers.filter(({ id }) => id.startsWith(`${year}-`)).map(({ sortAt }) => sortAt);
        if (Math.max(...ns) !== ns.length) this.wrong.push(`gap in ${year}: ${ns}`);
      }
      for (const code of this.codes) {
        const { number = null } = this.call(code).handling ?? {};
        if (number !== null && this.ownerOf(number) !== code) this.wrong.push(`${code} has another's number`);
      }
    };
  }

  ownerOf(number: { year: number; n: number }): string | undefined {
    return (this.store.peek(numberKey(number))?.body as { code: string } | undefined)?.code;
  }

  /** What must hold once everybody is done. */
  problems(): string[] {
    const found = [...this.wrong];
    for (const code of this.codes) {
      const { number = null, accepted = null } = this.call(code).handling ?? {};
      if (number === null || accepted === null) found.push(`${code} has no number`);
      else {
        if (number.year !== fiscalYear(accepted.at)) found.push(`${code} is in ${number.year}`);
        if (this.ownerOf(number) !== code) found.push(`${code} has a number of ${this.ownerOf(number)}`);
      }
      const own = this.store.ofKind('number').filter(({ body }) => (body as { code: string }).code === code);
      if (own.length !== 1) found.push(`${code} has ${own.length} numbers`);
    }
    return found;
  }

  /** One process: its own way to the store, on which any write may go wrong. */
  instance(scheduler?: fc.Scheduler, faults: readonly (WriteFault | undefined)[] = []): Numbering {
    const wait = (what: string) => scheduler?.schedule(Promise.resolve(), what);
    return this.#instance(scheduler === undefined ? this.store : slowly(this.store, wait), faults);
  }

  /** One process that stands still before its nth step, `until` something has happened. */
  paused(before: number, until: () => Promise<unknown>): Numbering {
    let steps = 0;
    return this.#instance(
      slowly(this.store, async (what) => {
        if (what.endsWith(ANSWER)) return;
        if (steps === before) await until();
        steps += 1;
      }),
      [],
    );
  }

  #instance(inner: DocumentStore, faults: readonly (WriteFault | undefined)[]): Numbering {
    const store = new FaultyStore(inner);
    store.fault = (count) => faults[count - 1];
    const directory = this.#directory;
    const read = async (code: string) => readCall(await store.read({ kind: 'call', id: code }))?.state;
    return createNumbering({
      store,
      read,
      execute: (code, command) => execute(store, directory, code, command),
    });
  }
}

function reported(directory: Directory, code: string, at: number): Simulation {
  const simulation = new Simulation(directory, at);
  const by = participant(directory, REPORTER);
  const place = directory.resolvePlace('2番窓口', directory.person(REPORTER));
  const open = { type: 'open', code, number: -1, level: 'report', affected: null, excluded: [] } as const;
  simulation.command({ ...open, by, place });
  return simulation;
}

/** A written report that waits for General Affairs: whoever was to be told has been, and nobody has a card of it. */
export function waitingCase(directory: Directory, code: string, at: number): Document {
  const { state, ...rest } = envelopeOf(reported(directory, code, at));
  return document(code, { ...rest, state: { ...state, copies: {} }, outbox: [] });
}

const envelopeOf = ({ envelope }: Simulation): Envelope<Call> => envelope ?? fail('nothing was decided');

const fail = (message: string): never => {
  throw new Error(message);
};

const document = (code: string, envelope: Envelope<Call>): Document =>
  encode('call', code, envelope, listingOf(envelope.state));

const readCall = (stored: Awaited<ReturnType<DocumentStore['read']>>): Envelope<Call> | undefined =>
  stored === undefined ? undefined : decode<Call>(stored);

/** Read, decide, write if nobody else has: what the engine does, without its waits and its patience with a lost answer. */
async function execute(
  store: DocumentStore,
  directory: Directory,
  code: string,
  command: CallCommand,
): Promise<Executed<Call>> {
  for (;;) {
    const stored = await store.read({ kind: 'call', id: code });
    const before = readCall(stored);
    if (stored === undefined || before === undefined) return { kind: 'absent' };
    const { state, rev } = before;
    const now = state.timeline.at(-1)?.at ?? 0;
    const decision = decideCall({ directory }, state, command, { now, nextRev: rev + 1 });
    if (!decision.ok) return { kind: 'refused', refusal: decision, state, rev };
    const after = apply(before, decision, now);
    try {
      await store.replace(document(code, after), stored.etag);
      return { kind: 'done', state: after.state, rev: after.rev, changed: decision.changed };
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'stale') throw error;
    }
  }
}

const ANSWER = ': answer';

/** Each request and each answer takes as long as somebody likes: a process may stand still anywhere. */
function slowly(inner: MemoryStore, wait: (what: string) => Promise<unknown> | undefined): DocumentStore {
  const travel = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    await wait(what);
    try {
      return await work();
    } finally {
      await wait(`${what}${ANSWER}`);
    }
  };
  return {
    create: (doc) => travel(`create ${doc.id}`, () => inner.create(doc)),
    replace: (doc, etag) => travel(`replace ${doc.id}`, () => inner.replace(doc, etag)),
    read: (key: Key) => travel(`read ${key.id}`, () => inner.read(key)),
    list: (query: ListQuery) => travel('list', () => inner.list(query)),
    due: () => inner.due(),
    nextDue: () => inner.nextDue(),
    all: (after, limit) => inner.all(after, limit),
    ping: () => inner.ping(),
    close: () => inner.close(),
  };
}
