import type { Call, LanePerson, LaneState, Participant } from '../../../services/calls/call.ts';
import { listingOf } from '../../../services/calls/listing.ts';
import type { Place } from '../../../services/directory/directory.ts';
import { type Envelope, encode } from '../../../services/engine/envelope.ts';
import type { Document } from '../../../services/store/store.ts';

/** The moment at which the city is looked at, and how far back its cases go. */
export const NOW = Date.UTC(2026, 10, 24, 1);
const YEARS = 10 * 365 * 86_400_000;

export const SECTIONS = 60;
const STAFF = 3_000;
/** The newest cases: calls under way, each with a wake-up; then those that General Affairs deals with. */
export const UNDER_WAY = 200;
export const DEALT_WITH = 400;
/** How many of the calls under way are due at `NOW`. */
const DUE = 50;
/** Has called three times in all the years. */
export const RARE_CALLER = 'staff-rare';

/**
 * Case `n` of a city with `count` cases, from 0 for the oldest, up to the moment `NOW`; a higher `n` is one that comes
 * in now. What people work on is the same in a city of any size: only what is over grows. Terms, summary and times are
 * made by the product from the call.
 */
export function aCase(n: number, count: number): Document {
  const age = count - 1 - n;
  const call = aCall(n, count, phaseOf(age));
  return encode('call', call.code, envelopeOf(call, n, age), listingOf(call));
}

/** The same case a step further: closed, or opened again. What a list shows of it changes with it. */
export function turned(document: Document): Document {
  const envelope = document.body as Envelope<Call>;
  const { handling } = envelope.state;
  if (handling === undefined) throw new Error('nobody deals with it yet');
  const phase = handling.phase === 'closed' ? 'accepted' : 'closed';
  const call: Call = { ...envelope.state, handling: { ...handling, phase } };
  return encode('call', call.code, { ...envelope, rev: envelope.rev + 1, state: call }, listingOf(call));
}

/** The same case after one more write of the engine, which no list shows. */
export function served(document: Document): Document {
  const envelope = document.body as Envelope<Call>;
  const ops = [...envelope.ops.slice(1), opOf(envelope.rev, envelope.ops.length)];
  return {
    ...document,
    dueAt: document.dueAt === null ? null : document.dueAt + 1,
    body: { ...envelope, rev: envelope.rev + 1, ops },
  };
}

export const openedAt = (n: number, count: number): number =>
  NOW - Math.round(((count - 1 - n) * YEARS) / count);

/** Codes have no order: neighbours in time lie far apart. */
export function codeOf(n: number): string {
  let rest = (n * 387_420_489) % 2 ** 30;
  let code = '';
  for (let digit = 0; digit < 6; digit += 1) {
    code = `${ALPHABET[rest % 32]}${code}`;
    rest = Math.floor(rest / 32);
  }
  return `K-${code}`;
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

type Phase = 'under way' | 'dealt with' | 'over';

const phaseOf = (age: number): Phase =>
  age < UNDER_WAY ? 'under way' : age < UNDER_WAY + DEALT_WITH ? 'dealt with' : 'over';

const sectionOf = (n: number): string => `section-${n % SECTIONS}`;

const staff = (n: number): Participant => ({
  id: `staff-${String(n % STAFF).padStart(4, '0')}`,
  name: `${FAMILIES[n % FAMILIES.length]} ${GIVEN[n % GIVEN.length]}`,
  kind: 'person',
});

/** Whom General Affairs' cases are given to. */
export const officer = (n: number): Participant => staff(n % 8);

const FAMILIES = ['佐藤', '鈴木', '清水', '中村', '高橋', '伊藤', '渡辺'];
const GIVEN = ['健太', '美咲', '直樹', '陽子', '翔', '千尋'];

function aCall(n: number, count: number, phase: Phase): Call {
  const at = openedAt(n, count);
  const isOpen = phase === 'under way';
  const third = Math.floor(count / 3);
  const caller = n === 1 || n === third || n === 2 * third ? { ...staff(n), id: RARE_CALLER } : staff(n * 7);
  const helper = staff(n * 11 + 1);
  const officerInCharge = officer(n);
  const closed = { by: officerInCharge, at: at + 86_400_000 };
  return {
    code: codeOf(n),
    number: n % 5,
    draft: '',
    caller,
    affected: null,
    level: n % 20 === 0 ? 'emergency' : 'assist',
    status: isOpen ? 'open' : 'ended',
    openedAt: at,
    closedAt: isOpen ? null : at + 900_000,
    closedBy: isOpen ? null : caller,
    places: [placeOf(n)],
    lanes: { second: lane(at, [helper, staff(n + 2)]), generalAffairs: lane(at, [officerInCharge]) },
    excluded: [],
    police: null,
    timeline: timelineOf(at, caller, helper),
    folded: 0,
    copies: Object.fromEntries(
      [caller, helper, staff(n + 2), officerInCharge].map(({ id }) => [
        id,
        { activityId: `1:${opOf(n, id.length)}`, shownRev: 9, role: 'responder' as const },
      ]),
    ),
    dangerInText: false,
    reported: !isOpen,
    section: sectionOf(n),
    ...(isOpen
      ? {}
      : {
          handling: {
            phase: phase === 'over' ? 'closed' : 'accepted',
            accepted: { by: officerInCharge, at: at + 3_600_000 },
            candidate: null,
            number: { year: 2016 + Math.floor((10 * n) / count), n: n + 1 },
            assignee: officerInCharge,
            closed: phase === 'over' ? closed : null,
          },
        }),
    posts: [],
    taps: [caller, helper, officerInCharge].map(({ id }) => `going:${id}:1`),
    turns: { [caller.id]: 2, [helper.id]: 3, [officerInCharge.id]: 1 },
  };
}

const placeOf = (n: number): Place => ({
  text: `本庁舎 ${1 + (n % 6)}階 市民税課 ${1 + (n % 9)}番窓口`,
  building: 'main',
  buildingName: '本庁舎',
  floor: 1 + (n % 6),
  section: sectionOf(n),
  arriveMinutes: 3,
});

function lane(at: number, people: readonly Participant[]): LaneState {
  const person = (step: number): LanePerson => ({
    step,
    page: 'sent',
    pages: 2,
    firstAt: at + 400,
    lastAt: at + 60_400,
    pagedAt: at + 60_000,
    answer: { kind: 'going', at: at + 75_000, round: 1, askedAt: null, lapsedAt: null },
  });
  return {
    state: 'held',
    round: 1,
    roundAt: at,
    step: people.length - 1,
    exhausted: false,
    repeats: 1,
    steps: people.map((_, step) => ({ label: '同じ課の職員', at: at + 30_000 * step, outcome: 'answered' })),
    people: Object.fromEntries(people.map(({ id }, step) => [id, person(step)])),
    phone: null,
    cameAt: null,
    cameRound: 0,
  };
}

function timelineOf(at: number, caller: Participant, helper: Participant): Call['timeline'] {
  return [
    { at, kind: 'opened', who: caller.name },
    { at, kind: 'step', lane: 'second', detail: '同じ課の職員' },
    { at, kind: 'step', lane: 'generalAffairs', detail: '総務課の当番' },
    { at: at + 30_000, kind: 'step-unanswered', lane: 'second', detail: '同じ課の職員' },
    { at: at + 75_000, kind: 'going', lane: 'second', who: helper.name },
    { at: at + 180_000, kind: 'arrived', lane: 'second', who: helper.name },
    { at: at + 240_000, kind: 'came', who: caller.name },
    { at: at + 900_000, kind: 'ended', who: caller.name },
    { at: at + 3_600_000, kind: 'accepted', who: '総務課' },
  ];
}

function envelopeOf(call: Call, n: number, age: number): Envelope<Call> {
  const timers = call.status === 'open' ? { 'repeat:second': NOW + (age - DUE) * 10_000 + 1 } : {};
  const ops = Array.from({ length: 12 }, (_, op) => opOf(n, op));
  return { schemaVersion: 1, rev: 9, state: call, timers, outbox: [], ops };
}

/** Looks like the random id of an operation. */
const opOf = (n: number, op: number): string => `${codeOf(n * 31 + op)}-${codeOf(n + op * 7_919)}-op`;
