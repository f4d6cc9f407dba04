import type { Participant } from '../services/calls/call.ts';
import { CATEGORY_IDS, type CategoryId } from '../services/classification/classifier.ts';
import { OUTCOMES, type ReportEntry, WORK_LIMITS } from '../services/reports/report.ts';
import type { CaseLink } from './caseCard.ts';
import { categoryName, participantName } from './names.ts';
import { bold, button, type Line, line, row, subtle, title } from './parts.ts';
import type { Language, Rendered } from './rendered.ts';
import { type SheetInput, sheetCard } from './sheet.ts';
import { type CaseworkStrings, casework } from './strings/casework.ts';
import { strings } from './strings.ts';
import { clockText, oneLine } from './text.ts';
import type { Verb } from './verbs.ts';

/** What every form of a case has: its id (sent twice it is one), what was typed, what is wrong with it. */
export interface FormInput<Field extends string = string> {
  readonly language: Language;
  readonly link: CaseLink;
  readonly draft: string;
  /** Said first: why the form comes back. */
  readonly notice?: string;
  readonly values?: Readonly<Partial<Record<Field, string>>>;
  readonly errors?: Readonly<Partial<Record<Field, string>>>;
}

interface FormParts {
  readonly heading: string;
  readonly lead?: string;
  readonly inputs: readonly SheetInput[];
  readonly verb: Verb;
}

function formCard(
  { language, link, draft, notice }: FormInput,
  { heading, lead, inputs, verb }: FormParts,
): Rendered {
  const { buttons } = casework(language);
  const lines: Line[] = [title(heading), line(bold(String(link.code)))];
  if (lead !== undefined) lines.push(line(subtle(lead)));
  return sheetCard({
    notice,
    heading: lines,
    inputs,
    rows: [
      row(
        button(buttons.save, verb, { ...link, draft }, 'positive'),
        button(buttons.back, 'work.open', link),
      ),
    ],
    summary: `${heading}　${link.code}`,
  });
}

/** The field with what was typed, and the error under it. */
const typed = <F extends string>(
  { values, errors, language }: FormInput<F>,
  id: F,
  label: string,
): Pick<SheetInput, 'id' | 'label' | 'value' | 'error'> => {
  const error = errors?.[id];
  return {
    id,
    label,
    value: (values?.[id] ?? '').slice(0, 12_000),
    error: error === undefined ? undefined : casework(language).forms.error(error),
  };
};

const wordsOf = ({ language }: { language: Language }): CaseworkStrings['forms'] => casework(language).forms;

const choose = ({ language }: FormInput): string => casework(language).record.choose;

export const NOBODY = 'nobody';

/** 担当を決める: the people of General Affairs who may have the case. */
export function assignCard(input: FormInput<'assignee'>, people: readonly Participant[]): Rendered {
  const words = wordsOf(input);
  const choices = [
    ...people.map(({ id, name }) => ({ title: oneLine(name, 40), value: id })),
    { title: words.nobody, value: NOBODY },
  ];
  return formCard(input, {
    heading: words.assignTitle,
    inputs: [
      { ...typed(input, 'assignee', words.assignee), kind: 'choice', placeholder: choose(input), choices },
    ],
    verb: 'work.assign-save',
  });
}

export function noteCard(input: FormInput<'note'>): Rendered {
  const words = wordsOf(input);
  const field = typed(input, 'note', words.note);
  const placeholder = words.noteExample;
  return formCard(input, {
    heading: words.noteTitle,
    inputs: [{ ...field, kind: 'text', placeholder, maxLength: WORK_LIMITS.note }],
    verb: 'work.note-save',
  });
}

/** 判断の提案 (P2, P5): harassment, a legitimate request and who takes it on, or withheld. */
export function proposeCard(input: FormInput<'outcome' | 'handedTo' | 'why'>): Rendered {
  const words = wordsOf(input);
  const { outcomes } = casework(input.language);
  const choices = OUTCOMES.map((value) => ({ title: outcomes[value], value }));
  return formCard(input, {
    heading: words.proposeTitle,
    lead: words.proposeLead,
    inputs: [
      { ...typed(input, 'outcome', words.outcome), kind: 'choice', placeholder: choose(input), choices },
      { ...typed(input, 'handedTo', words.handedTo), kind: 'line', maxLength: WORK_LIMITS.handedTo },
      { ...typed(input, 'why', words.why), kind: 'text', maxLength: WORK_LIMITS.why },
    ],
    verb: 'work.propose-save',
  });
}

/** 行為のタイプ with checkboxes, the ten of the policy in its order (P7–P16). */
export function categoriesCard(input: FormInput<'labels'>, labels: readonly CategoryId[]): Rendered {
  const words = wordsOf(input);
  const { suggestion } = strings(input.language);
  const field = typed(input, 'labels', suggestion.choose);
  const choices = CATEGORY_IDS.map((id) => ({ title: categoryName(id, input.language), value: id }));
  return formCard(input, {
    heading: words.categoriesTitle,
    lead: `${words.categoriesLead}${input.language === 'ja' ? '' : ' '}${suggestion.chooseNone}`,
    inputs: [{ ...field, value: labels.join(','), kind: 'checks', choices }],
    verb: 'work.categories-save',
  });
}

/** A choice needs a value; no form has this id. */
const WHOLE = 'whole';

/** 訂正・追記: appended with who, when and why; the original stays. */
export function amendCard(
  input: FormInput<'entry' | 'text' | 'why'>,
  entries: readonly ReportEntry[],
  now: number,
): Rendered {
  const words = wordsOf(input);
  const names = strings(input.language);
  const choices = [
    { title: words.amendWhole, value: WHOLE },
    ...entries.map(({ draft, by, at }, index) => ({
      title: words.amendEntryName(index + 1, participantName(by, names), clockText(at, now)),
      value: draft,
    })),
  ];
  return formCard(input, {
    heading: words.amendTitle,
    lead: words.amendLead,
    inputs: [
      {
        ...typed(input, 'entry', words.amendEntry),
        value: input.values?.entry ?? WHOLE,
        kind: 'choice',
        placeholder: words.amendWhole,
        choices,
      },
      { ...typed(input, 'text', words.amendText), kind: 'text', maxLength: WORK_LIMITS.amendment },
      { ...typed(input, 'why', words.amendWhy), kind: 'text', maxLength: WORK_LIMITS.why },
    ],
    verb: 'work.amend-save',
  });
}

/** Asked before a case is closed in which people are still being called: it would leave somebody alone. */
export function closeSureCard({ language, link }: { language: Language; link: CaseLink }): Rendered {
  const { forms, buttons } = casework(language);
  return sheetCard({
    heading: [title(forms.closeTitle), line(bold(String(link.code))), line(forms.closeText)],
    rows: [
      row(button(buttons.back, 'work.open', link, 'positive')),
      row(button(buttons.closeSure, 'work.close', { ...link, sure: true }, 'destructive')),
    ],
    summary: forms.closeTitle,
  });
}
