import { dayOf } from '../services/japanDay.ts';
import type { Overview, TestRow } from '../services/reach/overview.ts';
import type { Test } from '../services/reach/reachability.ts';
import { dayText } from './dayText.ts';
import { type Block, block, bold, button, type Line, line, row, subtle, title } from './parts.ts';
import { timeText } from './reachCard.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { pairs, sheetCard } from './sheet.ts';
import { reachStrings } from './strings/reach.ts';
import { strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import noticeTemplate from './templates/notice.json' with { type: 'json' };
import { oneLine } from './text.ts';

const template = cardTemplate('test', noticeTemplate);
/** Names of one kind; a whole city hall that has not confirmed is a number. */
const NAMES = 150;

/**
 * The 通知テスト that somebody gets. Nothing of it looks like a call: no level, no place, no code, no colour, and the first
 * line says what it is.
 */
export function testCard({ language, test }: { language: Language; test: string }): Rendered {
  const words = reachStrings(language).test;
  const lines = [title(words.title), line(bold(words.noCall)), line(words.ask), line(subtle(words.noTime))];
  const confirm = row(button(reachStrings(language).buttons.confirm, 'test.confirm', { test }));
  return render(template, { blocks: [block('default', lines, [confirm])] }, words.title);
}

/** What stands in its place once pressed; `old-test`: another test has followed. */
export function testDoneCard(
  language: Language,
  how: 'done' | 'confirmed' | 'old-test' | 'unknown',
): Rendered {
  const words = reachStrings(language).test;
  const texts = {
    done: [words.thanks, words.works],
    confirmed: [words.already],
    'old-test': [words.old],
    unknown: [words.none],
  }[how];
  const lines = [title(words.title), ...texts.map((text) => line(text))];
  return render(template, { blocks: [block('default', lines)] }, words.title);
}

/** Before a test is sent by hand: it goes to many people. */
export function testSureCard(input: { language: Language; people: number; isRunning: boolean }): Rendered {
  const { test: words, buttons } = reachStrings(input.language);
  return sheetCard({
    heading: [
      title(words.title),
      line(bold(words.sure(input.people))),
      line(input.isRunning ? words.replaces : ''),
    ],
    rows: [
      row(
        button(buttons.startSure, 'test.start', { sure: true }, 'positive'),
        button(buttons.leave, 'test.open'),
      ),
    ],
    summary: words.title,
  });
}

interface TestResultInput {
  readonly language: Language;
  readonly overview: Overview;
  /** Of the next automatic one; null: switched off. */
  readonly nextAt: number | null;
  readonly notice?: string | undefined;
}

/**
 * Result of the latest 通知テスト, for General Affairs in personal chat: how many have confirmed, who has not, in the order
 * of the organisation file. Before its days are over no name is shown, or who looks often would see who is slow; nobody's
 * time is known at all (promise 8).
 */
export function testResultCard({ language, overview, nextAt, notice }: TestResultInput): Rendered {
  const { test: words, buttons } = reachStrings(language);
  const { test, now } = overview;
  const next =
    nextAt === null ? words.noNext : words.nextAt(`${dayText(dayOf(nextAt), language)} ${hours(nextAt)}`);
  const isToday = test?.test.id === dayOf(now);
  return sheetCard({
    notice,
    heading: [
      title(words.title),
      ...(test === null ? [line(bold(words.never))] : headingOf(test.test, language, now)),
    ],
    blocks: [...(test === null ? [] : resultBlocks(test, language)), block('default', [line(subtle(next))])],
    rows: [
      ...pairs([
        ...(test !== null ? [button(buttons.refresh, 'test.open')] : []),
        ...(isToday ? [] : [button(buttons.start, 'test.start')]),
      ]),
      ...pairs([
        button(buttons.open, 'reach.open', { page: 0 }),
        button(strings(language).buttons.home, 'home.open'),
      ]),
    ],
    summary: words.title,
  });
}

const hours = (at: number): string => timeText(at, at);

function headingOf({ startedAt, by, id, isSent }: Test, language: Language, now: number): Line[] {
  const words = reachStrings(language).test;
  const who = by === '' ? '' : words.startedBy(oneLine(by, 40));
  return [
    line(bold(words.day(dayText(id, language)))),
    line(subtle(`${words.startedAt(timeText(startedAt, now))}${who}`)),
    ...(isSent ? [] : [line(words.sending)]),
  ];
}

function resultBlocks({ test, rows, isDue }: NonNullable<Overview['test']>, language: Language): Block[] {
  const { test: words, status } = reachStrings(language);
  const of = (outcome: TestRow['outcome']) => rows.filter((one) => one.outcome === outcome);
  const [confirmed, open, away, unreachable] = [of('confirmed'), of('open'), of('away'), of('unreachable')];
  const asked = rows.length - away.length - unreachable.length;
  const isEverybody = test.isSent && open.length === 0 && asked > 0;
  const names = (some: readonly TestRow[]) => namesOf(some, language);
  const later = test.listAt === null ? '' : words.openLater(dayText(dayOf(test.listAt), language));
  const reasons = Map.groupBy(unreachable, (one) => (one.status === 'reachable' ? 'untested' : one.status));
  return [
    block(isEverybody ? 'good' : 'default', [
      line(bold(words.confirmed(confirmed.length, asked))),
      line(isEverybody ? words.everybody : ''),
    ]),
    ...blockOf(
      'emphasis',
      open,
      words.open,
      isDue ? [line(names(open)), line(subtle(words.openHint))] : [line(subtle(later))],
    ),
    ...blockOf(
      'warning',
      unreachable,
      words.unreachable,
      [...reasons].flatMap(([why, people]) => [
        line(why === 'untested' ? '' : subtle(status[why])),
        line(names(people)),
      ]),
    ),
    ...blockOf('default', away, words.away, [line(names(away))]),
  ];
}

const blockOf = (
  style: Block['style'],
  people: readonly TestRow[],
  heading: (count: number) => string,
  lines: readonly Line[],
): Block[] => (people.length === 0 ? [] : [block(style, [line(bold(heading(people.length))), ...lines])]);

/** Family name and given name stay together where the line breaks. */
const NO_BREAK = '\u00a0';

/** In one line, so that nobody stands first. */
function namesOf(people: readonly TestRow[], language: Language): string {
  const names = people
    .slice(0, NAMES)
    .map(({ person }) => oneLine(person.name, 30).replaceAll(' ', NO_BREAK));
  const more = people.length > NAMES ? [reachStrings(language).test.more(people.length - NAMES)] : [];
  return [...names, ...more].join(language === 'ja' ? '、' : ', ');
}
