import { parseArgs } from 'node:util';

const MUTATIONS = ['settle-before-send', 'no-claim'] as const;
export type Mutation = (typeof MUTATIONS)[number];
export type StoreName = 'sqlite' | 'cosmos';

export interface Options {
  readonly store: StoreName;
  readonly workers: number;
  readonly cases: number;
  readonly kills: number;
  readonly runs: number;
  /** Cases opened a second. */
  readonly rate: number;
  /** From the opening of a case to the last thing that is planned for it. */
  readonly caseMs: number;
  readonly seed: string;
  readonly mutation: Mutation | undefined;
  /** Where traces and logs stay; absent: a temporary folder that is removed after a run without violations. */
  readonly keep: string | undefined;
}

export const USAGE = `npm run torture -- [--store sqlite|cosmos] [--workers 3] [--cases 300] [--kills 50] [--runs 1]
  [--rate 2] [--seed text] [--mutate ${MUTATIONS.join('|')}] [--short] [--keep folder]

--short: 45 cases and 12 kills in less time, for CI. --mutate: with that defect in the workers; the run has to fail.
--rate: cases opened a second. --keep: leaves traces and logs of all runs in that folder.`;

/** @throws TypeError for what is no option */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      store: { type: 'string', default: 'sqlite' },
      workers: { type: 'string', default: '3' },
      cases: { type: 'string' },
      kills: { type: 'string' },
      runs: { type: 'string', default: '1' },
      rate: { type: 'string' },
      seed: { type: 'string' },
      mutate: { type: 'string' },
      short: { type: 'boolean', default: false },
      keep: { type: 'string' },
    },
  });
  const { store, mutate } = values;
  if (store !== 'sqlite' && store !== 'cosmos') throw new TypeError(`--store ${store}`);
  const mutation = MUTATIONS.find((name) => name === mutate);
  if (mutate !== undefined && mutation === undefined) throw new TypeError(`--mutate ${mutate}`);
  return {
    store,
    workers: count('workers', values.workers),
    cases: count('cases', values.cases ?? (values.short ? '45' : '300')),
    kills: count('kills', values.kills ?? (values.short ? '12' : '50')),
    runs: count('runs', values.runs),
    rate: count('rate', values.rate ?? (values.short ? '3' : '2')),
    caseMs: values.short ? 20_000 : 32_000,
    seed: values.seed ?? String(Date.now() % 1_000_000),
    mutation,
    keep: values.keep,
  };
}

function count(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) throw new TypeError(`--${name} ${text}`);
  return number;
}
