import type { Directory, PersonId } from '../directory/directory.ts';
import type { Accepted } from '../engine/aggregate.ts';
import type { Effect, NewEffect } from '../engine/envelope.ts';
import { dayOf } from '../japanDay.ts';
import type { Check, Reachability, Test, Watcher } from './reachability.ts';
import { afterWorkingDays } from './schedule.ts';

export type ReachDirectory = Pick<Directory, 'pageable' | 'isWorkingDay' | 'reachability'>;

/** Between two batches: a few people a second, far below what Teams allows, so that pages never wait for it. */
export const BATCH_EVERY_MS = 1_000;
const WATCHERS = 10;

interface More {
  readonly effects?: readonly NewEffect[];
  readonly drop?: (effect: Effect) => boolean;
  readonly timers?: Readonly<Record<string, number | null>>;
}

export const accept = (
  state: Reachability,
  { effects = [], drop = () => false, timers = {} }: More = {},
): Accepted<Reachability> => ({ ok: true, state, changed: true, effects, drop, timers });

export const batch = (
  kind: 'check' | 'invite',
  of: string | number,
  after: PersonId,
  readyAt: number,
): NewEffect => ({
  key: `${kind}:${of}:${after}`,
  kind,
  person: '',
  data: { of, after },
  readyAt,
});

export function check(
  before: Reachability,
  why: Check['why'],
  now: number,
  watchers: readonly Watcher[] = [],
  tries = 0,
): Accepted<Reachability> {
  if (before.check !== null) {
    const all = [...before.check.watchers, ...watchers].slice(-WATCHERS);
    // The check of the day joins one that somebody asked for, and General Affairs is told at its end.
    const joined = before.check.why === 'asked' ? why : before.check.why;
    return accept({ ...before, check: { ...before.check, why: joined, watchers: all } });
  }
  const run = before.run + 1;
  return accept(
    { ...before, run, check: { run, why, startedAt: now, tries, isUnsure: false, watchers } },
    { effects: [batch('check', run, '', now)], timers: { again: null } },
  );
}

export function startTest(
  directory: ReachDirectory,
  before: Reachability,
  by: string,
  now: number,
): Accepted<Reachability> {
  const id = dayOf(now);
  const listAt = afterWorkingDays(directory, now, directory.reachability.answerDays);
  const test: Test = { id, startedAt: now, by, isSent: false, listAt, isListed: false };
  return accept(
    { ...before, test },
    {
      effects: [batch('invite', id, '', now)],
      drop: ({ kind }) => kind === 'invite' || kind === 'list',
      timers: { list: listAt },
    },
  );
}
