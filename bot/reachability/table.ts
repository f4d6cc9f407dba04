import { postText } from '../../cards/reachCard.ts';
import { reachStrings } from '../../cards/strings/reach.ts';
import { dayOf, timeOf } from '../../services/japanDay.ts';
import type { Overview, Row } from '../../services/reach/overview.ts';

const words = reachStrings('ja');

/** What the terminal shows: who cannot be paged with the mend for each reason, then everybody in a table. */
export function tableOf(city: string, overview: Overview): string {
  const { rows, unreached, unsure, now } = overview;
  const reached = rows.length - unreached.length - unsure.length;
  const head = `${city}の到達確認（${dayOf(now)} ${timeOf(now)} 現在）: ${rows.length} 人のうち、届く ${reached} 人、届かない ${unreached.length} 人、確かめられない ${unsure.length} 人`;
  const lines = [
    ['氏名', '当番・職', '状態', 'いつから'],
    ...[...unreached, ...unsure].map(lineOf),
    ...rows.filter((row) => !unreached.includes(row) && !unsure.includes(row)).map(lineOf),
  ];
  return [head, aligned(lines), ...mends([...unreached, ...unsure])].join('\n\n');
}

const statusOf = ({ status, isUnsure }: Row): string =>
  `${words.status[status]}${isUnsure && status !== 'untested' ? '（今回は確かめられず）' : ''}`;

const lineOf = (row: Row): string[] => [
  row.person.name,
  row.as
    .slice(0, 2)
    .map((post) => postText(post, 'ja'))
    .join('・'),
  statusOf(row),
  row.since === null ? '' : dayOf(row.since),
];

function mends(rows: readonly Row[]): string[] {
  const statuses = [...new Set(rows.map(({ status }) => (status === 'reachable' ? 'untested' : status)))];
  if (statuses.length === 0) return [];
  const lines = statuses.map(
    (status) => `- ${words.status[status]}: ${words.todo[status as keyof typeof words.todo]}`,
  );
  return [['直し方', ...lines].join('\n')];
}

/** Full-width characters take two columns of a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x2e80 ? 1 : 2), 0);

function aligned(lines: readonly (readonly string[])[]): string {
  const columns = lines[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...lines.map((line) => widthOf(line[at] ?? ''))),
  );
  const padded = (line: readonly string[]) =>
    line
      .map((text, at) => text + ' '.repeat((widths[at] ?? 0) - widthOf(text)))
      .join('  ')
      .trimEnd();
  return lines.map(padded).join('\n');
}
