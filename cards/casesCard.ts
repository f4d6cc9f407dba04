import type { Call } from '../services/calls/call.ts';
import type { Level } from '../services/calls/level.ts';
import { bold, button, line, row, subtle, title } from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { type Strings, strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import casesTemplate from './templates/cases.json' with { type: 'json' };
import { clockText, oneLine } from './text.ts';

const template = cardTemplate('cases', casesTemplate);

interface CaseItem {
  readonly code: string;
  readonly level: Level;
  readonly place: string;
  readonly openedAt: number;
  readonly status: Call['status'];
  readonly role: 'caller' | 'affected' | 'reporter' | 'responder';
}

interface CasesInput {
  readonly language: Language;
  readonly items: readonly CaseItem[];
  readonly now: number;
  /** Where the older ones begin that are not in `items`. */
  readonly next?: string;
  /** Whether these are the newest. */
  readonly isFirst: boolean;
}

/** 自分の事案: each with its state, one tap to its live card. At most 20 are drawn. */
export function casesCard({ language, items, now, next, isFirst }: CasesInput): Rendered {
  const words = strings(language);
  const shown = items.slice(0, 20);
  const { buttons } = words;
  const data = {
    heading: [title(words.cases.title), ...(shown.length === 0 ? [line(words.cases.empty)] : [])],
    items: shown.map((item) => itemView(item, words, now)),
    rows: [
      ...(next === undefined ? [] : [row(button(buttons.more, 'cases.open', { cursor: next }))]),
      ...(isFirst ? [] : [row(button(buttons.newest, 'cases.open', { cursor: '' }))]),
    ],
  };
  return render(template, data, words.summary.cases);
}

function itemView(item: CaseItem, words: Strings, now: number) {
  const { cases, levels, buttons } = words;
  const reported = item.level === 'report' && item.status === 'open';
  const state = reported ? cases.reported : cases.status[item.status];
  return {
    lines: [
      line(bold(`${levels[item.level]}${words.gap}${oneLine(item.place, 40)}`)),
      line(`${item.code}${words.gap}${clockText(item.openedAt, now)}`),
      line(bold(state), subtle(`${words.gap}${cases.roles[item.role]}`)),
    ],
    title: buttons.open,
    style: 'default',
    tooltip: buttons.openCode(item.code),
    data: { verb: 'case.open', code: item.code },
  };
}
