/**
 * What the audit finds wrong. `scope` tells what is ill: this instance alone (others may go on paging), or what all
 * instances share (the store and what is owed in it, the way to Teams).
 * - `starting`: the engine has not looked into the store yet.
 * - `stopped`: the engine has been stopped.
 * - `late`: this process stood still: it ran the audit much later than it was due.
 * - `audit`: the audit itself has not run for too long.
 * - `poll`: the engine has not looked into the store for too long.
 * - `stuck`: what this instance sends does not come to an end, and nothing else has either.
 * - `store`: the store does not answer.
 * - `writes`: the store answers, and saves nothing.
 * - `overdue`: timers, claims or pages have been due for longer than the bound, and nobody takes them.
 * - `newer`: the same, and they belong to a newer version of the program, which does not run.
 * - `unserved`: so many documents cannot be served that it is not about one damaged document any more.
 * - `sends`: nothing gets through to Teams.
 */
export const REASONS = {
  starting: 'instance',
  stopped: 'instance',
  late: 'instance',
  audit: 'instance',
  poll: 'instance',
  stuck: 'instance',
  store: 'shared',
  writes: 'shared',
  overdue: 'shared',
  newer: 'shared',
  unserved: 'shared',
  sends: 'shared',
} as const;

export type Reason = keyof typeof REASONS;

export interface Finding {
  readonly reason: Reason;
  /** For the log: ages, counts and the keys of documents. Never sent anywhere else. */
  readonly detail: Readonly<Record<string, number | string | readonly string[]>>;
}

export const finding = (reason: Reason, detail: Finding['detail'] = {}): Finding => ({ reason, detail });

/** Result of one audit. */
export interface Verdict {
  readonly at: number;
  readonly isWell: boolean;
  readonly findings: readonly Finding[];
}

export const reasonsOf = ({ findings }: Verdict): readonly Reason[] => findings.map(({ reason }) => reason);
