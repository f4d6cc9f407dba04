import { liveCard } from '../../bot/live.ts';
import type { Call } from '../../services/calls/call.ts';
import type { AnyCallCommand, CallCommand } from '../../services/calls/commands.ts';
import { createCallAggregate } from '../../services/calls/decide.ts';
import type { Directory } from '../../services/directory/directory.ts';
import { apply } from '../../services/engine/apply.ts';
import { claimReady, finish } from '../../services/engine/claims.ts';
import type { Effect, Envelope } from '../../services/engine/envelope.ts';
import { tellLost } from '../../services/engine/lost.ts';
import { CURRENT } from '../../services/engine/schema.ts';

/** What becomes of an attempt: `silent` arrives and nobody is told; `late` arrives when its process goes on. */
export const FATES = ['delivered', 'late', 'silent', 'uncertain', 'retry', 'unreachable'] as const;
type Fate = (typeof FATES)[number];

interface Attempt {
  readonly effect: Effect;
  readonly rev: number;
  /** @returns the outcome; what is late arrives now */
  readonly end: () => object;
}

interface Shown {
  readonly person: string;
  readonly card: string;
}

const OLD = 'says that it is old';
const sentences = (card: string): string[] =>
  [...card.matchAll(/"(?:text|title)":"([^"]+)"/g)].map(([, sentence = '']) => sentence);
const CARDS = ['page', 'notice', 'card'];

/**
 * One call, and what stands on the screens of its people: attempts reach them when they are claimed, and what became of
 * them is recorded later, late (somebody else has taken over since), or never.
 */
export class Screens {
  now: number;
  readonly #directory: Directory;
  readonly #rules: ReturnType<typeof createCallAggregate>;
  readonly #fate: () => Fate;
  readonly #shown = new Map<string, Shown>();
  readonly #open: Attempt[] = [];
  #recorded: AnyCallCommand | undefined;
  #envelope: Envelope<Call> | undefined;
  #messages = 0;
  #isCalm = false;

  constructor(directory: Directory, start: number, fate: () => Fate) {
    this.now = start;
    this.#directory = directory;
    this.#rules = createCallAggregate({ directory, hasAlarm: false });
    this.#fate = fate;
  }

  get call(): Call {
    return this.#saved.state;
  }

  command(command: CallCommand): void {
    if (this.#decide(command)) this.#claim();
  }

  fireNext(): void {
    const [next] = Object.entries(this.#saved.timers).sort((a, b) => a[1] - b[1]);
    if (next === undefined) return;
    const { [next[0]]: _, ...timers } = this.#saved.timers;
    this.now = Math.max(this.now, next[1]);
    this.#envelope = { ...this.#saved, timers };
    if (this.#decide({ type: 'timer', name: next[0] })) this.#claim();
  }

  /** Time passes, and some instance looks. */
  wait(ms: number): void {
    this.now += ms;
    this.#claim();
  }

  /** What became of one of the attempts is recorded. */
  record(index: number): void {
    const [attempt] = this.#open.splice(index % Math.max(1, this.#open.length), 1);
    if (attempt === undefined) return;
    const { effect, end, rev } = attempt;
    this.#recorded = { type: 'settled', effect, outcome: end(), shownRev: rev };
    this.#decide(this.#recorded);
    this.#claim();
  }

  /** The answer to the write was lost: the process reads and records the same once more. */
  recordAgain(): void {
    if (this.#recorded !== undefined && this.#decide(this.#recorded)) this.#claim();
  }

  /** The process that made one of the attempts has died. */
  lose(index: number): void {
    this.#open.splice(index % Math.max(1, this.#open.length), 1);
  }

  /** Everything arrives from now on, and is recorded, until nothing is owed. */
  calm(): void {
    this.#isCalm = true;
    for (let turn = 0; turn < 500; turn++) {
      while (this.#open.length > 0) this.record(0);
      const due = this.#saved.outbox.map(({ claimedUntil, readyAt }) => claimedUntil ?? readyAt);
      if (due.length === 0) return;
      this.wait(Math.max(0, Math.min(...due) - this.now) + 1);
    }
    throw new Error('something is owed for ever');
  }

  /** People whose live card does not show the call as it is, and the sentences that are too many, or not there. */
  wrong(): { person: string; tooMany: string[]; missing: string[] }[] {
    return Object.entries(this.call.copies).flatMap(([person, { activityId }]) => {
      if (activityId === null) return [];
      const shows = this.#shown.get(activityId)?.card ?? '';
      const is = this.#draw(this.call, person);
      if (shows === is) return [];
      const [shown, wanted] = [sentences(shows), sentences(is)];
      return [
        {
          person,
          tooMany: shown.filter((sentence) => !wanted.includes(sentence)),
          missing: wanted.filter((sentence) => !shown.includes(sentence)),
        },
      ];
    });
  }

  get #saved(): Envelope<Call> {
    if (this.#envelope === undefined) throw new Error('no call yet');
    return this.#envelope;
  }

  #decide(command: AnyCallCommand): boolean {
    const before = this.#envelope;
    const moment = { now: this.now, nextRev: (before?.rev ?? 0) + 1 };
    const decision = this.#rules.decide(before?.state, command, moment);
    if (!decision.ok) return false;
    this.#envelope = finish(apply(before, decision, this.now), command, decision, this.now);
    return true;
  }

  #claim(): void {
    const told = tellLost(this.#rules, this.#saved, this.now, CURRENT, (_, error) => {
      throw error;
    });
    const { envelope, mine } = claimReady(told, this.now);
    this.#envelope = envelope;
    for (const effect of mine) {
      this.#open.push({ effect, end: this.#attempt(effect, envelope.state), rev: envelope.rev });
    }
  }

  /** As `bot/effects/call.ts` does it. */
  #attempt(effect: Effect, state: Call): () => object {
    const fate = this.#isCalm ? 'delivered' : this.#fate();
    const { kind, person, data } = effect;
    if (kind === 'retire') return this.#put(fate, { person, card: OLD }, String(data.activityId));
    if (!CARDS.includes(kind)) return () => ({ kind: 'delivered', activityId: 'elsewhere' });
    const copy = state.copies[person];
    if (kind === 'card' && copy === undefined) return () => ({ kind: 'gone', reason: 'no copy' });
    const shown = { person, card: this.#draw(state, person) };
    const updated = kind === 'card' ? (copy?.activityId ?? undefined) : undefined;
    if (updated !== undefined) {
      const end = this.#put(fate, shown, updated);
      return () => ({ ...end(), updated });
    }
    this.#messages += 1;
    return this.#put(fate, shown, `m${this.#messages}`);
  }

  #put(fate: Fate, shown: Shown, activityId: string): () => object {
    const arrive = () => void this.#shown.set(activityId, shown);
    if (fate === 'delivered' || fate === 'silent') arrive();
    return () => {
      if (fate === 'late') arrive();
      if (fate === 'delivered' || fate === 'late') return { kind: 'delivered', activityId };
      return { kind: fate === 'silent' ? 'uncertain' : fate, reason: 'test' };
    };
  }

  /**
   * Without the news that may stand above it, which stays until its person acts; and without times: of several pages
   * of a step the cards follow the first and the last, not one that went twice.
   */
  #draw(call: Call, viewer: string): string {
    const { card } = liveCard(this.#directory, { call, viewer, language: 'ja', now: 0 });
    return JSON.stringify(card).replaceAll(/\d\d?\/\d\d? |\d\d:\d\d(?::\d\d)?/g, '');
  }
}
