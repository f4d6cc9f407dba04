import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import {
  type Document,
  type DocumentStore,
  type Key,
  keyText,
  type Stored,
  StoreError,
} from '../store/store.ts';
import type { Aggregate, EngineCommand, Perform, Refused } from './aggregate.ts';
import { apply } from './apply.ts';
import { CLAIM_MS, claimReady, finish, mayBeTaken } from './claims.ts';
import { decode, type Effect, type Envelope, encode, NewerEnvelope } from './envelope.ts';
import { KeyedLock } from './keyedLock.ts';
import { CURRENT, type Schema } from './schema.ts';

const POLL_MS = 1_000;
const BATCH = 50;
const STALE_TRIES = 40;
/** A rule or a performer that throws is tried again after this long: others go on meanwhile. */
const DEFECT_DELAY_MS = 30_000;
const SKIP_MS = 60_000;
/** How often a write is tried whose answer did not come. */
const LOST_TRIES = 3;

export type Executed<S> =
  | { readonly kind: 'done'; readonly state: S; readonly rev: number; readonly changed: boolean }
  /** The operation had been applied before (redelivery, lost answer): nothing happened now. */
  | { readonly kind: 'repeated'; readonly state: S; readonly rev: number }
  | { readonly kind: 'refused'; readonly refusal: Refused; readonly state: S; readonly rev: number }
  | { readonly kind: 'absent' };

interface Served<S, C> {
  readonly aggregate: Aggregate<S, C>;
  readonly perform: Perform<S>;
}

/** What `register` hands out: typed access to one kind of document. */
export interface Documents<S, C> {
  /** Reads, decides and writes until one write wins. `op` makes a repetition of the same operation harmless. */
  execute(id: string, command: C, op?: string): Promise<Executed<S>>;
  /** Creates the document by a command. @throws StoreError `already-exists` */
  create(id: string, command: C, op?: string): Promise<Executed<S>>;
  read(id: string): Promise<Envelope<S> | undefined>;
}

export interface EngineHealth {
  readonly running: boolean;
  /** When a poll of the store last succeeded. */
  readonly lastPollAt: number | null;
  readonly inFlight: number;
}

/**
 * Fires due timers and performs owed effects of all documents (design: Engine). The store is the only truth;
 * several engines may serve one store, and this one may be killed between any two lines.
 */
export class Engine {
  readonly #store: DocumentStore;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #schema: Schema;
  readonly #served = new Map<string, Served<unknown, unknown>>();
  readonly #lock = new KeyedLock();
  readonly #inFlight = new Set<Promise<void>>();
  /** Documents that cannot be decoded here: key → when to look again. */
  readonly #skipped = new Map<string, number>();
  #running = false;
  #lastPollAt: number | null = null;
  #cancelWake: () => void = () => {};
  #wakeAt = Number.POSITIVE_INFINITY;

  /** @param options.schema another program version's, for tests of two versions side by side */
  constructor(options: { store: DocumentStore; clock: Clock; log: Log; schema?: Schema }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#schema = options.schema ?? CURRENT;
  }

  register<S, C>(aggregate: Aggregate<S, C>, perform: Perform<S>): Documents<S, C> {
    const { kind } = aggregate;
    this.#served.set(kind, { aggregate, perform } as unknown as Served<unknown, unknown>);
    return {
      execute: (id, command, op) => this.#execute(aggregate, { kind, id }, command, op),
      create: (id, command, op) => this.#create(aggregate, id, command, op),
      read: async (id) => {
        const stored = await this.#store.read({ kind, id });
        return stored === undefined ? undefined : decode<S>(stored, this.#schema);
      },
    };
  }

  start(): void {
    this.#running = true;
    this.#wakeIn(0);
  }

  /** Takes nothing new and waits for what is under way (bounded by the channel's own deadline). */
  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelWake();
    // An effect that never ends (no channel does that) must not keep the process: its claim expires by itself.
    let cancel = () => {};
    const bound = new Promise<void>((resolve) => {
      cancel = this.#clock.after(CLAIM_MS, resolve);
    });
    await Promise.race([this.idle(), bound]);
    cancel();
  }

  health(): EngineHealth {
    return { running: this.#running, lastPollAt: this.#lastPollAt, inFlight: this.#inFlight.size };
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#inFlight.size > 0) await Promise.all(this.#inFlight);
  }

  /** Takes everything that is due now and waits until it has settled: for tests and tools. */
  async runDue(): Promise<void> {
    for (;;) {
      const { ready } = await this.#due();
      if (ready.length === 0 && this.#inFlight.size === 0) return;
      for (const key of ready) this.#track(this.#take(key));
      await this.idle();
    }
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#inFlight.delete(tracked));
    this.#inFlight.add(tracked);
  }

  /** Somebody committed: look at this document at once. */
  #nudge(key: Key): void {
    if (this.#running) this.#track(this.#take(key));
  }

  #wakeIn(ms: number): void {
    if (!this.#running) return;
    const at = this.#clock.now() + ms;
    if (at >= this.#wakeAt) return;
    this.#cancelWake();
    this.#wakeAt = at;
    this.#cancelWake = this.#clock.after(ms, () => {
      this.#wakeAt = Number.POSITIVE_INFINITY;
      this.#track(this.#poll());
    });
  }

  /** The backstop for crashes and for what other instances committed. */
  async #poll(): Promise<void> {
    try {
      const { ready, isFirstSkipped } = await this.#due();
      for (const key of ready) this.#track(this.#take(key));
      const next = await this.#store.nextDue();
      this.#lastPollAt = this.#clock.now();
      const jittered = POLL_MS * (0.8 + Math.random() * 0.4);
      // The earliest cannot be served for now: its moment, long past, says nothing about when to look again.
      const soon = next === undefined || isFirstSkipped ? jittered : Math.max(20, next - this.#clock.now());
      this.#wakeIn(Math.min(jittered, soon));
    } catch (error) {
      this.#log.error({ err: error }, 'poll failed');
      this.#wakeIn(POLL_MS);
    }
  }

  async #due(): Promise<{ ready: Key[]; isFirstSkipped: boolean }> {
    const now = this.#clock.now();
    const keys = await this.#store.due(now, BATCH + this.#skipped.size);
    const isSkipped = (key: Key) => (this.#skipped.get(keyText(key)) ?? 0) > now;
    const [first] = keys;
    return {
      ready: keys.filter((key) => !isSkipped(key)),
      isFirstSkipped: first !== undefined && isSkipped(first),
    };
  }

  async #create<S, C>(aggregate: Aggregate<S, C>, id: string, command: C, op?: string): Promise<Executed<S>> {
    const now = this.#clock.now();
    const decision = aggregate.decide(undefined, command, { now, nextRev: 1 });
    if (!decision.ok) throw new Error(`${aggregate.kind} cannot be created: ${decision.reason}`);
    const envelope = apply(undefined, decision, now, op, this.#schema);
    const key = { kind: aggregate.kind, id };
    await this.#createOnce(encode(key.kind, id, envelope, aggregate.listing(envelope.state)), op);
    this.#nudge(key);
    return { kind: 'done', state: envelope.state, rev: envelope.rev, changed: true };
  }

  async #execute<S, C>(
    aggregate: Aggregate<S, C>,
    key: Key,
    command: C | EngineCommand,
    op?: string,
  ): Promise<Executed<S>> {
    const executed = await this.#lock.run(keyText(key), () =>
      this.#untilWritten<Executed<S>>(key, async (stored) => {
        const before = decode<S>(stored, this.#schema);
        const { state, rev } = before;
        if (op !== undefined && before.ops.includes(op)) return { kind: 'repeated', state, rev };
        const now = this.#clock.now();
        const decision = aggregate.decide(state, command, { now, nextRev: rev + 1 });
        if (!decision.ok) return { kind: 'refused', refusal: decision, state, rev };
        const after = finish(apply(before, decision, now, op, this.#schema), command, decision, now);
        await this.#replaceOnce(encode(key.kind, key.id, after, aggregate.listing(after.state)), stored.etag);
        return { kind: 'done', state: after.state, rev: after.rev, changed: decision.changed };
      }),
    );
    if (executed?.kind === 'done') this.#nudge(key);
    return executed ?? { kind: 'absent' };
  }

  /** Runs read → write again while somebody else wins; undefined when the document does not exist. */
  async #untilWritten<R>(key: Key, write: (stored: Stored) => Promise<R>): Promise<R | undefined> {
    for (let tries = 1; ; tries++) {
      const stored = await this.#store.read(key);
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
  async #replaceOnce(document: Document, etag: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.#store.replace(document, etag);
        return;
      } catch (error) {
        if (!isUnavailable(error) || tries >= LOST_TRIES) throw error;
        const stored = await this.#store.read(document);
        if (stored !== undefined && sameBody(stored, document)) return;
        if (stored?.etag !== etag)
          throw new StoreError('stale', `${keyText(document)} has been written since.`);
      }
    }
  }

  async #createOnce(document: Document, op: string | undefined): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await this.#store.create(document);
        return;
      } catch (error) {
        if (!isUnavailable(error) || tries >= LOST_TRIES) throw error;
        const stored = await this.#store.read(document);
        if (stored === undefined) continue;
        const mine = op !== undefined && decode(stored, this.#schema).ops.includes(op);
        if (mine || sameBody(stored, document)) return;
        throw new StoreError('already-exists', `${keyText(document)} exists already.`);
      }
    }
  }

  /** One pass over one document: fire timers and claim effects in one write, then perform what was claimed. */
  async #take(key: Key): Promise<void> {
    const served = this.#served.get(key.kind);
    if (served === undefined) return;
    try {
      const claimed = await this.#lock.run(keyText(key), () =>
        this.#untilWritten(key, async (stored) => {
          const now = this.#clock.now();
          const before = decode<unknown>(stored, this.#schema);
          const { envelope, mine } = claimReady(this.#fireTimers(key, served.aggregate, before, now), now);
          if (envelope === before) return { envelope, mine };
          const document = encode(key.kind, key.id, envelope, served.aggregate.listing(envelope.state));
          if (document.dueAt !== null) this.#wakeIn(Math.max(0, document.dueAt - now));
          await this.#replaceOnce(document, stored.etag);
          return { envelope, mine };
        }),
      );
      this.#skipped.delete(keyText(key));
      if (claimed === undefined) return;
      for (const effect of claimed.mine) this.#track(this.#perform(key, served, effect, claimed.envelope));
    } catch (error) {
      // A store that does not answer is asked again by the next poll; one bad document must not stand in the
      // way of the others.
      if (!(error instanceof StoreError)) this.#skipped.set(keyText(key), this.#clock.now() + SKIP_MS);
      if (error instanceof NewerEnvelope) {
        return this.#log.warn({ key: keyText(key) }, 'left to a newer version of the program');
      }
      this.#log.error({ key: keyText(key), err: error }, 'document not served');
    }
  }

  #fireTimers(key: Key, aggregate: Aggregate<unknown, unknown>, before: Envelope<unknown>, now: number) {
    let envelope = before;
    const due = Object.entries(before.timers).filter(([, at]) => at <= now);
    for (const [name, at] of due.sort((a, b) => a[1] - b[1])) {
      if (envelope.timers[name] !== at) continue;
      try {
        const { [name]: _fired, ...timers } = envelope.timers;
        const moment = { now, nextRev: envelope.rev + 1 };
        const decision = aggregate.decide(envelope.state, { type: 'timer', name }, moment);
        envelope = decision.ok
          ? apply({ ...envelope, timers }, decision, now, undefined, this.#schema)
          : { ...envelope, timers };
      } catch (error) {
        this.#log.error({ key: keyText(key), timer: name, err: error }, 'timer failed');
        envelope = { ...envelope, timers: { ...envelope.timers, [name]: now + DEFECT_DELAY_MS } };
      }
    }
    return envelope;
  }

  async #perform(
    key: Key,
    served: Served<unknown, unknown>,
    effect: Effect,
    envelope: Envelope<unknown>,
  ): Promise<void> {
    if (mayBeTaken(effect, this.#clock.now())) {
      return this.#log.warn({ key: keyText(key), effect: effect.key }, 'claimed too long ago to be sent');
    }
    let outcome: unknown;
    try {
      outcome = await served.perform(effect, envelope.state, envelope.rev);
    } catch (error) {
      this.#log.error({ key: keyText(key), effect: effect.key, err: error }, 'effect failed');
      outcome = { kind: 'retry', reason: 'defect', retryAfterMs: DEFECT_DELAY_MS };
    }
    // Whatever did not arrive leaves a trace that names the case.
    const { kind, reason } = outcome as { kind?: string; reason?: string };
    if (reason !== undefined) {
      this.#log.warn(
        { key: keyText(key), effect: effect.key, attempt: effect.attempt, kind, reason },
        'not delivered',
      );
    }
    const command: EngineCommand = { type: 'settled', effect, outcome, shownRev: envelope.rev };
    try {
      await this.#execute(served.aggregate, key, command);
    } catch (error) {
      // The claim expires and the effect counts as uncertain: nothing is lost.
      this.#log.error({ key: keyText(key), effect: effect.key, err: error }, 'outcome not recorded');
    }
  }
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof StoreError && error.code === 'unavailable';

const sameBody = (stored: Stored, written: Document): boolean =>
  JSON.stringify(stored.body) === JSON.stringify(written.body);
