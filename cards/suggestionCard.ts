import {
  CATEGORY_IDS,
  type CategoryId,
  type Evidence,
  type SuggestedLabel,
  type Suggestion,
} from '../services/classification/classifier.ts';
import { categoryName } from './names.ts';
import { sentenceCard } from './noticeCard.ts';
import {
  type Block,
  block,
  bold,
  button,
  type Line,
  line,
  noticeBlocks,
  type Row,
  row,
  subtle,
  title,
} from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { type Strings, strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import suggestionTemplate from './templates/suggestion.json' with { type: 'json' };
import { oneLine } from './text.ts';

const template = cardTemplate('suggestion', suggestionTemplate);

interface SuggestionInput {
  readonly language: Language;
  readonly code: string;
  /** The report that the suggestion is for: a case can have several. */
  readonly draft: string;
  readonly suggestion: Suggestion;
  readonly mode: 'confirm' | 'edit';
  /** Ticked in `edit`. */
  readonly selected: readonly CategoryId[];
  readonly notice?: string;
}

const QUOTES_SHOWN = 3;
const QUOTE_LENGTH = 80;

/** 案: types of behaviour with the words they rest on and the clause (P7–P16). People decide (promise 6). */
export function suggestionCard(input: SuggestionInput): Rendered {
  const { language, code, draft, suggestion, mode } = input;
  const report = { code, draft };
  const words = strings(language);
  const data = {
    notices: noticeBlocks(input.notice),
    heading: [title(words.suggestion.title), line(bold(code)), line(words.suggestion.proposal)],
    danger: dangerBlocks(suggestion, words),
    labels: suggestion.labels.map((label) => labelBlock(label, language)),
    result: resultLines(suggestion, words, mode),
    choices: mode === 'edit' ? [choiceView(input, words)] : [],
    rows: mode === 'edit' ? editRows(report, words) : confirmRows(report, words),
  };
  return render(template, data, words.summary.suggestion(code));
}

function dangerBlocks({ danger, dangerEvidence }: Suggestion, words: Strings): Block[] {
  if (danger === 'none') return [];
  const { suggestion } = words;
  const lines = [line(bold(suggestion.danger[danger])), ...quoteLines(dangerEvidence, words)];
  return [block('attention', [...lines, line(suggestion.dangerHint)])];
}

function labelBlock({ id, evidence }: SuggestedLabel, language: Language): Block {
  const words = strings(language);
  const name = categoryName(id, language);
  return block('emphasis', [
    line(bold(name)),
    ...quoteLines(evidence, words),
    line(subtle(words.suggestion.clause(name))),
  ]);
}

type ReportKey = Pick<SuggestionInput, 'code' | 'draft'>;

/** Each quotation once, as it was written. */
const quoteLines = (evidence: readonly Evidence[], words: Strings): Line[] =>
  [...new Set(evidence.map(({ text }) => oneLine(text, QUOTE_LENGTH)))]
    .filter((text) => text !== '')
    .slice(0, QUOTES_SHOWN)
    .map((text) => line(words.quote(text)));

function resultLines(
  { labels, assessment }: Suggestion,
  { suggestion }: Strings,
  mode: 'confirm' | 'edit',
): Line[] {
  const result = line(bold(suggestion.assessment[assessment]));
  if (labels.length > 0) return [result];
  const none = line(suggestion.none);
  return mode === 'edit' ? [none, result] : [none, result, line(subtle(suggestion.noneHint))];
}

const confirmRows = (report: ReportKey, { buttons }: Strings): Row[] => [
  row(
    button(buttons.confirm, 'suggestion.confirm', report, 'positive'),
    button(buttons.edit, 'suggestion.edit', report),
  ),
];

const editRows = (report: ReportKey, { buttons }: Strings): Row[] => [
  row(button(buttons.correct, 'suggestion.correct', report, 'positive')),
];

/** The ten types of the policy, in its order. */
const choiceView = ({ language, selected }: SuggestionInput, { suggestion }: Strings) => ({
  label: suggestion.choose,
  value: selected.join(','),
  choices: CATEGORY_IDS.map((id) => ({ title: categoryName(id, language), value: id })),
  hints: [line(subtle(suggestion.chooseNone))],
});

/** A suggestion waits, without a word of it: the quotes come when its person asks for them (promise 7). */
export function suggestionReadyCard({
  language,
  code,
  draft,
}: Pick<SuggestionInput, 'language' | 'code' | 'draft'>): Rendered {
  const { suggestion, buttons, summary } = strings(language);
  const open = button(buttons.openSuggestion, 'suggestion.open', { code, draft });
  return sentenceCard(summary.suggestion(code), [suggestion.ready], [row(open)]);
}

interface SuggestionDoneInput {
  readonly language: Language;
  readonly code: string;
  readonly labels: readonly CategoryId[];
  readonly outcome: 'confirmed' | 'corrected';
  readonly notice?: string;
}

/** Takes the place of the card with quotes once it has been handled (promise 7). */
export function suggestionDoneCard({
  language,
  code,
  labels,
  outcome,
  notice,
}: SuggestionDoneInput): Rendered {
  const words = strings(language);
  const { suggestion, list } = words;
  const names = labels.map((id) => categoryName(id, language)).join(list);
  const chosen = names === '' ? suggestion.chosenNone : suggestion.chosen(names);
  const sentences = [...(notice === undefined ? [] : [notice]), chosen, suggestion.notFinal];
  return sentenceCard(`${suggestion[outcome]}${words.gap}${code}`, sentences, []);
}
