import { percentile } from './percentile.ts';

type Cell = number | string | boolean | null;

interface Column {
  readonly key: string;
  readonly title: string;
  /** Digits behind the point of a number. */
  readonly digits?: number;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;
type Percentile = keyof typeof SHARES;

interface LatencyGoal {
  readonly at: Percentile;
  readonly ms: number;
  /** How many samples there have to be; by default it does not matter. */
  readonly count?: number;
}

/** For rows of `latencyCells`. */
export const latencyColumns = (shares: readonly Percentile[]): Column[] => [
  ...shares.map((key) => ({ key, title: key })),
  { key: 'most', title: 'max' },
  { key: 'goal', title: 'goal' },
  { key: 'isMet', title: 'met' },
];

/** Percentiles of the samples, the most, the goal and whether it is met. */
export function latencyCells(
  samples: readonly number[],
  shares: readonly Percentile[],
  goal?: LatencyGoal,
): Readonly<Record<string, Cell>> {
  const figures = {
    ...Object.fromEntries(shares.map((key) => [key, percentile(samples, SHARES[key])])),
    most: Math.max(...samples),
  };
  if (goal === undefined) return { ...figures, goal: '', isMet: null };
  const { at, ms, count = samples.length } = goal;
  // Where there is but one, its column says which it is.
  const name = shares.length > 1 ? `${at} ` : '';
  return {
    ...figures,
    goal: `${name}≤ ${ms.toLocaleString('en')}`,
    isMet: samples.length === count && percentile(samples, SHARES[at]) <= ms,
  };
}

/** As Markdown, so that what is printed can go into a document as it is. */
export function markdown({ title, columns, rows }: Table): string {
  const lines = rows.map((row) => columns.map((column) => textOf(row[column.key] ?? null, column)));
  const heads = columns.map((column) => column.title);
  const widths = columns.map((_, n) =>
    Math.max(3, ...[heads, ...lines].map((cells) => cells[n]?.length ?? 0)),
  );
  const isNumeric = columns.map(({ key }) => rows.some((row) => typeof row[key] === 'number'));
  const pad = (text: string, n: number) =>
    isNumeric[n] ? text.padStart(widths[n] ?? 0) : text.padEnd(widths[n] ?? 0);
  const line = (cells: readonly string[]) => `| ${cells.map(pad).join(' | ')} |`;
  const rule = widths.map((width, n) => (isNumeric[n] ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [`### ${title}`, '', line(heads), `| ${rule.join(' | ')} |`, ...lines.map(line)].join('\n');
}

function textOf(cell: Cell, { digits = 0 }: Column): string {
  if (cell === null) return '–';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'NO';
  return typeof cell === 'string'
    ? cell
    : cell.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
