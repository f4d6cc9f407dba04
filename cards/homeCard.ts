import type { Level } from '../services/calls/level.ts';
import { block, bold, button, type Line, line, noticeBlocks, type Row, row, subtle, title } from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { pairs } from './sheet.ts';
import { reachStrings } from './strings/reach.ts';
import { type Strings, strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import homeTemplate from './templates/home.json' with { type: 'json' };

const template = cardTemplate('home', homeTemplate);

interface HomeInput {
  readonly language: Language;
  /** `guest`: a member of the tenant who is not in the directory. Counters and guests may only call. */
  readonly viewer: 'person' | 'counter' | 'guest';
  readonly quiet: boolean;
  readonly helpExtension: string;
  /** Tells a press of this card's buttons from one of another home card. */
  readonly stamp?: string;
  readonly notice?: string;
  /** General Affairs and heads: 事案一覧. */
  readonly hasList?: boolean;
  /** General Affairs: 到達確認. */
  readonly hasReach?: boolean;
  readonly openCase?: { readonly code: string; readonly level: Level };
}

/** What can be done, and what to do when nothing answers (promise 1). */
export function homeCard(input: HomeInput): Rendered {
  const words = strings(input.language);
  const data = {
    notices: noticeBlocks(input.notice),
    openCase: openCaseBlocks(input, words),
    heading: [title(words.home.title), line(words.home.lead)],
    calls: callBlocks(input, words),
    rows: otherRows(input, words),
    foot: [
      line(bold(words.home.noAnswer(input.helpExtension))),
      line(words.home.noAnswerWhy),
      line(subtle(words.home.words)),
    ],
  };
  return render(template, data, words.summary.home);
}

function openCaseBlocks({ openCase }: HomeInput, words: Strings) {
  if (openCase === undefined) return [];
  const text = words.home.openCase(openCase.code, words.levels[openCase.level]);
  const open = button(words.buttons.openCase, 'case.open', { code: openCase.code });
  return [block('emphasis', [line(bold(text))], [row(open)])];
}

/** One button each with what it is for; on a screen that a visitor may read the explanation is left out. */
function callBlocks({ quiet, stamp }: HomeInput, words: Strings) {
  const data = stamp === undefined ? {} : { draft: stamp };
  const explained = (text: string): Line[] => (quiet ? [] : [line(subtle(text))]);
  const { buttons, home } = words;
  return [
    {
      lines: explained(home.emergency),
      rows: [row(button(buttons.emergency, 'call.emergency', data, quiet ? 'default' : 'destructive'))],
    },
    {
      lines: explained(home.assist),
      rows: [row(button(buttons.assist, 'call.assist', data, quiet ? 'default' : 'positive'))],
    },
    { lines: explained(home.advice), rows: [row(button(buttons.advice, 'call.advice', data))] },
  ];
}

function otherRows({ language, viewer, hasList, hasReach }: HomeInput, { buttons }: Strings): Row[] {
  const other = button(buttons.language, language === 'ja' ? 'language.en' : 'language.ja');
  if (viewer !== 'person') return [row(other)];
  const more = [
    ...(hasList === true ? [button(buttons.list, 'list.open')] : []),
    ...(hasReach === true ? [button(reachStrings(language).buttons.open, 'reach.open')] : []),
  ];
  return [
    row(button(buttons.report, 'report.open'), button(buttons.cases, 'cases.open')),
    ...pairs(more),
    row(other),
  ];
}
