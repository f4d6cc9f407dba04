import { type Findings, findingsOf, type RunParts } from './findings.ts';
import type { Fleet } from './fleet.ts';
import type { Logs } from './logs.ts';
import type { CardState } from './oracle/cards.ts';
import type { Judged } from './oracle/judge.ts';
import type { Ask } from './play/ask.ts';
import type { SinkWeather } from './sink/faults.ts';
import type { Message } from './sink/message.ts';
import type { Duplicate } from './trace/duplicates.ts';
import type { LatePage } from './trace/late.ts';

export interface Report {
  readonly seed: string;
  readonly folder: string;
  readonly figures: Figures;
  /** One line each; none: the run is good. */
  readonly violations: readonly string[];
  readonly faults: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

interface Figures {
  readonly cases: number;
  readonly accepted: number;
  readonly owed: number;
  readonly delivered: number;
  readonly refused: number;
  readonly missing: number;
  readonly undecided: number;
  readonly pagesAfterAcknowledgement: number;
  /** Pages that were under way when somebody acknowledged, and how late the last of them arrived. */
  readonly pagesUnderWay: number;
  readonly underWayMaxMs: number;
  readonly duplicates: number;
  readonly unexplained: number;
  readonly staleCards: number;
  readonly strays: number;
  readonly kills: number;
  readonly pauses: number;
  readonly messages: number;
  readonly lateMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

interface Parts extends RunParts {
  readonly seed: string;
  readonly folder: string;
  readonly weather: SinkWeather;
  readonly storeFaults: Readonly<Record<string, number>>;
  readonly fleet: Fleet;
  readonly ask: Ask;
  readonly logs: Logs;
}

export function reportOf(parts: Parts): Report {
  const { seed, folder, fleet, weather, ask, logs } = parts;
  const findings = findingsOf(parts);
  return {
    seed,
    folder,
    figures: figuresOf(parts, findings),
    violations: violationsOf(findings),
    faults: {
      kills: fleet.kills,
      pauses: fleet.pauses,
      messenger: Object.fromEntries(weather.counts),
      store: parts.storeFaults,
      people: ask.counts,
      'duplicates by cause': byCause(findings.duplicates),
      log: Object.fromEntries([...logs.counts].sort((a, b) => b[1] - a[1]).slice(0, LOG_LINES)),
    },
  };
}

const LOG_LINES = 20;

function figuresOf({ journals, fleet, sink }: Parts, findings: Findings): Figures {
  const { judged, duplicates, underWayMs } = findings;
  const count = (verdict: Judged['verdict']) => judged.filter((one) => one.verdict === verdict).length;
  return {
    cases: journals.length,
    accepted: journals.filter(({ code }) => code !== undefined).length,
    owed: judged.length,
    delivered: count('delivered'),
    refused: count('refused'),
    missing: count('missing'),
    undecided: count('undecided'),
    pagesAfterAcknowledgement: findings.late.length,
    pagesUnderWay: underWayMs.length,
    underWayMaxMs: Math.max(0, ...underWayMs),
    duplicates: duplicates.length,
    unexplained: duplicates.filter(isUnexplained).length + findings.unmarked.length,
    staleCards: findings.stale.length + findings.behind.length,
    strays: findings.strays,
    kills: fleet.killed,
    pauses: Object.values(fleet.pauses).reduce((sum, n) => sum + n, 0),
    messages: sink.messages.length,
    lateMs: percentiles(judged),
  };
}

const isUnexplained = ({ because }: Duplicate): boolean => because === undefined;

const violationsOf = ({ judged, duplicates, unmarked, late, stale, behind, extra }: Findings): string[] => [
  ...judged.filter(({ verdict }) => verdict === 'missing').map(missingLine),
  ...duplicates.filter(isUnexplained).map(duplicateLine),
  ...unmarked.map(unmarkedLine),
  ...late.map(lateLine),
  ...stale.map((card) => cardLine('shows nothing right', card)),
  ...behind.map((card) => cardLine('has a card left behind', card)),
  ...extra.map((code) => `${code}: a case that nobody called`),
];

function percentiles(judged: readonly Judged[]): Figures['lateMs'] {
  const late = judged
    .filter(({ owed: { what } }) => what === 'page')
    .flatMap(({ lateMs }) => (lateMs === undefined ? [] : [lateMs]))
    .sort((a, b) => a - b);
  const at = (share: number) => late[Math.min(late.length - 1, Math.floor(late.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: late.at(-1) ?? 0 };
}

function byCause(duplicates: readonly Duplicate[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { because = 'unexplained' } of duplicates) counts[because] = (counts[because] ?? 0) + 1;
  return counts;
}

const time = (at: number): string => new Date(at).toISOString().slice(11, 23);

const missingLine = ({ owed: { what, code, person, lane, since, dueAt, until } }: Judged): string =>
  `${code}: ${what} for ${short(person)}${lane === undefined ? '' : ` (${lane})`} is missing: owed since ${time(since)}, due ${time(dueAt)}${Number.isFinite(until) ? `, dropped from ${time(until)}` : ''}`;
const duplicateLine = ({ code, person, key, detail }: Duplicate): string =>
  `${code}: unexplained duplicate for ${short(person)}: ${key}, ${detail}`;
const unmarkedLine = ({ id, code, person }: Message): string =>
  `${code}: page ${id} for ${short(person)} belongs to no effect`;
const lateLine = ({ code, key, worker, why }: LatePage): string =>
  `${code}: ${key} claimed by ${worker} although ${why}`;
const cardLine = (what: string, { code, person, shown }: CardState): string =>
  `${code}: ${short(person)} ${what}: ${shown.map(({ id, tag }) => `${id} (${tag?.key ?? 'no effect'} ${tag?.worker ?? ''})`).join(', ')}`;
const short = (person: string): string => person.slice(-4);
