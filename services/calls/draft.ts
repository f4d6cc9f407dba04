import type { Directory, Lane, PersonId, Place } from '../directory/directory.ts';
import type { Accepted, Moment, Refused } from '../engine/aggregate.ts';
import type { Effect, NewEffect } from '../engine/envelope.ts';
import { copyOf, type Mutable } from '../mutable.ts';
import { isCaller } from './access.ts';
import type { Answer, Call, LanePerson, LaneState, TimelineEntry } from './call.ts';
import type { CallRefusal, CallRules } from './commands.ts';

const TIMELINE_KEPT = 120;
const TIMELINE_HEAD = 20;
const TAPS_KEPT = 300;
const ANSWER_FIRST_MS = 1_000;
/** That a page has been sent waits so long for what matters more: pages of others, an answer of somebody. */
const PROGRESS_MS = 1_000;

type Which = (effect: Pick<Effect, 'key' | 'kind' | 'person' | 'data'>) => boolean;

/** The working copy of one decision: rules change it, `accept` turns it into a decision. Never leaves `decide`. */
export class Draft {
  readonly call: Mutable<Call>;
  readonly now: number;
  readonly nextRev: number;
  readonly directory: Directory;
  /** Whoever gave the command: sees the new state in the answer to their tap. */
  readonly actor: PersonId | undefined;
  /** Whether there is a second way to reach people (port `Alarm`). */
  readonly hasAlarm: boolean;
  effects: NewEffect[] = [];
  readonly drops: Which[] = [];
  readonly timers: Record<string, number | null> = {};
  /** Something that everybody's card shows. */
  changed = false;
  /** How far a page has got: only callers see it, so only their cards follow. */
  progressed = false;

  constructor(call: Call, moment: Moment, { directory, hasAlarm = false }: CallRules, actor?: PersonId) {
    this.call = copyOf(call);
    this.now = moment.now;
    this.nextRev = moment.nextRev;
    this.directory = directory;
    this.hasAlarm = hasAlarm;
    this.actor = actor;
  }

  lane(lane: Lane): Mutable<LaneState> {
    return this.call.lanes[lane];
  }

  get place(): Place {
    const place = this.call.places.at(-1);
    if (place === undefined) throw new Error('a call without a place');
    return place;
  }

  /** Something people see happened. The timeline never runs backwards and stays bounded. */
  record(kind: TimelineEntry['kind'], more: Omit<TimelineEntry, 'at' | 'kind'> = {}): void {
    this.changed = true;
    const { timeline } = this.call;
    const at = Math.max(this.now, timeline.at(-1)?.at ?? 0);
    timeline.push({ at, kind, ...more });
    if (timeline.length <= TIMELINE_KEPT) return;
    timeline.splice(TIMELINE_HEAD, 1);
    this.call.folded += 1;
  }

  owe(effect: NewEffect): void {
    this.effects.push(effect);
  }

  /** No longer owed: what is in the outbox and what this decision has added so far. */
  drop(which: Which): void {
    this.drops.push(which);
    this.effects = this.effects.filter((effect) => !which({ ...effect, data: effect.data ?? {} }));
  }

  tapped(person: PersonId, tap: string): void {
    this.call.taps.push(tap);
    if (this.call.taps.length > TAPS_KEPT) this.call.taps.shift();
    this.call.turns[person] = (this.call.turns[person] ?? 0) + 1;
  }

  accept(retryAt?: number): Accepted<Call> {
    const mine = this.actor === undefined ? undefined : this.call.copies[this.actor];
    if (mine !== undefined) delete mine.notice;
    const isNews = this.changed || this.progressed;
    if (isNews) {
      this.call.shared = { rev: this.#sharedRev(), at: this.nextRev };
      this.#convergeCopies();
    }
    const { drops } = this;
    return {
      ok: true,
      state: this.call as Call,
      changed: isNews,
      effects: this.effects,
      drop: (effect) => drops.some((which) => which(effect)),
      timers: this.timers,
      ...(retryAt === undefined ? {} : { retryAt }),
    };
  }

  /** What the card of this person must show to be up to date after this decision. */
  currentRev(person: PersonId): number {
    if (!isCaller(this.call as Call, person)) return this.#sharedRev();
    return this.changed || this.progressed ? this.nextRev : this.nextRev - 1;
  }

  #sharedRev(): number {
    if (this.changed) return this.nextRev;
    const current = this.nextRev - 1;
    const { shared } = this.call;
    return shared !== undefined && (shared.at === current || shared.at === this.nextRev)
      ? shared.rev
      : current;
  }

  /** When a card that shows `shownRev` is to follow: what people did at once, what became of a page soon. */
  followsAt(person: PersonId, shownRev: number): number {
    const isProgress = !this.changed && isCaller(this.call as Call, person) && shownRev >= this.#sharedRev();
    return isProgress ? this.now + PROGRESS_MS : this.now;
  }

  /** Every live card follows the state (design: Cards converge). */
  #convergeCopies(): void {
    // Whoever gets a new message gets the current state with it.
    const newCard = new Set(
      this.effects.filter(({ kind }) => kind === 'page' || kind === 'notice').map((e) => e.person),
    );
    for (const [person, copy] of Object.entries(this.call.copies)) {
      if (copy.shownRev >= this.currentRev(person) || newCard.has(person)) continue;
      // Clients apply the answer to a tap after any update that came meanwhile: let the answer go first.
      const answered = person === this.actor && copy.activityId !== null;
      const readyAt = answered ? this.now + ANSWER_FIRST_MS : this.followsAt(person, copy.shownRev);
      this.owe({ key: `card:${person}`, kind: 'card', person, readyAt });
    }
  }
}

export const refuse = (reason: CallRefusal, detail: Record<string, string> = {}): Refused<CallRefusal> => ({
  ok: false,
  reason,
  detail,
});

/** An acknowledgement stands in the round it was given in, until it is taken back or lapses (promise 2). */
export const stands = (answer: Answer | null, lane: LaneState): boolean =>
  answer !== null && answer.kind !== 'declined' && answer.round === lane.round && answer.lapsedAt === null;

/** Somebody who said they come, in whatever round, and has not taken it back. */
export const isGoing = (person: LanePerson): boolean =>
  person.answer !== null && person.answer.kind !== 'declined' && person.answer.lapsedAt === null;

export const isHeld = (lane: LaneState): boolean =>
  (lane.cameAt !== null && lane.cameRound === lane.round) ||
  (lane.phone !== null && lane.phone.doneAt !== null) ||
  Object.values(lane.people).some((person) => stands(person.answer, lane));

/** In this round: who came for an earlier one says nothing of the help that is called for now. */
export const hasArrived = (lane: LaneState): boolean =>
  (lane.cameAt !== null && lane.cameRound === lane.round) ||
  Object.values(lane.people).some(
    (person) => person.answer?.kind === 'arrived' && stands(person.answer, lane),
  );

export const emptyLane: LaneState = {
  state: 'off',
  round: 0,
  roundAt: 0,
  step: -1,
  exhausted: false,
  repeats: 0,
  steps: [],
  people: {},
  phone: null,
  cameAt: null,
  cameRound: 0,
};
