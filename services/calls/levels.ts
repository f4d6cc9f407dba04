import type { PersonId } from '../directory/directory.ts';
import type { Accepted, Refused } from '../engine/aggregate.ts';
import { isCaller, mayAct } from './access.ts';
import type { Call, Participant } from './call.ts';
import { removePerson } from './closing.ts';
import { type CallCommand, WAITS } from './commands.ts';
import { type Draft, hasArrived, refuse, stands } from './draft.ts';
import { going, startRound } from './lanes.ts';
import { isHigher, type Level } from './level.ts';
import { openPoliceTask } from './police.ts';
import { signalEmergency } from './signals.ts';

type Decided = Accepted<Call> | Refused;

/** 緊急に切り替える: by the caller, any responder or General Affairs. */
export function raise(draft: Draft, by: Participant): Decided {
  if (draft.call.status !== 'open') return refuse('closed');
  if (!mayAct(draft, by.id)) return refuse('not-yours');
  if (draft.call.level === 'emergency') return refuse('already-emergency');
  setLevel(draft, 'emergency', by);
  return draft.accept();
}

/**
 * A second call while one's own is open is the same call (design): the level rises if it is higher, a place or
 * the affected person's name is added.
 */
export function join(draft: Draft, command: Extract<CallCommand, { type: 'join' }>): Decided {
  const { call } = draft;
  if (call.status !== 'open') return refuse('closed');
  if (!isCaller(call as Call, command.by.id)) return refuse('not-yours');
  const { place, affected } = command;
  if (place !== null && place.text !== draft.place.text) {
    call.places.push(place);
    if (call.places.length > 10) call.places.splice(1, 1);
    draft.record('place-added', { detail: place.text });
    tellThoseComing(draft, command.by, 'place');
  }
  for (const person of command.excluded) removePerson(draft, person, command.by);
  if (affected !== null && call.affected === null) {
    call.affected = { ...affected };
    // The affected person is not paged for their own case: any page of theirs ends here.
    if (affected.id !== '') removePerson(draft, affected.id, command.by, 'affected');
  } else if (affected !== null && affected.id !== '' && !isCaller(call as Call, affected.id)) {
    call.alsoAffected = [...(call.alsoAffected ?? []), affected.id];
    removePerson(draft, affected.id, command.by, 'affected');
  }
  if (isHigher(command.level, call.level)) setLevel(draft, command.level, command.by);
  else if (command.level !== 'advice') callAgain(draft, command.by);
  if (!draft.changed) draft.record('joined', { who: command.by.name });
  return draft.accept();
}

/**
 * Called again at the same level. Two calls in a row are one call; but help that has arrived, or was promised long
 * ago, does not answer a cry that comes after it: such a lane pages anew.
 */
function callAgain(draft: Draft, by: Participant): void {
  for (const lane of ['generalAffairs', 'second'] as const) {
    const state = draft.lane(lane);
    if (state.state !== 'held') continue;
    const since = draft.now - WAITS.fresh;
    const isFresh = Object.values(state.people).some(
      ({ answer }) => stands(answer, state) && (answer?.at ?? 0) > since,
    );
    if (isFresh && !hasArrived(state)) continue;
    for (const [id, person] of Object.entries(state.people)) {
      if ((person.answer?.at ?? 0) <= since) delete state.people[id];
    }
    if (state.cameAt !== null && state.cameAt <= since) state.cameAt = null;
    draft.record('joined', { who: by.name });
    tellThoseComing(draft, by, 'again');
    startRound(draft, lane);
  }
}

/** Whoever is coming already hears it as a new message: an updated card makes no sound. */
function tellThoseComing(draft: Draft, by: Participant, news: 'raised' | 'place' | 'again'): void {
  for (const person of going(draft)) {
    if (person === by.id) continue;
    draft.owe({
      key: `notice:${news}:${draft.now}:${person}`,
      kind: 'notice',
      person,
      data: { notice: news },
    });
  }
}

/**
 * A higher level is a new round of both lanes: those who are coming already are told by a new message and stay
 * shown as coming; everybody else whom the new level names is paged.
 */
function setLevel(draft: Draft, level: Level, by: Participant): void {
  const { call } = draft;
  call.level = level;
  draft.record('raised', { who: by.name, detail: level });
  tellThoseComing(draft, by, 'raised');
  const generalAffairs = draft.lane('generalAffairs');
  if (level === 'emergency' || generalAffairs.state !== 'held') startRound(draft, 'generalAffairs');
  startRound(draft, 'second');
  if (level !== 'emergency') return;
  openPoliceTask(draft);
  signalEmergency(draft);
  draft.owe({ key: 'alarm:emergency', kind: 'alarm', person: '', data: { reason: 'emergency' } });
}

/** Tells General Affairs without paging: a written report, or danger read in one. No quotes (promise 7). */
export function informGeneralAffairs(draft: Draft, notice: 'report' | 'danger-in-text'): void {
  for (const person of dutyOfGeneralAffairs(draft)) {
    draft.owe({ key: `notice:${notice}:${person}`, kind: 'notice', person, data: { notice } });
  }
  if (notice !== 'danger-in-text') return;
  draft.owe({ key: 'alarm:danger-in-text', kind: 'alarm', person: '', data: { reason: notice } });
}

/** A further report has come in: whoever has the case is told, or whoever is on duty. */
export function informOfReport(draft: Draft, assignee: Participant | null, by: Participant): void {
  const people = assignee === null ? dutyOfGeneralAffairs(draft) : [assignee.id];
  for (const person of people.filter((id) => id !== by.id)) {
    const key = `notice:report:${draft.now}:${person}`;
    draft.owe({ key, kind: 'notice', person, data: { notice: 'report' } });
  }
}

/** Somebody of General Affairs could not be told: the next one who has not been tried. */
export function informNext(draft: Draft, notice: 'report' | 'danger-in-text', person: PersonId): void {
  const { call, now } = draft;
  const people = draft.directory.generalAffairsFallback(now);
  const next = people
    .slice(people.indexOf(person) + 1)
    .find((id) => !call.excluded.includes(id) && !isCaller(call as Call, id));
  if (next === undefined) return;
  draft.owe({ key: `notice:${notice}:${next}`, kind: 'notice', person: next, data: { notice } });
}

function dutyOfGeneralAffairs(draft: Draft): PersonId[] {
  const { call, now } = draft;
  const steps = draft.directory.steps({
    lane: 'generalAffairs',
    level: 'advice',
    place: draft.place,
    policyAt: now,
    peopleAt: now,
  });
  const onDuty = steps.find((step) => step.people.length > 0)?.people ?? [];
  const candidates = onDuty.length > 0 ? onDuty : draft.directory.generalAffairsFallback(now).slice(0, 1);
  return candidates.filter(
    (id) => !call.excluded.includes(id) && id !== call.caller.id && id !== call.affected?.id,
  );
}
