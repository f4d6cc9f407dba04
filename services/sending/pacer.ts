import type { Priority } from '../channel.ts';
import type { Clock } from '../clock.ts';
import { Bucket } from './bucket.ts';
import { type Limit, THREAD_LIMITS, tenantLimits } from './limits.ts';
import { Queue, type Waiting } from './queue.ts';
import { Turns } from './turns.ts';

/**
 * How long each waits here for its turn before it is sent away, in milliseconds. A card is drawn before it waits: it
 * waits briefly, and is drawn anew from what is true then. Every one leaves its request most of `SEND_DEADLINE_MS`.
 */
export const WAIT_MS: Readonly<Record<Priority, number>> = {
  page: 4_000,
  answer: 2_500,
  again: 4_000,
  news: 2_000,
  card: 1_200,
};

/** Complaints about so many conversations at once are about all that this bot sends. */
const COMPLAINTS = 3;
const COMPLAINTS_MS = 5_000;
const SWEEP_MS = 60_000;

export interface Wanted {
  /** The conversation that the request is for. */
  readonly thread: string;
  readonly priority: Priority;
  /** When it came to be owed; now when left out. */
  readonly since?: number;
  /** A later one of the same name sends this one away: it would show what is out of date already. */
  readonly replaces?: string;
}

/** `retryAfterMs`: when it makes sense to ask again. `waited`: it had to, however short that was by the clock. */
export type Admission =
  | { readonly ok: true; readonly waited: boolean }
  | { readonly ok: false; readonly retryAfterMs: number };

/** Lets requests out at the rate that the service takes them. */
export interface Pacer {
  /** Each admission is one request, at once. */
  admit(wanted: Wanted): Promise<Admission>;
  /** The service has answered 429. */
  throttled(thread: string, retryAfterMs?: number): void;
  /** How many wait at this moment. */
  readonly waiting: number;
}

/** No limits: for the local client, which has none. */
export const unpaced: Pacer = {
  admit: async () => ({ ok: true, waited: false }),
  throttled() {},
  waiting: 0,
};

interface Entry extends Waiting {
  readonly answer: (admission: Admission) => void;
  readonly cancel: () => void;
  /** There was no room for it when it came. */
  waits: boolean;
}

interface Thread {
  readonly bucket: Bucket;
  readonly turns: Turns;
  /** How many wait for it here. */
  waiting: number;
}

interface PacerOptions {
  readonly clock: Clock;
  /** Instances of the program that share the tenant's limit. */
  readonly instances: number;
  readonly threadLimits?: readonly Limit[];
}

/**
 * The limits of one tenant and of each conversation, kept by one process. Tokens are taken when a request goes and
 * never given back; a request that hangs holds nothing, so that nobody waits for a stuck recipient.
 */
export function createPacer({ clock, instances, threadLimits = THREAD_LIMITS }: PacerOptions): Pacer {
  const tenant = new Bucket(tenantLimits(instances));
  const tenantTurns = new Turns();
  const threads = new Map<string, Thread>();
  const queue = new Queue<Entry>();
  const complaints = new Map<string, number>();
  let cancelWake = () => {};
  let wakeAt = Number.POSITIVE_INFINITY;
  let sweptAt = clock.now();

  function threadOf(name: string): Thread {
    const known = threads.get(name);
    if (known !== undefined) return known;
    const made = { bucket: new Bucket(threadLimits), turns: new Turns(), waiting: 0 };
    threads.set(name, made);
    return made;
  }

  /** Conversations that have been quiet for an hour are as good as new. */
  function sweep(now: number): void {
    if (now - sweptAt < SWEEP_MS && now >= sweptAt) return;
    sweptAt = now;
    for (const [name, { bucket, waiting }] of threads) {
      if (waiting === 0 && bucket.isFresh(now)) threads.delete(name);
    }
    for (const [name, at] of complaints) if (now - at > COMPLAINTS_MS) complaints.delete(name);
  }

  /** Undefined: its turn comes in time. */
  function sentAway(wanted: Wanted, now: number, since: number): Admission | undefined {
    const { priority } = wanted;
    const until = now + WAIT_MS[priority];
    const { bucket, turns, waiting } = threadOf(wanted.thread);
    const threadRate = bucket.rate(now);
    const from = bucket.nextAt(now) + waiting / threadRate;
    if (from > until) {
      return { ok: false, retryAfterMs: turns.after(now, { priority, from, rate: threadRate }) };
    }
    const rate = tenant.rate(now);
    const turn = Math.max(tenant.nextAt(now), now + queue.ahead({ priority, since }) / rate);
    if (turn <= until) return undefined;
    return { ok: false, retryAfterMs: tenantTurns.after(now, { priority, from: now, rate }) };
  }

  function enter(entry: Entry): void {
    for (const older of [...queue]) {
      // Not at once: by then this one has gone, and whoever comes back is drawn after it.
      if (older.replaces !== undefined && older.replaces === entry.replaces)
        leave(older, { ok: false, retryAfterMs: WAIT_MS.card });
    }
    queue.add(entry);
    threadOf(entry.thread).waiting += 1;
  }

  function leave(entry: Entry, admission: Admission): void {
    queue.remove(entry);
    threadOf(entry.thread).waiting -= 1;
    entry.cancel();
    entry.answer(admission);
  }

  /** Lets out whoever can go now, and comes back when the next one can. */
  function serve(): void {
    const now = clock.now();
    for (;;) {
      const at = tenant.nextAt(now);
      let soonest = Number.POSITIVE_INFINITY;
      const entry =
        at > now
          ? undefined
          : queue.next(now, ({ thread }) => {
              const free = threadOf(thread).bucket.nextAt(now);
              soonest = Math.min(soonest, free);
              return free <= now;
            });
      if (entry === undefined) {
        if (queue.size > 0) wake(at > now ? at : soonest, now);
        return;
      }
      tenant.take(now);
      threadOf(entry.thread).bucket.take(now);
      leave(entry, { ok: true, waited: entry.waits });
    }
  }

  function wake(at: number, now: number): void {
    if (wakeAt <= at && wakeAt > now) return;
    cancelWake();
    wakeAt = at;
    cancelWake = clock.after(Math.max(1, at - now), () => {
      wakeAt = Number.POSITIVE_INFINITY;
      serve();
    });
  }

  return {
    admit(wanted) {
      const now = clock.now();
      const { priority, thread, replaces, since = now } = wanted;
      sweep(now);
      const away = sentAway(wanted, now, since);
      if (away !== undefined) return Promise.resolve(away);
      return new Promise((answer) => {
        const cancel = clock.after(WAIT_MS[priority], () => {
          serve();
          if (!queue.has(entry)) return;
          const at = clock.now();
          const from = threadOf(thread).bucket.nextAt(at);
          const rate = tenant.rate(at);
          leave(entry, { ok: false, retryAfterMs: tenantTurns.after(at, { priority, from, rate }) });
        });
        const come = { priority, thread, since, enteredAt: now, replaces };
        const entry: Entry = { ...come, answer, cancel, waits: false };
        enter(entry);
        serve();
        entry.waits = true;
      });
    },
    throttled(thread, retryAfterMs) {
      const now = clock.now();
      threadOf(thread).bucket.shrink(now, retryAfterMs);
      complaints.set(thread, now);
      const recent = [...complaints.values()].filter((at) => now - at <= COMPLAINTS_MS);
      // Everybody else is not made to wait for what was said of these: they go, at half the rate.
      if (recent.length >= COMPLAINTS) tenant.shrink(now);
    },
    get waiting() {
      return queue.size;
    },
  };
}
