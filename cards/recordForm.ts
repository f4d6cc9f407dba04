import {
  type FieldId,
  type FieldSpec,
  gapsOf,
  type StepSpec,
  type ValueError,
  type Values,
} from '../services/reports/fields.ts';
import { type FieldChange, type Kept, WORK_LIMITS } from '../services/reports/report.ts';
import type { CaseLink } from './caseCard.ts';
import { participantName } from './names.ts';
import { type Block, block, bold, button, type Line, line, row, subtle, title } from './parts.ts';
import type { Language, Rendered } from './rendered.ts';
import { type SheetInput, sheetCard } from './sheet.ts';
import { casework, recordStrings } from './strings/casework.ts';
import { strings } from './strings.ts';
import { clockText, oneLine } from './text.ts';

/** A step somebody may fill in; the organisation's own is left out for reporters. */
type Steps = readonly StepSpec[];

interface StepsInput {
  readonly language: Language;
  readonly link: CaseLink;
  readonly steps: Steps;
  readonly values: Values;
  /** Fields in which this person has typed something that is not saved. */
  readonly kept: readonly FieldId[];
  readonly onBehalf: boolean;
  readonly notice?: string | undefined;
}

/** 報告の記入: the parts of the full report, how far each is, one tap to each. Shows no value. */
export function recordStepsCard(input: StepsInput): Rendered {
  const { language, link, steps, values, kept } = input;
  const words = casework(language);
  const names = recordStrings(language);
  const gaps = gapsOf(values).map((gap) => names.gaps[gap]);
  const { record, buttons } = words;
  return sheetCard({
    notice: input.notice,
    heading: [
      title(record.stepsTitle),
      line(bold(String(link.code))),
      line(subtle(record.stepsLead)),
      ...(input.onBehalf ? [line(bold(record.onBehalf))] : []),
      ...(kept.length === 0 ? [] : [line(bold(record.kept(kept.length)))]),
      ...(gaps.length === 0 ? [] : [line(record.gaps(gaps.join(strings(language).list)))]),
    ],
    blocks: steps.map((step, index) => {
      const filled = step.fields.filter(({ id }) => (values[id] ?? '') !== '').length;
      const open = button(names.steps[step.id], 'record.step', { ...link, step: step.id });
      const state = record.stepLine(filled, step.fields.length);
      const unsaved = step.fields.filter(({ id }) => kept.includes(id)).length;
      return block(
        'default',
        [line(subtle(`${index + 1}. ${state}`), unsaved > 0 ? subtle(`　${record.kept(unsaved)}`) : '')],
        [row(open)],
      );
    }),
    rows: [row(button(buttons.back, 'work.open', link))],
    summary: `${record.stepsTitle}　${link.code}`,
  });
}

interface StepFormInput {
  readonly language: Language;
  readonly link: CaseLink;
  readonly step: StepSpec;
  readonly steps: Steps;
  /** How many changes the record has: what the values are as of. */
  readonly base: number;
  /** What stands in the fields: typed and not saved, else saved, else copied from the short report. */
  readonly values: Values;
  readonly errors: Partial<Record<FieldId, ValueError>>;
  readonly kept: Readonly<Partial<Record<FieldId, Kept>>>;
  /** Who changed a field that somebody else has typed into as well. */
  readonly changedBy: Readonly<Partial<Record<FieldId, FieldChange>>>;
  readonly why: string;
  readonly isWhyTooLong?: boolean;
  /** Changing what is written needs a reason. */
  readonly asksWhy: boolean;
  readonly onBehalf: boolean;
  /** The short report, for whoever copies from it. */
  readonly short: readonly string[];
  readonly isPrefilled: boolean;
  readonly now: number;
  readonly notice?: string | undefined;
}

/** One step of the full report with what stands in it: a narrative, shown after the view log was written. */
export function recordStepCard(input: StepFormInput): Rendered {
  const { language, link, step, steps, base, asksWhy } = input;
  const words = casework(language);
  const names = recordStrings(language);
  const at = steps.findIndex(({ id }) => id === step.id);
  const data = { ...link, step: step.id, base };
  const isLast = at === steps.length - 1;
  const { buttons, record } = words;
  const name = record.formTitle(at + 1, steps.length, names.steps[step.id]);
  return sheetCard({
    notice: input.notice,
    heading: [title(name), ...leadLines(input)],
    blocks: shortBlocks(input),
    // The next step takes the place of this one.
    isDeeper: at % 2 === 1,
    inputs: [...step.fields.map((field) => fieldView(field, input)), ...(asksWhy ? [whyView(input)] : [])],
    rows: [
      ...(isLast ? [] : [row(button(buttons.next, 'record.save', { ...data, leadsTo: 'next' }, 'positive'))]),
      row(
        button(
          buttons.finish,
          'record.save',
          { ...data, leadsTo: 'finish' },
          isLast ? 'positive' : 'default',
        ),
      ),
      row(button(buttons.leave, 'record.steps', link)),
    ],
    summary: `${record.stepsTitle}　${link.code}`,
  });
}

function leadLines({ language, link, step, onBehalf, isPrefilled }: StepFormInput): Line[] {
  const { record } = casework(language);
  const lead = recordStrings(language).leads[step.id];
  return [
    line(bold(String(link.code))),
    ...(lead === undefined ? [] : [line(subtle(lead))]),
    ...(onBehalf ? [line(bold(record.onBehalf))] : []),
    ...(isPrefilled ? [line(record.prefilled)] : []),
  ];
}

const SHORT = 200;

const shortBlocks = ({ language, short }: StepFormInput): Block[] =>
  short.length === 0
    ? []
    : [
        block(
          'emphasis',
          short.map((text) => line(casework(language).record.short(oneLine(text, SHORT)))),
        ),
      ];

/** Texts beyond every limit are put back up to here, so that the card can still be sent. */
const PUT_BACK = 6_000;

function fieldView(field: FieldSpec, input: StepFormInput): SheetInput {
  const { language, values } = input;
  const names = recordStrings(language);
  const { kind, id, limit } = field;
  return {
    kind,
    id,
    label: names.fields[id],
    value: (values[id] ?? '').slice(0, PUT_BACK),
    placeholder: names.examples[id] ?? (kind === 'choice' ? casework(language).record.choose : ''),
    maxLength: limit,
    choices: field.choices.map((value) => ({ title: choiceText(id, value, language), value })),
    error: errorOf(field, input),
  };
}

export const fieldName = (field: FieldId, language: Language): string =>
  recordStrings(language).fields[field];

/** How a choice reads in its field; other values as they are. */
export function choiceText(field: FieldId, value: string, language: Language): string {
  const { choices, choicesOf } = recordStrings(language);
  return choicesOf[field]?.[value] ?? choices[value] ?? value;
}

function errorOf({ id, limit }: FieldSpec, input: StepFormInput): string | undefined {
  const { language, errors, kept, changedBy, values } = input;
  const { forms, record } = casework(language);
  const error = errors[id];
  if (error === 'too-long') return forms.error(forms.tooLong(limit, values[id]?.length ?? 0));
  if (error !== undefined) return forms.error(forms.errors[error]);
  if (kept[id] === undefined) return undefined;
  if (kept[id].reason === 'why') return forms.error(record.whyMissing);
  const change = changedBy[id];
  return change === undefined ? undefined : forms.error(conflictText(change, input));
}

const THEIRS = 300;

function conflictText({ by, at, field, value }: FieldChange, { language, now }: StepFormInput): string {
  const { record } = casework(language);
  const name = participantName(by, strings(language));
  const time = clockText(at, now);
  if (value === '') return record.conflictEmpty(name, time);
  return record.conflict(name, time, oneLine(choiceText(field, value, language), THEIRS));
}

function whyView({ language, why, kept, isWhyTooLong }: StepFormInput): SheetInput {
  const { record, forms } = casework(language);
  const isMissing = why === '' && Object.values(kept).some(({ reason }) => reason === 'why');
  return {
    kind: 'text',
    id: 'why',
    label: record.why,
    value: why,
    maxLength: WORK_LIMITS.why,
    error:
      isWhyTooLong === true
        ? forms.error(forms.tooLong(WORK_LIMITS.why, why.length))
        : isMissing
          ? forms.error(record.whyMissing)
          : undefined,
  };
}

/** The first sentence of a form that comes back. */
export const savedNotice = (language: Language, isComplete: boolean): string => {
  const { record } = casework(language);
  return isComplete ? record.saved : record.notSaved;
};
