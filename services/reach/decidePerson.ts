import type { Reach, SendOutcome } from '../channel.ts';
import type { PersonId } from '../directory/directory.ts';
import type { Accepted, Aggregate, Decision, EngineCommand, Moment, Refused } from '../engine/aggregate.ts';
import type { NewEffect } from '../engine/envelope.ts';
import type { Found, PersonReach, PersonTest, Status } from './personReach.ts';

export type PersonCommand =
  /** A check has asked. Creates the document. */
  | { readonly type: 'checked'; readonly person: PersonId; readonly run: number; readonly reach: Reach }
  /** The app was added for them, or taken away: Teams said so by itself. */
  | { readonly type: 'installed' | 'uninstalled'; readonly run: number }
  /** 通知テスト. Creates the document. */
  | { readonly type: 'invite'; readonly person: PersonId; readonly test: string; readonly isAway: boolean }
  | { readonly type: 'confirm'; readonly test: string };

/** `confirmed`: they had pressed before; `old-test`: the card is of a test that has been followed by another. */
type PersonRefusal = 'confirmed' | 'old-test' | 'invited';

/** One that may have arrived is sent again only so often: each is another card on somebody's screen. */
const UNCERTAIN_TRIES = 2;
/** Throttled for this many attempts, it is as good as not sent. */
const RETRIES = 30;
const WAIT_MS = 20_000;
const LONGEST_WAIT_MS = 600_000;

export const personAggregate: Aggregate<PersonReach, PersonCommand> = {
  kind: 'reach',
  decide,
  listing: (state) => ({ terms: ['all'], sortAt: 0, summary: state }),
};

export function decide(
  state: PersonReach | undefined,
  command: PersonCommand | EngineCommand,
  { now }: Moment,
): Decision<PersonReach, PersonRefusal> {
  const before = state ?? blank(command);
  switch (command.type) {
    case 'checked':
      return done({
        ...before,
        found: foundBy(before, command.run, command.reach, now),
        asked: { run: command.run, at: now, isTold: command.reach.kind !== 'unknown' },
      });
    case 'installed':
      return done({ ...before, found: found(before, command.run, 'reachable', now, false) });
    case 'uninstalled':
      return done({ ...before, found: found(before, command.run, 'uninstalled', now, false) });
    case 'invite':
      return invite(before, command.test, command.isAway);
    case 'confirm':
      return confirm(before, command.test);
    case 'timer':
      return done(before);
    case 'settled':
      return settled(before, command, now);
  }
}

function blank(command: PersonCommand | EngineCommand): PersonReach {
  if (!('person' in command)) throw new Error(`${command.type} without a person`);
  return { person: command.person, found: null, asked: null, test: null };
}

function foundBy(before: PersonReach, run: number, reach: Reach, now: number): Found | null {
  // What could not be told now says nothing against what was known before.
  if (reach.kind === 'unknown') return before.found;
  const hadIt = before.found?.status === 'reachable' || before.found?.status === 'uninstalled';
  const status = reach.kind === 'reachable' ? 'reachable' : reach.why;
  // Not asked by the check before this one (somebody who was not on the lists then): found anew.
  const isGap = before.asked !== null && before.asked.run < run - 1;
  return found(before, run, status === 'not-installed' && hadIt ? 'uninstalled' : status, now, isGap);
}

const found = (before: PersonReach, run: number, status: Status, now: number, isGap: boolean): Found =>
  before.found?.status === status && !isGap ? before.found : { status, since: now, run };

function invite(before: PersonReach, test: string, isAway: boolean) {
  // A batch that is done a second time, or one of an older test that comes late.
  if (before.test !== null && before.test.id >= test) return refuse('invited');
  const mine: PersonTest = { id: test, page: isAway ? 'away' : 'queued', isConfirmed: false };
  const send: NewEffect = { key: `test:${test}`, kind: 'test', person: before.person, data: { test } };
  return done({ ...before, test: mine }, isAway ? [] : [send], true);
}

function confirm(before: PersonReach, test: string) {
  const { test: mine } = before;
  if (mine === null || mine.id !== test) return refuse('old-test');
  if (mine.isConfirmed) return refuse('confirmed');
  return done({ ...before, test: { ...mine, page: 'sent', isConfirmed: true } }, [], true);
}

function settled(
  before: PersonReach,
  { effect, outcome }: Extract<EngineCommand, { type: 'settled' }>,
  now: number,
): Accepted<PersonReach> {
  const { test } = before;
  if (test === null || test.isConfirmed || effect.data.test !== test.id) return done(before);
  const sent = outcome as SendOutcome;
  const page = (how: PersonTest['page']) => done({ ...before, test: { ...test, page: how } });
  const again = sent.kind === 'retry' || (sent.kind === 'uncertain' && effect.uncertain < UNCERTAIN_TRIES);
  if (again && effect.attempt < RETRIES) {
    const wait = sent.retryAfterMs ?? Math.min(LONGEST_WAIT_MS, WAIT_MS * 2 ** (effect.attempt - 1));
    return { ...done(before), retryAt: now + wait };
  }
  return page(sent.kind === 'delivered' || sent.kind === 'uncertain' ? 'sent' : 'unreachable');
}

/** A test that begins or is confirmed leaves nothing of an earlier one to be sent. */
const done = (
  state: PersonReach,
  effects: readonly NewEffect[] = [],
  dropsTests = false,
): Accepted<PersonReach> => ({
  ok: true,
  state,
  changed: true,
  effects,
  drop: ({ kind }) => dropsTests && kind === 'test',
  timers: {},
});

const refuse = (reason: PersonRefusal): Refused<PersonRefusal> => ({ ok: false, reason, detail: {} });
