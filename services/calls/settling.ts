import type { AlarmOutcome } from '../alarm/alarm.ts';
import type { SendOutcome } from '../channel.ts';
import type { Lane } from '../directory/directory.ts';
import type { Accepted, EngineCommand } from '../engine/aggregate.ts';
import { CLAIM_EXPIRED } from '../engine/claims.ts';
import type { Effect } from '../engine/envelope.ts';
import type { Call } from './call.ts';
import { closePosts } from './closing.ts';
import { WAITS } from './commands.ts';
import { cardLost, converge, copyShown, lateUpdate, type UpdateOutcome } from './copies.ts';
import type { Draft } from './draft.ts';
import { adopt, adoptUnsure, laneOf, passStep } from './lanes.ts';
import { informNext } from './levels.ts';
import { isMoot } from './signals.ts';
import { silentOf, wasSent } from './silent.ts';

type Settled = Extract<EngineCommand, { type: 'settled' }>;

const ALARM_AGAIN_MS = 60_000;
/** How often what carries no state of its own is sent again after an attempt of unknown outcome. */
const PLAIN_TRIES = 6;
/** Attempts after which what is owed for a closed case is given up, when so much time has passed since the end. */
const CLOSED_TRIES = 10;
const CLOSED_FOR_MS = 15 * 60_000;
const POSTS_KEPT = 10;

const backoff = (attempt: number): number => Math.min(60_000, 1_000 * 2 ** Math.min(attempt, 6));

/** Nobody knows what became of this attempt: whoever made it is gone. */
export function lost(draft: Draft, effect: Effect): Accepted<Call> {
  if (effect.kind === 'page') markUnsure(draft, effect, CLAIM_EXPIRED);
  // An update by it may have come after a newer message had taken that one's place.
  if (effect.kind === 'card') lateUpdate(draft, effect, draft.call.copies[effect.person]?.retired);
  return draft.accept();
}

/** What the channel said about one attempt, taken into the state. */
export function settled(draft: Draft, command: Settled): Accepted<Call> {
  const { effect, shownRev } = command;
  if (effect.kind === 'signal') return signalSettled(draft, effect, command.outcome as AlarmOutcome);
  const outcome = command.outcome as SendOutcome;
  if (effect.kind === 'number' || effect.kind === 'cover') return localSettled(draft, effect, outcome);
  if (outcome.kind !== 'delivered' && isGivenUp(draft, effect, outcome)) return givenUp(draft, effect);
  if (outcome.kind === 'retry') {
    return draft.accept(draft.now + (outcome.retryAfterMs ?? backoff(effect.attempt)));
  }
  if (
    effect.kind === 'alarm' ||
    effect.kind === 'announce' ||
    effect.kind === 'retire' ||
    effect.kind === 'post'
  )
    return settlePlain(draft, effect, outcome, command);
  if (outcome.kind === 'uncertain') {
    if (effect.kind === 'page') markUnsure(draft, effect, outcome.reason);
    if (effect.kind === 'card') lateUpdate(draft, effect, (command.outcome as UpdateOutcome).updated);
    // After how many of which nobody knows, not after how many that had to wait for their turn.
    return draft.accept(draft.now + Math.max(WAITS.uncertain, backoff(effect.uncertain + 1)));
  }
  if (outcome.kind === 'delivered') {
    if (effect.kind === 'page') pageDelivered(draft, effect);
    return copyShown(draft, effect, outcome, shownRev);
  }
  if (effect.kind === 'page') pageUnreachable(draft, effect);
  if (effect.kind === 'card') return cardLost(draft, effect, outcome);
  const { notice } = effect.data;
  if (notice === 'report' || notice === 'danger-in-text') informNext(draft, notice, effect.person);
  // The new message did not arrive: the card that is out has to follow the state by itself.
  const copy = draft.call.copies[effect.person];
  return copy === undefined ? draft.accept() : converge(draft, effect, copy.shownRev);
}

/** Tried until the receiver has it, also where it refuses: a wrong secret is mended while the call is open. */
function signalSettled(draft: Draft, effect: Effect, outcome: AlarmOutcome): Accepted<Call> {
  if (outcome.kind === 'delivered' || isMoot(draft.call as Call, effect)) return draft.accept();
  return draft.accept(draft.now + (outcome.retryAfterMs ?? backoff(effect.attempt)));
}

const LOCAL_AGAIN_MS = 1_000;

/** Work between documents, without the channel. A number is written by its own command: until it is, it stays owed. */
function localSettled(draft: Draft, effect: Effect, outcome: SendOutcome): Accepted<Call> {
  const isDone = effect.kind === 'number' ? draft.call.handling?.number != null : outcome.kind !== 'retry';
  if (isDone) return draft.accept();
  const wait = outcome.kind === 'retry' ? outcome.retryAfterMs : undefined;
  return draft.accept(draft.now + (wait ?? LOCAL_AGAIN_MS));
}

/** Whether the alarm went to the channel, and not to people one by one. */
const isPost = (command: Settled, effect: Effect): boolean =>
  (command.outcome as { post?: boolean }).post === true && effect.data.reason !== 'danger-in-text';

/** Alarms and old copies carry no state of their own. */
function settlePlain(draft: Draft, effect: Effect, outcome: SendOutcome, command: Settled): Accepted<Call> {
  // An alarm stays owed until somebody has it; the performer widens the circle from attempt to attempt.
  if (effect.kind === 'alarm' && outcome.kind !== 'delivered') {
    return draft.accept(draft.now + Math.min(ALARM_AGAIN_MS, backoff(effect.attempt)));
  }
  const isAnnounced = effect.kind === 'announce';
  const isPosted = isAnnounced || (effect.kind === 'alarm' && isPost(command, effect));
  if (outcome.kind === 'delivered' && isPosted) {
    draft.call.posts = [...(draft.call.posts ?? []), outcome.activityId].slice(-POSTS_KEPT);
    if (draft.call.status !== 'open') closePosts(draft);
  }
  // Attempts that had to wait for their turn, or were throttled, do not count.
  const again = outcome.kind === 'uncertain' && effect.uncertain < PLAIN_TRIES;
  return draft.accept(again ? draft.now + backoff(effect.attempt) : undefined);
}

/**
 * Attempts alone say little: those of workers that died and those that were throttled count as well, and a card that
 * says "we are calling" must not stay for a quarter of a minute's trouble.
 */
function isGivenUp({ call, now }: Draft, effect: Effect, outcome: SendOutcome): boolean {
  if (call.status === 'open' || effect.attempt < CLOSED_TRIES) return false;
  const wasTried = outcome.kind !== 'retry' || outcome.why !== 'held-back';
  return wasTried && now - (call.closedAt ?? 0) >= CLOSED_FOR_MS;
}

/** A closed case is not sent after for ever: the card of somebody who cannot be reached stays as it is. */
function givenUp(draft: Draft, effect: Effect): Accepted<Call> {
  if (effect.kind === 'card') delete draft.call.copies[effect.person];
  return draft.accept();
}

function markUnsure(draft: Draft, effect: Effect, reason: string): void {
  const lane = laneOf(draft, effect.person);
  const person = lane === undefined ? undefined : draft.lane(lane).people[effect.person];
  // The lane has begun anew since, and they have not been paged again.
  if (lane === undefined || person === undefined) {
    adopt(draft, effect.person);
    return;
  }
  person.unsure = true;
  person.unsureReason = reason;
  // Answered or ended while this page was under way: it is not sent again, so its card has to follow now.
  if (draft.call.status !== 'open' || draft.lane(lane).state !== 'paging') adoptUnsure(draft, lane);
}

function pageDelivered(draft: Draft, effect: Effect): void {
  const lane = laneOf(draft, effect.person);
  const person = lane === undefined ? undefined : draft.lane(lane).people[effect.person];
  if (lane === undefined || person === undefined) return;
  const state = draft.lane(lane);
  const others = silentOf(state).filter((other) => other !== person);
  const isNews = !others.some(wasSent) || !others.some(({ page }) => page === 'queued');
  // With a hundred people paged the cards follow the first and the last, not each one.
  if (person.page !== 'sent' && isNews) draft.progressed = true;
  // Whether anybody can be reached at all is what everybody is told.
  const isFirstReached =
    state.exhausted && !Object.values(state.people).some(({ lastAt }) => lastAt !== null);
  if (person.page === 'unreachable' || isFirstReached) draft.changed = true;
  person.page = 'sent';
  delete person.unsure;
  person.pages += 1;
  person.firstAt ??= draft.now;
  person.lastAt = draft.now;
  draft.call.firstPageAt ??= draft.now;
}

/** 403 means the next person at once (R4): a step that reaches nobody is passed. */
function pageUnreachable(draft: Draft, effect: Effect): void {
  const lane = effect.data.lane as Lane;
  const state = draft.lane(lane);
  const person = state.people[effect.person];
  if (person === undefined) return;
  if (person.page !== 'unreachable') draft.changed = true;
  person.page = 'unreachable';
  // Whoever was coming before this round began was not paged in it and says nothing about this step.
  const paged = Object.values(state.people).filter(
    (other) =>
      other.step === state.step && other.pagedAt >= state.roundAt && other.answer?.kind !== 'declined',
  );
  const nobody = paged.every((other) => other.page === 'unreachable');
  const waiting = state.steps.at(-1)?.outcome === 'waiting';
  if (state.state === 'paging' && nobody && waiting) passStep(draft, lane, 'unreachable');
}
