import { type Directory, LANES, type PersonId } from '../directory/directory.ts';
import { isCaller } from './access.ts';
import type { Call } from './call.ts';

/** What somebody is to a case. A person can be several at once; an implicated person is nothing else. */
export const ROLES = [
  'implicated',
  'guest',
  'counter',
  'affected',
  'caller',
  'responder',
  'section-head',
  'department-head',
  'general-affairs',
  'manager',
  'none',
] as const;
export type Role = (typeof ROLES)[number];

/** What can be done with a case. */
export const ACTIONS = [
  /** The state: level, place, who is coming, 受付, 経過. Never a narrative. */
  'state',
  /** The narrative, in personal chat, each opening written to the view log first. */
  'read',
  /** The steps of the full report. */
  'write',
  /** 市側の対応 and 再発対策: not asked of the reporter. */
  'write-organization',
  /** Another short report (追記). */
  'add',
  /** 訂正 of what was reported: appended, the original stays. */
  'amend',
  'categories',
  'accept',
  'assign',
  'note',
  'propose',
  'close',
  'reopen',
  /** 閲覧記録: who has opened the narrative. */
  'views',
] as const;
export type Action = (typeof ACTIONS)[number];

export const STATES = ['new', 'accepted', 'closed'] as const;
export type State = (typeof STATES)[number];

type Row = Readonly<Partial<Record<Action, readonly State[]>>>;

const always = STATES;
const whileOpen: readonly State[] = ['new', 'accepted'];
const sinceAccepted: readonly State[] = ['accepted', 'closed'];

const reporter: Row = {
  state: always,
  read: always,
  write: whileOpen,
  add: always,
  amend: always,
  categories: whileOpen,
};

const generalAffairs: Row = {
  ...reporter,
  'write-organization': whileOpen,
  accept: ['new'],
  assign: ['accepted'],
  note: always,
  propose: ['accepted'],
  close: ['accepted'],
  reopen: ['closed'],
};

/** Who may do what, and when (issue: role × action × state; `docs/access.md` is written from this). */
const TABLE: Readonly<Record<Role, Row>> = {
  implicated: {},
  guest: { state: always },
  counter: { state: always },
  affected: reporter,
  caller: reporter,
  responder: { state: always, add: always },
  'section-head': { ...reporter, 'write-organization': whileOpen, note: always },
  // Decides later (R6): reads from the acceptance on, and leaves the record to those who write it.
  'department-head': { state: sinceAccepted, read: sinceAccepted },
  'general-affairs': generalAffairs,
  manager: { ...generalAffairs, views: always },
  none: {},
};

/** What the organisation does with a case, nobody does with their own (domain: 被害者 never acts on the case). */
const NOT_ON_ONES_OWN: ReadonlySet<Action> = new Set<Action>([
  'write-organization',
  'accept',
  'assign',
  'note',
  'propose',
  'close',
  'reopen',
]);

export const isAllowed = (role: Role, action: Action, state: State): boolean =>
  TABLE[role][action]?.includes(state) ?? false;

export const isForOthers = (action: Action): boolean => NOT_ON_ONES_OWN.has(action);

export const stateOf = (call: Call): State => call.handling?.phase ?? 'new';

/** Whose case it is: the one who was attacked, who is the caller unless a colleague called for somebody. */
export const isAffected = (call: Call, person: PersonId): boolean =>
  person !== '' &&
  (call.affected === null
    ? call.caller.id === person
    : call.affected.id === person || call.alsoAffected?.includes(person) === true);

type CallDirectory = Pick<Directory, 'person' | 'isGeneralAffairs' | 'posts' | 'sections'>;

/** Of General Affairs, or standing in for its manager from elsewhere. */
export const isOfGeneralAffairs = (
  directory: Pick<Directory, 'person' | 'isGeneralAffairs' | 'posts'>,
  person: PersonId,
  now: number,
): boolean =>
  (directory.person(person) !== undefined && directory.isGeneralAffairs(person)) ||
  isGeneralAffairsManager(directory, person, now);

/** 総務課長, or whoever stands in for them now. */
export const isGeneralAffairsManager = (
  directory: Pick<Directory, 'person' | 'posts'>,
  person: PersonId,
  now: number,
): boolean => directory.person(person) !== undefined && directory.posts(person, now).isManager;

/** Never empty. `now` decides which posts somebody holds or stands in for. */
export function rolesOf(call: Call, directory: CallDirectory, person: PersonId, now: number): Role[] {
  if (call.excluded.includes(person)) return ['implicated'];
  const known = directory.person(person);
  const isOwn = isCaller(call, person);
  // Somebody who has left: their own call while it is open, like anybody of the tenant; nothing else.
  if (known === undefined) return isOwn && isGuestsOwn(call) ? ['guest'] : ['none'];
  if (known.kind === 'counter') return isOwn ? ['counter'] : ['none'];
  const roles: Role[] = [];
  if (isAffected(call, person)) roles.push('affected');
  if (call.caller.id === person) roles.push('caller');
  if (isResponder(call, person)) roles.push('responder');
  const { heads, departments, isManager } = directory.posts(person, now);
  const section = call.section ?? '';
  const department = directory.sections().find(({ id }) => id === section)?.department;
  if (heads.includes(section)) roles.push('section-head');
  if (department !== undefined && departments.includes(department)) roles.push('department-head');
  if (isOfGeneralAffairs(directory, person, now)) roles.push('general-affairs');
  if (isManager) roles.push('manager');
  return roles.length === 0 ? ['none'] : roles;
}

const isGuestsOwn = (call: Call): boolean => call.status === 'open' || call.caller.kind === 'guest';

const isResponder = (call: Call, person: PersonId): boolean =>
  LANES.some((lane) => call.lanes[lane].people[person] !== undefined) ||
  call.copies[person]?.role === 'responder';

/** The one question of every handler and rule (promise 4). */
export function mayDo(
  call: Call,
  directory: CallDirectory,
  person: PersonId,
  action: Action,
  now: number,
): boolean {
  const roles = rolesOf(call, directory, person, now);
  if (roles.includes('affected') && isForOthers(action)) return false;
  return roles.some((role) => isAllowed(role, action, stateOf(call)));
}
