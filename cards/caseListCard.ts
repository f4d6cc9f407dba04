import { formatNumber } from '../services/calls/caseNumber.ts';
import type { CallSummary } from '../services/calls/listing.ts';
import type { Filter } from '../services/cases/caseList.ts';
import { type Button, bold, button, type Line, line, row, subtle, title } from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { pairs, sheetCard } from './sheet.ts';
import { type CaseworkStrings, casework } from './strings/casework.ts';
import { strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import casesTemplate from './templates/cases.json' with { type: 'json' };
import { clockText, oneLine } from './text.ts';

const template = cardTemplate('caseList', casesTemplate);

interface CaseListInput {
  readonly language: Language;
  readonly items: readonly CallSummary[];
  readonly now: number;
  readonly filter: Filter;
  readonly filters: readonly Filter[];
  /** What was searched for, as text; empty when nothing was. */
  readonly searched: readonly string[];
  /** This list and place in it, so that a case leads back here. */
  readonly here: string;
  /** Encoded lists behind the buttons. */
  readonly next?: string | undefined;
  readonly first?: string | undefined;
  readonly others: Readonly<Record<Filter, string>>;
  readonly notice?: string | undefined;
}

/** 事案一覧: each case with its state, one tap to it; the other lists below. */
export function caseListCard(input: CaseListInput): Rendered {
  const { language, items, filter, filters, next, first, others } = input;
  const words = casework(language);
  const { buttons } = words;
  const ways: Button[] = [
    ...(next === undefined ? [] : [button(buttons.more, 'list.open', { list: next })]),
    ...(first === undefined ? [] : [button(buttons.newest, 'list.open', { list: first })]),
  ];
  const tabs = filters
    .filter((one) => one !== filter || input.searched.length > 0)
    .map((one) => button(words.filters[one], 'list.open', { list: others[one] }));
  const data = {
    heading: headingOf(input, words),
    items: items.map((item) => itemView(item, input, words)),
    rows: [...pairs(ways), ...pairs([...tabs, button(buttons.search, 'list.search')])],
  };
  return render(template, data, buttons.list);
}

function headingOf({ items, filter, searched, next, notice }: CaseListInput, words: CaseworkStrings): Line[] {
  const { list, filters } = words;
  const isSearch = searched.length > 0;
  const empty =
    next !== undefined ? list.emptyMore : filter === 'todo' && !isSearch ? list.emptyTodo : list.empty;
  return [
    ...(notice === undefined ? [] : [line(bold(notice))]),
    title(isSearch ? list.found : list.title(filters[filter])),
    ...searched.map((text) => line(subtle(text))),
    ...(items.length === 0 ? [line(empty)] : []),
  ];
}

function itemView(item: CallSummary, { language, now, here }: CaseListInput, words: CaseworkStrings) {
  const { gap, levels, buttons } = strings(language);
  const { code, number, phase, assignee } = item;
  const who = assignee === null || phase === 'closed' ? '' : words.list.assignee(oneLine(assignee.name, 20));
  const isCalling = item.status === 'open' && item.level !== 'report';
  const states = [words.phases[phase], isCalling ? words.calls.open : '', who].filter((part) => part !== '');
  return {
    lines: [
      line(bold(`${levels[item.level]}${gap}${oneLine(item.place, 40)}`)),
      line(`${number === null ? code : formatNumber(number)}${gap}${clockText(item.openedAt, now)}`),
      line(
        bold(states[0] ?? ''),
        subtle(
          states
            .slice(1)
            .map((part) => `${gap}${part}`)
            .join(''),
        ),
      ),
    ],
    title: buttons.open,
    style: 'default',
    tooltip: buttons.openCode(code),
    data: { verb: 'work.open', code, list: here },
  };
}

export interface SearchValues {
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly section: string;
}

interface SearchInput {
  readonly language: Language;
  readonly values: SearchValues;
  readonly errors: Partial<Record<keyof SearchValues, string>>;
  readonly sections: readonly { readonly id: string; readonly name: string }[];
}

/** A choice needs a value. */
export const ANY_SECTION = 'any';

/** 事案を探す: by code or number, or by period and section. */
export function searchCard({ language, values, errors, sections }: SearchInput): Rendered {
  const words = casework(language);
  const { list, buttons, forms } = words;
  const field = (id: keyof SearchValues, label: string) => ({
    id,
    label,
    value: values[id],
    error: errors[id] === undefined ? undefined : forms.error(errors[id]),
  });
  const any = { title: list.anySection, value: ANY_SECTION };
  return sheetCard({
    heading: [title(list.searchTitle), line(subtle(list.searchLead))],
    inputs: [
      { ...field('number', list.number), kind: 'line', maxLength: 40 },
      { ...field('from', list.from), kind: 'date' },
      { ...field('to', list.to), kind: 'date' },
      {
        ...field('section', list.sectionLabel),
        value: values.section === '' ? ANY_SECTION : values.section,
        kind: 'choice',
        placeholder: list.anySection,
        choices: [any, ...sections.map(({ id, name }) => ({ title: name, value: id }))],
      },
    ],
    rows: [
      row(
        button(buttons.find, 'list.find', {}, 'positive'),
        button(buttons.backToList, 'list.open', { list: '' }),
      ),
    ],
    summary: buttons.list,
  });
}
