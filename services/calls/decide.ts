import { hasTeams, LANES, type Lane } from '../directory/directory.ts';
import type { Accepted, Aggregate, Decision, Moment, Refused } from '../engine/aggregate.ts';
import { isCaller, mayAct } from './access.ts';
import { answer, came, phoned } from './answers.ts';
import { onArriveTimer, onLapseTimer } from './arrival.ts';
import type { Call, Participant } from './call.ts';
import { exclude, finishCall } from './closing.ts';
import type { AnyCallCommand, CallCommand, CallRules } from './commands.ts';
import { Draft, emptyLane, refuse } from './draft.ts';
import { accept, assign, close, numbered, release, reopen, reopenCase, tryNumber } from './handling.ts';
import { laneOf, onRepeatTimer, onStepTimer, startRound } from './lanes.ts';
import { informGeneralAffairs, informOfReport, join, raise } from './levels.ts';
import { listingOf } from './listing.ts';
import { claimPolice, onPoliceTimer, openPoliceTask, policeDone } from './police.ts';
import { mayDo } from './roles.ts';
import { lost, settled } from './settling.ts';
import { signalEmergency } from './signals.ts';

/** The rules of paging as one pure function: no clock, no store, no Teams (design: `decide`). */
export function createCallAggregate(rules: CallRules): Aggregate<Call, CallCommand> {
  return {
    kind: 'call',
    decide: (state, command, moment) => decideCall(rules, state, command, moment),
    listing: listingOf,
    lost: (state, effect, moment) => lost(new Draft(state, moment, rules), effect),
  };
}

export function decideCall(
  rules: CallRules,
  state: Call | undefined,
  command: AnyCallCommand,
  moment: Moment,
): Decision<Call> {
  if (state === undefined) {
    if (command.type !== 'open') throw new Error(`${command.type} without a call`);
    return open(rules, command, moment);
  }
  const draft = new Draft(state, moment, rules, 'by' in command ? command.by.id : undefined);
  switch (command.type) {
    case 'open':
      return refuse('answered');
    case 'join':
      return join(draft, command);
    case 'answer':
      return answer(draft, command.by, command.verb, command.tap);
    case 'came':
      return came(draft, command.by, command.round);
    case 'phoned':
      return mayAct(draft, command.by.id) ? phoned(draft, command.by, command.round) : refuse('not-yours');
    case 'raise':
      return raise(draft, command.by);
    case 'end':
    case 'cancel':
      return finishCall(draft, command.by, command.type);
    case 'police-claim':
      return claimPolice(draft, command.by);
    case 'police-done':
      return policeDone(draft, command.by);
    case 'exclude':
      return exclude(draft, command.by, command.person);
    case 'reported':
      return reported(draft, command.by, command.dangerInText);
    case 'accept':
      return accept(draft, command.by);
    case 'assign':
      return assign(draft, command.by, command.to);
    case 'release':
      return release(draft, command.person);
    case 'close':
      return close(draft, command.by, command.sure);
    case 'reopen':
      return reopen(draft, command.by);
    case 'try-number':
      return tryNumber(draft, command.number, command.instead);
    case 'numbered':
      return numbered(draft, command.number);
    case 'show':
      return show(draft, command.by);
    case 'timer':
      return onTimer(draft, command.name);
    case 'settled':
      return settled(draft, command);
  }
}

function open(
  rules: CallRules,
  command: Extract<CallCommand, { type: 'open' }>,
  moment: Moment,
): Accepted<Call> {
  const { by, affected } = command;
  const blank: Call = {
    code: command.code,
    number: command.number,
    draft: command.draft ?? '',
    caller: by,
    affected,
    section: sectionOf(rules, command),
    level: command.level,
    status: 'open',
    openedAt: moment.now,
    ...(command.arrivedAt === undefined ? {} : { arrivedAt: command.arrivedAt }),
    closedAt: null,
    closedBy: null,
    places: [command.place],
    lanes: { second: emptyLane, generalAffairs: emptyLane },
    excluded: command.excluded,
    police: null,
    timeline: [],
    folded: 0,
    copies: hasTeams(by.id) ? { [by.id]: { activityId: null, shownRev: 0, role: 'caller' } } : {},
    dangerInText: false,
    reported: false,
    taps: [],
    turns: {},
  };
  const draft = new Draft(blank, moment, rules);
  draft.record('opened', { who: by.name, detail: command.level });
  if (affected !== null && affected.id !== '') {
    draft.call.copies[affected.id] = { activityId: null, shownRev: 0, role: 'caller' };
  }
  if (command.level === 'report') informGeneralAffairs(draft, 'report');
  else startLanes(draft);
  // An emergency has its own, louder post.
  if (command.level !== 'emergency') announce(draft);
  return draft.accept();
}

/** The affected person's section, else the caller's, else that of the place (a guest's, a counter's). */
function sectionOf({ directory }: CallRules, command: Extract<CallCommand, { type: 'open' }>): string {
  const { affected, by, place } = command;
  const people = [affected?.id ?? '', by.id].map((id) => directory.person(id)?.section);
  return people.find((section) => section !== undefined) ?? place.section ?? '';
}

/** Every case reaches General Affairs' channel, without a sound: level, place, code. */
function announce(draft: Draft): void {
  if (draft.directory.generalAffairsChannel === undefined) return;
  draft.owe({ key: 'announce', kind: 'announce', person: '' });
}

/** General Affairs first: somebody who is in both lists then fills that lane and not the other. */
function startLanes(draft: Draft): void {
  startRound(draft, 'generalAffairs');
  startRound(draft, 'second');
  if (draft.call.level !== 'emergency') return;
  openPoliceTask(draft);
  signalEmergency(draft);
  draft.owe({ key: 'alarm:emergency', kind: 'alarm', person: '', data: { reason: 'emergency' } });
}

function onTimer(draft: Draft, name: string): Accepted<Call> {
  if (draft.call.status !== 'open') return draft.accept();
  if (name === 'police') onPoliceTimer(draft);
  for (const lane of LANES) laneTimer(draft, lane, name);
  return draft.accept();
}

function laneTimer(draft: Draft, lane: Lane, name: string): void {
  if (name === `step:${lane}`) onStepTimer(draft, lane);
  if (name === `repeat:${lane}`) onRepeatTimer(draft, lane);
  if (name === `arrive:${lane}`) onArriveTimer(draft, lane);
  if (name === `lapse:${lane}`) onLapseTimer(draft, lane);
}

function reported(draft: Draft, by: Participant, dangerInText: boolean): Accepted<Call> | Refused {
  const { call } = draft;
  const may = mayAct(draft, by.id) || mayDo(call as Call, draft.directory, by.id, 'add', draft.now);
  if (!may) return refuse('not-yours');
  // The first report of a written case was told when the case was opened.
  const isNews = call.reported || call.level !== 'report';
  call.reported = true;
  draft.record('reported', { who: by.name });
  if (call.handling?.phase === 'closed') reopenCase(draft, by.name);
  if (isNews && (call.status !== 'open' || call.level === 'report'))
    informOfReport(draft, call.handling?.assignee ?? null, by);
  const known = call.dangerInText || (call.level === 'emergency' && call.status === 'open');
  if (dangerInText && !known) {
    call.dangerInText = true;
    draft.record('danger-in-text');
    informGeneralAffairs(draft, 'danger-in-text');
  }
  return draft.accept();
}

function show(draft: Draft, by: Participant): Accepted<Call> | Refused {
  if (!mayAct(draft, by.id)) return refuse('not-yours');
  const before = draft.call.copies[by.id];
  if (before?.activityId != null) {
    draft.owe({
      key: `retire:${before.activityId}`,
      kind: 'retire',
      person: by.id,
      data: { activityId: before.activityId },
    });
  }
  const isCalled = before?.role === 'responder' || laneOf(draft, by.id) !== undefined;
  const role = isCaller(draft.call as Call, by.id) ? 'caller' : isCalled ? 'responder' : 'officer';
  const retired = before?.activityId ?? before?.retired;
  draft.call.copies[by.id] = {
    activityId: null,
    shownRev: 0,
    role,
    ...(retired === undefined ? {} : { retired }),
  };
  // An update that waits for the answer to a tap must not hold up the new card.
  draft.drop(({ key }) => key === `card:${by.id}`);
  draft.owe({ key: `card:${by.id}`, kind: 'card', person: by.id });
  return draft.accept();
}
