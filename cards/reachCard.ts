import type { DutyPost } from '../services/directory/directory.ts';
import type { Overview, Row as Reached } from '../services/reach/overview.ts';
import { dayText } from './dayText.ts';
import { type Block, block, bold, button, line, row, subtle, title } from './parts.ts';
import type { Language, Rendered } from './rendered.ts';
import { pairs, sheetCard } from './sheet.ts';
import { type ReachStrings, reachStrings } from './strings/reach.ts';
import { strings } from './strings.ts';
import { clockText, oneLine } from './text.ts';

/** Names on one card: the rest is on the next page. */
const SHOWN = 20;
const POSTS = 2;

interface ReachInput {
  readonly language: Language;
  readonly overview: Overview;
  /** How many days of the duty lists were looked through. */
  readonly days: number;
  readonly page?: number;
}

/**
 * 到達確認, for General Affairs in personal chat: who on the duty lists cannot be paged, why, since when, and what to do.
 * Those with the same reason stand together, so that the way to mend it is said once.
 */
export function reachCard({ language, overview, days, page = 0 }: ReachInput): Rendered {
  const words = reachStrings(language);
  const { buttons, list } = words;
  const { city } = overview;
  const shown = [...overview.unreached, ...overview.unsure].sort(byStatus);
  const pages = Math.max(1, Math.ceil(shown.length / SHOWN));
  const at = Math.max(0, Math.min(page, pages - 1));
  const turn = (label: string, to: number) => button(label, 'reach.open', { page: to });
  return sheetCard({
    notice: city.check === null ? undefined : list.checking,
    heading: [title(list.title), ...summaryLines(overview, words)],
    blocks: [
      ...byReason(shown.slice(at * SHOWN, (at + 1) * SHOWN), language, overview.now),
      block('default', [line(subtle(list.meaning(days)))]),
    ],
    rows: [
      ...pairs([
        ...(at > 0 ? [turn(buttons.earlier, at - 1)] : []),
        ...(at < pages - 1 ? [turn(buttons.later, at + 1)] : []),
      ]),
      ...pairs([
        city.check === null
          ? button(buttons.again, 'reach.check')
          : button(buttons.refresh, 'reach.open', { page: at }),
        button(buttons.test, 'test.open'),
      ]),
      row(button(strings(language).buttons.home, 'home.open')),
    ],
    summary: list.title,
  });
}

function summaryLines({ rows, unreached, unsure, city, now }: Overview, { list }: ReachStrings) {
  if (city.checked === null && unreached.length === 0) return [line(bold(list.none))];
  const isWell = unreached.length === 0 && unsure.length === 0;
  const all = rows.length;
  return [
    ...(isWell ? [line(bold(list.allReached(all)))] : []),
    ...(unreached.length > 0 ? [line(bold(list.unreached(all, unreached.length)))] : []),
    ...(unsure.length > 0 ? [line(list.unsure(unsure.length))] : []),
    ...(city.checked === null ? [] : [line(subtle(list.checkedAt(timeText(city.checked.at, now))))]),
  ];
}

/** `12/1 08:30`; seconds are of no use here. */
export const timeText = (at: number, now: number): string =>
  clockText(at, now).replace(/^(\d{2}:\d{2}):\d{2}$/, '$1');

const ORDER: readonly Reached['status'][] = [
  'uninstalled',
  'blocked',
  'not-installed',
  'unknown-person',
  'no-address',
  'untested',
  'reachable',
];
/** Of whom nothing new could be told stands with those of whom nothing is known. */
const reasonOf = ({ status }: Reached): Reached['status'] => (status === 'reachable' ? 'untested' : status);
const byStatus = (a: Reached, b: Reached): number => ORDER.indexOf(reasonOf(a)) - ORDER.indexOf(reasonOf(b));

function byReason(rows: readonly Reached[], language: Language, now: number): Block[] {
  const words = reachStrings(language);
  const groups = new Map<Reached['status'], Reached[]>();
  for (const one of rows) groups.set(reasonOf(one), [...(groups.get(reasonOf(one)) ?? []), one]);
  return [...groups].map(([status, people]) =>
    block(status === 'untested' ? 'emphasis' : 'warning', [
      line(bold(words.status[status])),
      line(subtle(words.todo[status as keyof typeof words.todo] ?? '')),
      ...people.flatMap((one) => personLines(one, language, now)),
    ]),
  );
}

function personLines({ person, as, since, status }: Reached, language: Language, now: number) {
  const { list } = reachStrings(language);
  const { gap } = strings(language);
  const from = since === null || status === 'reachable' ? '' : `${gap}${list.since(timeText(since, now))}`;
  return [
    line(bold(oneLine(person.name, 40)), subtle(from)),
    line(
      subtle(
        as
          .slice(0, POSTS)
          .map((post) => postText(post, language))
          .join(strings(language).list),
      ),
    ),
  ];
}

/** 「税務課の応援職員の当番（次は12月1日火曜）」. */
export function postText({ kind, unit, next }: DutyPost, language: Language): string {
  const { post, list } = reachStrings(language);
  const name = post[kind](oneLine(unit, 30));
  const isDuty = kind === 'duty' || kind === 'general-affairs-duty' || kind === 'deputy';
  if (!isDuty || next === null) return name;
  // Brackets within brackets are hard to read.
  const when = list.next(dayText(next, language).replace(/（(.)）/, '$1曜'));
  return language === 'ja' ? `${name}（${when}）` : `${name} (${when})`;
}
