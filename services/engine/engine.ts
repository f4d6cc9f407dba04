import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type DocumentStore, type Key, keyText, type Stored } from '../store/store.ts';
import type { Aggregate, EngineCommand, Perform, Refused } from './aggregate.ts';
import { apply } from './apply.ts';
import { CLAIM_EXPIRED, CLAIM_MS, type Claimed, claimReady, finish, mayBeTaken } from './claims.ts';
import { decode, type Effect, type Envelope, encode } from './envelope.ts';
import { KeyedLock } from './keyedLock.ts';
import { tellLost } from './lost.ts';
import { type EngineObserver, firedTimers, observedBy, type SkipReason } from './observer.ts';
import { CURRENT, type Schema } from './schema.ts';
import { Skipped, skipReason } from './skipped.ts';
import { DEFECT_DELAY_MS, fireTimers } from './timers.ts';
import { UnderWay } from './underWay.ts';
import { WakeUp } from './wakeUp.ts';
import { Writes } from './writes.ts';

const POLL_MS = 1_000;
const BATCH = 200;
/** Two pages of one call take about as long: one write and one new card say that both have arrived. */
const MOMENTS_MS = 100;

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
  readonly #writes: Writes;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #schema: Schema;
  readonly #observer: EngineObserver;
  readonly #served = new Map<string, Served<unknown, unknown>>();
  readonly #lock = new KeyedLock();
  readonly #inFlight = new Set<Promise<void>>();
  /** What this process has claimed and not settled yet. */
  readonly #underWay = new UnderWay();
  readonly #skipped = new Skipped();
  /** Being taken at this moment: a poll that finds them still due leaves them. */
  readonly #taking = new Set<string>();
  readonly #wake: WakeUp;
  #running = false;
  #polls = false;
  #lastPollAt: number | null = null;

  /** @param options.schema another program version's, for tests of two versions side by side */
  constructor(options: {
    store: DocumentStore;
    clock: Clock;
    log: Log;
    schema?: Schema;
    observer?: EngineObserver;
  }) {
    this.#store = options.store;
    this.#writes = new Writes(options.store);
    this.#clock = options.clock;
    this.#log = options.log;
    this.#wake = new WakeUp(options.clock, () => this.#track(this.#poll()));
    this.#schema = options.schema ?? CURRENT;
    this.#observer = options.observer ?? observedBy(options.log);
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

  /** @param options.polls false: looks at the store only when told to (`runDue`), for tests with a clock of theirs */
  start({ polls = true }: { polls?: boolean } = {}): void {
    this.#running = true;
    this.#polls = polls;
    this.#wakeIn(0);
  }

  /** Takes nothing new and waits for what is under way (bounded by the channel's own deadline). */
  async stop(): Promise<void> {
    this.#running = false;
    this.#polls = false;
    this.#wake.cancel();
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

  #wakeIn(ms: number): void {
    if (this.#polls) this.#wake.within(ms);
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
    const keys = await this.#store.due(now, BATCH + this.#skipped.size + this.#taking.size);
    const isSkipped = (key: Key) => this.#skipped.has(key, now);
    const [first] = keys;
    return {
      ready: keys.filter((key) => !isSkipped(key) && !this.#taking.has(keyText(key))),
      isFirstSkipped: first !== undefined && isSkipped(first),
    };
  }

  async #create<S, C>(aggregate: Aggregate<S, C>, id: string, command: C, op?: string): Promise<Executed<S>> {
    const now = this.#clock.now();
    const decision = aggregate.decide(undefined, command, { now, nextRev: 1 });
    if (!decision.ok) throw new Error(`${aggregate.kind} cannot be created: ${decision.reason}`);
    const key = { kind: aggregate.kind, id };
    const claimed = this.#claimIfRunning(aggregate, key, apply(undefined, decision, now, op, this.#schema));
    const { envelope } = claimed;
    const document = encode(key.kind, id, envelope, aggregate.listing(envelope.state));
    const isMine = (found: Stored) => op !== undefined && decode(found, this.#schema).ops.includes(op);
    const stored = await this.#writes.create(document, isMine);
    this.#observer.committed({ key, before: undefined, after: envelope });
    this.#performAll(key, stored, claimed);
    return { kind: 'done', state: envelope.state, rev: envelope.rev, changed: true };
  }

  async #execute<S, C>(aggregate: Aggregate<S, C>, key: Key, command: C, op?: string): Promise<Executed<S>> {
    const executed = await this.#lock.run(keyText(key), () =>
      this.#writes.untilWritten<Executed<S>>(key, async (stored) => {
        const before = decode<S>(stored, this.#schema);
        const { state, rev } = before;
        if (op !== undefined && before.ops.includes(op)) return { kind: 'repeated', state, rev };
        const now = this.#clock.now();
        const decision = aggregate.decide(state, command, { now, nextRev: rev + 1 });
        if (!decision.ok) return { kind: 'refused', refusal: decision, state, rev };
        const decided = apply(before, decision, now, op, this.#schema);
        const claimed = this.#claimIfRunning(aggregate, key, decided);
        const after = await this.#write(aggregate, key, { etag: stored.etag, before }, claimed);
        return { kind: 'done', state: after.state, rev: after.rev, changed: decision.changed };
      }),
    );
    return executed ?? { kind: 'absent' };
  }

  /** One that does not run only saves: another instance sends, or this one when it is started. */
  #claimIfRunning<S>(
    aggregate: Pick<Aggregate<S, never>, 'lost'>,
    key: Key,
    decided: Envelope<S>,
  ): Claimed<S> {
    if (!this.#running) return { envelope: decided, mine: [], expired: [] };
    return this.#claim(aggregate, key, decided, this.#clock.now());
  }

  #claim<S>(
    aggregate: Pick<Aggregate<S, never>, 'lost'>,
    key: Key,
    decided: Envelope<S>,
    now: number,
  ): Claimed<S> {
    const onDefect = (effect: Effect, err: unknown) =>
      this.#log.error({ key: keyText(key), effect: effect.key, err }, 'lost attempt not told');
    return claimReady(tellLost(aggregate, decided, now, this.#schema, onDefect), now);
  }

  /**
   * The one write of a decision, in which everything that is ready has been claimed for this process: what is owed is
   * sent as soon as it is saved, without another look at the store (docs/adr/0019).
   */
  async #write<S>(
    aggregate: Pick<Aggregate<S, never>, 'listing'>,
    key: Key,
    { etag, before }: { etag: string; before: Envelope<S> },
    claimed: Claimed<S>,
  ): Promise<Envelope<S>> {
    const { envelope } = claimed;
    const document = encode(key.kind, key.id, envelope, aggregate.listing(envelope.state));
    const stored = await this.#writes.replace(document, etag);
    this.#observer.committed({ key, before, after: envelope });
    this.#performAll(key, stored, claimed);
    return envelope;
  }

  #performAll(key: Key, stored: Stored, { envelope, mine, expired }: Claimed<unknown>): void {
    const served = this.#served.get(key.kind);
    if (served === undefined) return;
    this.#underWay.wrote(key, stored, this.#clock.now());
    for (const { key: effect, attempt } of expired) {
      this.#log.warn({ key: keyText(key), effect, attempt }, CLAIM_EXPIRED);
    }
    // After a lost answer somebody may have written since: only what is still claimed here is ours.
    const claims = new Set(decode(stored, this.#schema).outbox.map(({ claim }) => claim));
    for (const effect of mine.filter(({ claim }) => claims.has(claim))) {
      this.#underWay.began(key, stored);
      this.#track(this.#perform(key, served, effect, envelope).finally(() => this.#underWay.ended(key)));
    }
    if (stored.dueAt !== null) this.#wakeIn(Math.max(0, stored.dueAt - this.#clock.now()));
  }

  /** One pass over one document, and what becomes of one that cannot be served. */
  async #take(key: Key): Promise<void> {
    const served = this.#served.get(key.kind);
    // A kind that only a newer version of the program knows.
    if (served === undefined) return this.#skip(key, 'newer');
    this.#taking.add(keyText(key));
    try {
      const pass = (stored: Stored) => this.#pass(key, served, stored);
      await this.#lock.run(keyText(key), () =>
        this.#writes.untilWritten(key, pass, this.#underWay.due(key, this.#clock.now())),
      );
      this.#skipped.delete(key);
      this.#observer.documentServed(key);
    } catch (error) {
      const reason = skipReason(error);
      if (reason !== undefined) this.#skip(key, reason);
      if (reason === 'newer') {
        return this.#log.warn({ key: keyText(key) }, 'left to a newer version of the program');
      }
      this.#log.error({ key: keyText(key), err: error }, 'document not served');
    } finally {
      this.#taking.delete(keyText(key));
    }
  }

  /** Fires timers and claims effects in one write, then performs what was claimed. */
  async #pass(key: Key, { aggregate }: Served<unknown, unknown>, stored: Stored): Promise<void> {
    const before = decode<unknown>(stored, this.#schema);
    const onDefect = (timer: string, err: unknown) =>
      this.#log.error({ key: keyText(key), timer, err }, 'timer failed');
    const now = this.#clock.now();
    const fired = fireTimers(aggregate, before, now, this.#schema, onDefect);
    const claimed = this.#claim(aggregate, key, fired, now);
    if (claimed.envelope === before) return;
    await this.#write(aggregate, key, { etag: stored.etag, before }, claimed);
    for (const { name, lateMs } of firedTimers(before, fired, now))
      this.#observer.timerFired({ key, name, lateMs });
  }

  #skip(key: Key, reason: SkipReason): void {
    this.#skipped.add(key, this.#clock.now());
    this.#observer.documentSkipped(key, reason);
  }

  async #perform(
    key: Key,
    served: Served<unknown, unknown>,
    effect: Effect,
    envelope: Envelope<unknown>,
  ): Promise<void> {
    if (mayBeTaken(effect, this.#clock.now())) {
      this.#underWay.known(key);
      return this.#log.warn({ key: keyText(key), effect: effect.key }, 'claimed too long ago to be sent');
    }
    const attempt = { key, effect, state: envelope.state };
    const beganAt = this.#clock.now();
    this.#observer.attemptBegan(attempt);
    let outcome: unknown;
    try {
      outcome = await served.perform(effect, envelope.state, envelope.rev);
    } catch (error) {
      this.#log.error({ key: keyText(key), effect: effect.key, err: error }, 'effect failed');
      outcome = { kind: 'retry', reason: 'defect', retryAfterMs: DEFECT_DELAY_MS };
    }
    this.#underWay.known(key);
    this.#observer.attemptEnded({ ...attempt, outcome, ms: this.#clock.now() - beganAt });
    // Whatever did not arrive leaves a trace that names the case.
    const { kind, reason } = outcome as { kind?: string; reason?: string };
    if (reason !== undefined) {
      this.#log.warn(
        { key: keyText(key), effect: effect.key, attempt: effect.attempt, kind, reason },
        'not delivered',
      );
    }
    await this.#settle(key, served.aggregate, {
      type: 'settled',
      effect,
      outcome,
      shownRev: envelope.rev,
    });
  }

  /** Records results: those of one document that come within moments, or while it is being written, in one write. */
  async #settle(key: Key, aggregate: Aggregate<unknown, unknown>, result: Settled): Promise<void> {
    const batch = this.#underWay.queue(key, result);
    if (batch === undefined) return;
    if (this.#polls) await this.#underWay.others(key, this.#clock, MOMENTS_MS);
    await this.#lock.run(keyText(key), async () => {
      const results = batch.take();
      try {
        await this.#record(key, aggregate, results);
      } catch (error) {
        // Their claims expire and they count as uncertain: nothing is lost.
        for (const { effect } of results) this.#notRecorded(key, effect, error);
      }
    });
  }

  async #record(
    key: Key,
    aggregate: Aggregate<unknown, unknown>,
    results: readonly Settled[],
  ): Promise<void> {
    const write = async (stored: Stored): Promise<void> => {
      const before = decode<unknown>(stored, this.#schema);
      let envelope = before;
      for (const result of results) envelope = this.#settled(key, aggregate, envelope, result);
      const claimed = this.#claimIfRunning(aggregate, key, envelope);
      await this.#write(aggregate, key, { etag: stored.etag, before }, claimed);
    };
    await this.#writes.untilWritten(key, write, this.#underWay.latest(key));
  }

  #notRecorded(key: Key, effect: Effect, err: unknown): void {
    this.#log.error({ key: keyText(key), effect: effect.key, err }, 'outcome not recorded');
  }

  /** The document after one result. A rule that fails on it leaves it to the expiry of its claim. */
  #settled(
    key: Key,
    aggregate: Aggregate<unknown, unknown>,
    before: Envelope<unknown>,
    result: Settled,
  ): Envelope<unknown> {
    const now = this.#clock.now();
    try {
      const decision = aggregate.decide(before.state, result, { now, nextRev: before.rev + 1 });
      if (!decision.ok) return before;
      return finish(apply(before, decision, now, undefined, this.#schema), result, decision, now);
    } catch (error) {
      this.#notRecorded(key, result.effect, error);
      return before;
    }
  }
}

type Settled = Extract<EngineCommand, { type: 'settled' }>;
