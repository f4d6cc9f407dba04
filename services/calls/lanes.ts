import { LANES, type Lane, type PersonId, type ResolvedStep } from '../directory/directory.ts';
import type { Effect } from '../engine/envelope.ts';
import type { Mutable } from '../mutable.ts';
import type { LanePerson, StepLog } from './call.ts';
import { otherLane, repeatWait, WAITS } from './commands.ts';
import { type Draft, isGoing, isHeld } from './draft.ts';
import { signalExhausted, signalUnanswered } from './signals.ts';

/**
 * Paging of one lane (R4): steps one after another, reminders in between, until a person's act holds it.
 * Lanes know nothing of each other, except that one person never fills both.
 */

export const timerNames = (lane: Lane) => ({
  step: `step:${lane}`,
  repeat: `repeat:${lane}`,
  arrive: `arrive:${lane}`,
  lapse: `lapse:${lane}`,
});

export function stepsOf(draft: Draft, lane: Lane): readonly ResolvedStep[] {
  const { call, now } = draft;
  const section = draft.directory.person(call.caller.id)?.section;
  const steps = draft.directory.steps({
    lane,
    level: call.level,
    ...(section === undefined ? {} : { section }),
    place: draft.place,
    policyAt: draft.lane(lane).roundAt || now,
    peopleAt: now,
  });
  // Nobody knows where a caller belongs who is not in the directory: General Affairs finds out.
  return call.caller.kind === 'guest' && lane === 'second' ? [] : steps;
}

/** Never paged: the caller, the affected person, implicated persons, and whoever fills the other lane. */
function mayPage(draft: Draft, lane: Lane, person: PersonId): boolean {
  const { call } = draft;
  return (
    person !== call.caller.id &&
    person !== call.affected?.id &&
    call.alsoAffected?.includes(person) !== true &&
    !call.excluded.includes(person) &&
    draft.lane(otherLane(lane)).people[person] === undefined
  );
}

/** A page that may have arrived stays one that may have arrived until another one has. */
const unsureOf = (before: Mutable<LanePerson> | undefined): Pick<LanePerson, 'unsure' | 'unsureReason'> => ({
  ...(before?.unsure === undefined ? {} : { unsure: before.unsure }),
  ...(before?.unsureReason === undefined ? {} : { unsureReason: before.unsureReason }),
});

function page(draft: Draft, lane: Lane, id: PersonId, step: number): void {
  const state = draft.lane(lane);
  const before: Mutable<LanePerson> | undefined = state.people[id];
  state.people[id] = {
    step: before?.step ?? step,
    page: 'queued',
    pages: before?.pages ?? 0,
    firstAt: before?.firstAt ?? null,
    lastAt: before?.lastAt ?? null,
    pagedAt: draft.now,
    answer: before?.answer ?? null,
    ...unsureOf(before),
  };
  const key = `page:${lane}:${state.round}:${step}:${state.repeats}:${id}`;
  // Whoever has an older page still waiting to be sent gets this one instead: one page, not two.
  draft.drop((effect) => effect.kind === 'page' && effect.person === id && effect.key !== key);
  draft.owe({ key, kind: 'page', person: id, data: { lane, round: state.round } });
}

/** Starts to page this lane from its first step, with everybody as if for the first time. */
export function startRound(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  nextRound(draft, lane);
  state.step = -1;
  state.steps = [];
  if (stepsOf(draft, lane).length === 0) {
    state.state = 'off';
    silence(draft, lane);
    return;
  }
  for (const [id, person] of Object.entries(state.people)) {
    if (!isGoing(person as LanePerson)) delete state.people[id];
  }
  startStep(draft, lane, 0);
}

/** The acknowledgement is gone: everybody who has not declined is paged again at once, and the next step joins. */
function reopen(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  const { phone } = state;
  nextRound(draft, lane);
  // Whoever is to be rung up stands on the card until somebody holds the lane: this step does not come again.
  if (phone !== null) state.phone = { ...phone, doneBy: null, doneAt: null };
  draft.record('reopened', { lane });
  for (const [id, person] of Object.entries(state.people)) {
    if (person.answer?.kind !== 'declined') page(draft, lane, id, Math.max(0, state.step));
  }
  const steps = stepsOf(draft, lane);
  if (state.step + 1 < steps.length) startStep(draft, lane, state.step + 1);
  // Nobody is left to add: those paged again get the last step's time before the alarm goes out.
  else draft.timers[timerNames(lane).step] = draft.now + (steps.at(-1)?.waitSeconds ?? 30) * 1000;
}

function nextRound(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  const { repeat, arrive, lapse } = timerNames(lane);
  state.round += 1;
  state.roundAt = draft.now;
  state.repeats = 0;
  state.phone = null;
  state.exhausted = false;
  state.state = 'paging';
  draft.drop(isOfLane(lane));
  // Some of them may not be paged in the new round: their cards have to follow all the same.
  adoptUnsure(draft, lane);
  draft.timers[repeat] = draft.now + repeatWait(WAITS.repeats, 0);
  draft.timers[arrive] = null;
  draft.timers[lapse] = null;
}

/** Starts step `index`; empty steps are passed at once and shown. Past the last one the alarm goes out, once a round. */
function startStep(draft: Draft, lane: Lane, index: number): void {
  const state = draft.lane(lane);
  const steps = stepsOf(draft, lane);
  for (let at = index; at < steps.length; at++) {
    const step = steps[at] as ResolvedStep;
    state.step = at;
    if (step.phoneOnly !== undefined) {
      state.phone = { ...step.phoneOnly, doneBy: null, doneAt: null };
      logStep(draft, lane, step.label, 'phone');
      draft.record('phone-step', { lane, detail: `${step.phoneOnly.label} ${step.phoneOnly.extension}` });
    } else {
      const eligible = step.people.filter((id) => mayPage(draft, lane, id));
      const people = eligible.filter((id) => state.people[id] === undefined);
      // Everybody of this step is being paged or coming already: nothing to say.
      if (people.length === 0 && eligible.length > 0) continue;
      if (people.length === 0) {
        logStep(draft, lane, step.label, 'empty');
        draft.record('step-empty', { lane, detail: step.label });
        continue;
      }
      for (const id of people) page(draft, lane, id, at);
      logStep(draft, lane, step.label, 'waiting');
      draft.record('step', { lane, detail: step.label });
    }
    draft.timers[timerNames(lane).step] = draft.now + step.waitSeconds * 1000;
    return;
  }
  state.step = Math.max(state.step, steps.length - 1);
  draft.timers[timerNames(lane).step] = null;
  exhaust(draft, lane);
}

function logStep(draft: Draft, lane: Lane, label: string, outcome: StepLog['outcome']): void {
  const { steps } = draft.lane(lane);
  steps.push({ label, at: draft.now, outcome });
  if (steps.length > 40) steps.shift();
}

function exhaust(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  if (state.exhausted) return;
  state.exhausted = true;
  draft.record('exhausted', { lane });
  alarmExhausted(draft, lane);
}

function alarmExhausted(draft: Draft, lane: Lane): void {
  const { round, repeats } = draft.lane(lane);
  const key = `alarm:exhausted:${lane}:${round}:${repeats}`;
  signalExhausted(draft, lane);
  draft.owe({ key, kind: 'alarm', person: '', data: { reason: 'exhausted', lane } });
}

/** Passes from the running step to the next one, and says why. */
export function passStep(draft: Draft, lane: Lane, why: 'unanswered' | 'unreachable' | 'declined'): void {
  const state = draft.lane(lane);
  const running = state.steps.at(-1);
  if (running !== undefined && (running.outcome === 'waiting' || running.outcome === 'phone')) {
    // Somebody to be rung up is not waited for in Teams: what follows is what may go unanswered.
    if (running.outcome === 'waiting' && why === 'unanswered') signalUnanswered(draft, lane);
    if (running.outcome === 'waiting') running.outcome = why;
    if (why === 'unanswered') draft.record('step-unanswered', { lane, detail: running.label });
    if (why === 'unreachable') draft.record('step-unreachable', { lane, detail: running.label });
  }
  draft.changed = true;
  startStep(draft, lane, state.step + 1);
}

export function onStepTimer(draft: Draft, lane: Lane): void {
  if (draft.lane(lane).state === 'paging') passStep(draft, lane, 'unanswered');
}

/** Reminders to everybody paged so far, and first pages to whoever has come on duty since. */
export function onRepeatTimer(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  if (state.state !== 'paging') return;
  state.repeats += 1;
  if (state.exhausted) askAgain(draft, lane);
  for (const [id, person] of Object.entries(state.people)) {
    const silent = person.answer?.kind !== 'declined';
    if (silent && draft.now - person.pagedAt >= WAITS.repeatGap) page(draft, lane, id, person.step);
  }
  for (const [index, step] of stepsOf(draft, lane).entries()) {
    if (index > state.step) break;
    for (const id of step.people) {
      if (state.people[id] === undefined && mayPage(draft, lane, id)) page(draft, lane, id, index);
    }
  }
  draft.timers[timerNames(lane).repeat] = draft.now + repeatWait(WAITS.repeats, state.repeats);
}

/** Nobody is left who has not declined: the alarm goes out again, and those who declined are asked once more. */
function askAgain(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  const people = Object.values(state.people);
  if (people.some(({ answer }) => answer?.kind !== 'declined')) return;
  alarmExhausted(draft, lane);
  for (const person of people) {
    if (person.answer !== null && person.answer.at + WAITS.declined <= draft.now) person.answer = null;
  }
}

/** What calls people to this lane, in Teams or on the second way. */
const isOfLane =
  (lane: Lane) =>
  ({ kind, data }: Pick<Effect, 'kind' | 'data'>): boolean =>
    (kind === 'page' || kind === 'signal') && data.lane === lane;

/** Stops pages of this lane: they are neither sent nor sent again. */
function silence(draft: Draft, lane: Lane): void {
  const { step, repeat } = timerNames(lane);
  draft.timers[step] = null;
  draft.timers[repeat] = null;
  draft.drop(isOfLane(lane));
  adoptUnsure(draft, lane);
}

/** A page that may have arrived is not sent again, but must not stay as it was: its person gets a card that follows. */
export function adoptUnsure(draft: Draft, lane: Lane): void {
  for (const [id, person] of Object.entries(draft.lane(lane).people))
    if (person.unsure === true) adopt(draft, id);
}

/** Whoever may have a page and has no card that is known gets one; nothing more goes to whoever has been left out. */
export function adopt(draft: Draft, id: PersonId): void {
  if (draft.call.copies[id] !== undefined || draft.call.excluded.includes(id)) return;
  draft.call.copies[id] = { activityId: null, shownRev: 0, role: 'responder' };
  draft.changed = true;
}

/** After any act on a lane: held lanes are silent, a lane that lost its acknowledgement pages again at once. */
export function settleLane(draft: Draft, lane: Lane): void {
  const state = draft.lane(lane);
  if (state.state === 'off') return;
  const held = isHeld(state);
  if (held && state.state === 'paging') {
    state.state = 'held';
    const running = state.steps.at(-1);
    if (running?.outcome === 'waiting') running.outcome = 'answered';
    silence(draft, lane);
  }
  if (!held && state.state === 'held') reopen(draft, lane);
}

export const laneOf = (draft: Draft, person: PersonId): Lane | undefined =>
  LANES.find((lane) => draft.lane(lane).people[person] !== undefined);

/** Everybody of both lanes who has been told and has not declined. */
export const involved = (draft: Draft): PersonId[] =>
  LANES.flatMap((lane) =>
    Object.entries(draft.lane(lane).people)
      .filter(([, person]) => person.answer?.kind !== 'declined')
      .map(([id]) => id),
  );

export const going = (draft: Draft): PersonId[] =>
  LANES.flatMap((lane) =>
    Object.entries(draft.lane(lane).people)
      .filter(([, person]) => isGoing(person as LanePerson))
      .map(([id]) => id),
  );
