import { createHash } from 'node:crypto';
import type { Accepted, Aggregate, Decision, EngineCommand, Moment, Refused } from '../engine/aggregate.ts';
import type { NewEffect } from '../engine/envelope.ts';
import { dayOf } from '../japanDay.ts';
import { accept, check, type ReachDirectory, startTest } from './begin.ts';
import type { Reachability, Test, Watcher } from './reachability.ts';
import { isTime, nextCheck, nextTest } from './schedule.ts';
import { type ReachOutcome, settled } from './settling.ts';

export type ReachCommand =
  /** At the start, and after each change of the organisation file. Creates the document. */
  | { readonly type: 'follow' }
  /** Somebody of General Affairs wants to know now. */
  | { readonly type: 'check'; readonly watcher: Watcher | null }
  | { readonly type: 'start-test'; readonly by: string };

type ReachRefusal = 'test-today';

/** People usually mend several things in the file, one after another. */
const AFTER_CHANGE_MS = 60_000;

/** The rules of when people are asked, and General Affairs is told: no clock, no store, no Teams. */
export const createReachAggregate = (directory: ReachDirectory): Aggregate<Reachability, ReachCommand> => ({
  kind: 'reachability',
  decide: (state, command, moment) => decide(directory, state, command, moment),
  listing: () => ({ terms: [], sortAt: 0, summary: null }),
});

const BLANK: Reachability = {
  run: 0,
  check: null,
  checked: null,
  told: { run: 0, at: 0 },
  listed: '',
  test: null,
  planned: { check: null, test: null },
  isTestOwed: false,
};

export function decide(
  directory: ReachDirectory,
  state: Reachability | undefined,
  command: ReachCommand | EngineCommand,
  { now }: Moment,
): Decision<Reachability, ReachRefusal> {
  const before = state ?? BLANK;
  switch (command.type) {
    case 'follow':
      return follow(directory, before, now);
    case 'check':
      return check(before, 'asked', now, command.watcher === null ? [] : [command.watcher]);
    case 'start-test':
      return before.test?.id === dayOf(now)
        ? refuse('test-today')
        : startTest(directory, before, command.by, now);
    case 'timer':
      return onTimer(directory, before, command.name, now);
    case 'settled':
      return settled(before, command.effect, command.outcome as ReachOutcome, now);
  }
}

const refuse = (reason: ReachRefusal): Refused<ReachRefusal> => ({ ok: false, reason, detail: {} });

/** When the next check and the next test are due. */
function plan(directory: ReachDirectory, before: Reachability, now: number): Reachability['planned'] {
  const { checkAt, testAt } = directory.reachability;
  return {
    check: nextCheck(directory, checkAt, now),
    test: (before.isTestOwed ? nextCheck : nextTest)(directory, testAt, now),
  };
}

function follow(directory: ReachDirectory, before: Reachability, now: number): Accepted<Reachability> {
  const { daysAhead } = directory.reachability;
  const people = directory.pageable(dayOf(now), daysAhead).map(({ id }) => id);
  const listed = createHash('sha256')
    .update([...people].sort().join())
    .digest('base64url');
  const next = plan(directory, before, now);
  const kept = (name: 'check' | 'test') => {
    const at = before.planned[name];
    return at !== null && at <= now ? at : next[name];
  };
  const planned = { check: kept('check'), test: kept('test') };
  // The first look at the lists is no change: the daily check comes, or somebody asks.
  const isNews = before.listed !== '' && before.listed !== listed;
  const timers = isNews ? { ...planned, change: now + AFTER_CHANGE_MS } : planned;
  return accept({ ...before, listed, planned }, { timers });
}

function onTimer(
  directory: ReachDirectory,
  before: Reachability,
  name: string,
  now: number,
): Accepted<Reachability> {
  switch (name) {
    case 'check':
      return onCheckTimer(directory, before, now);
    case 'test':
      return onTestTimer(directory, before, now);
    case 'change':
      // The check under way may have passed whoever is new.
      return before.check === null
        ? check(before, 'changed', now)
        : accept(before, { timers: { change: now + AFTER_CHANGE_MS } });
    case 'again':
      return check(before, 'again', now, [], (before.checked?.tries ?? 0) + 1);
    case 'list':
      return before.test === null ? accept(before) : accept(before, { effects: [listOf(before.test)] });
    default:
      return accept(before);
  }
}

const listOf = ({ id }: Test): NewEffect => ({
  key: `list:${id}`,
  kind: 'list',
  person: '',
  data: { of: id },
});

function onCheckTimer(directory: ReachDirectory, before: Reachability, now: number): Accepted<Reachability> {
  const { checkAt } = directory.reachability;
  const planned = { ...before.planned, check: plan(directory, before, now).check };
  const state = { ...before, planned };
  const begun =
    checkAt !== null && isTime(directory, checkAt, now) ? check(state, 'daily', now) : accept(state);
  return { ...begun, timers: { ...begun.timers, check: planned.check } };
}

function onTestTimer(directory: ReachDirectory, before: Reachability, now: number): Accepted<Reachability> {
  const { testAt } = directory.reachability;
  // Missed that day (nothing ran), or the file says another day by now.
  const isTestOwed = testAt !== null && !isTime(directory, testAt, now);
  const state = { ...before, isTestOwed };
  const planned = { ...before.planned, test: plan(directory, state, now).test };
  const due = { ...state, planned };
  const isNow = testAt !== null && !isTestOwed && before.test?.id !== dayOf(now);
  const begun = isNow ? startTest(directory, due, '', now) : accept(due);
  return { ...begun, timers: { ...begun.timers, test: planned.test } };
}
