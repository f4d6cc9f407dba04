export type Cell = number | string | boolean | null;

export interface Column {
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
