import { REPORT_LIMITS, type ReportField } from '../services/reports/report.ts';
import { type Block, block, bold, button, line, noticeBlocks, row, run, subtle, title } from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { casework } from './strings/casework.ts';
import { type Strings, strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import formTemplate from './templates/reportForm.json' with { type: 'json' };

const template = cardTemplate('reportForm', formTemplate);

export interface ReportValues {
  readonly when: string;
  readonly where: string;
  readonly what: string;
  readonly danger: boolean;
  /** 代筆: whose report it is; undefined for whoever writes only for themselves. */
  readonly forWhom?: string;
}

interface ReportFormInput {
  readonly language: Language;
  /** Server-issued id of this form: sent twice it is one report. */
  readonly draft: string;
  readonly code?: string;
  readonly values: ReportValues;
  readonly errors: Partial<Record<ReportField, string>>;
  readonly forWhomError?: string;
  readonly notice?: string;
  /** The text describes danger though 「今も危険」 is not ticked: offers 緊急. */
  readonly dangerOffer?: boolean;
}

/** Texts beyond every limit are put back up to here, so that the card can still be sent. */
const PUT_BACK = { when: 1000, where: 1000, what: 12_000 } as const;

/**
 * Short report: いつ, どこ, ひとこと, 今も危険. What was typed is put back as it was, errors stand at the field. The
 * client only limits lengths: no `isRequired`, so that nothing holds up 「今も危険」; the server checks (R10).
 */
export function reportFormCard(input: ReportFormInput): Rendered {
  const { language, draft, code, values } = input;
  const words = strings(language);
  const ofCase = code === undefined ? {} : { code };
  const data = {
    notices: [...noticeBlocks(input.notice), ...cutBlocks(values, words)],
    offers: input.dangerOffer === true ? [dangerOffer(words, code)] : [],
    heading: [
      title(words.form.title),
      line(...(code === undefined ? [] : [bold(`${code}${words.gap}`)]), subtle(words.form.lead)),
    ],
    fields: fieldsOf(input, words),
    danger: { label: words.form.dangerLabel, title: words.form.danger, value: String(values.danger) },
    rows: [row(button(words.buttons.send, 'report.submit', { draft, ...ofCase }, 'positive'))],
  };
  return render(template, data, words.summary.reportForm);
}

function fieldsOf(input: ReportFormInput, { form }: Strings) {
  const { values, errors } = input;
  const field = (id: ReportField, label: string, placeholder: string, multiline: boolean) => {
    const text = errorLines(errors[id], form);
    const value = cut(values[id], PUT_BACK[id]);
    return { id, label, placeholder, multiline, maxLength: REPORT_LIMITS[id], value, errors: text };
  };
  return [
    ...forWhomField(input, form),
    field('when', form.when, form.whenExample, false),
    field('where', form.where, form.whereExample, false),
    field('what', form.what, form.whatExample, true),
  ];
}

const errorLines = (error: string | undefined, form: Strings['form']) =>
  error === undefined ? [] : [line(run(form.error(error), { color: 'attention', weight: 'bolder' }))];

/** Only for whoever may write for others. */
function forWhomField({ language, values, forWhomError }: ReportFormInput, form: Strings['form']) {
  if (values.forWhom === undefined) return [];
  const { forms } = casework(language);
  return [
    {
      id: 'forWhom',
      label: forms.forWhom,
      placeholder: forms.forWhomExample,
      multiline: false,
      maxLength: 60,
      value: cut(values.forWhom, 200),
      errors: errorLines(forWhomError, form),
    },
  ];
}

const cut = (text: string, length: number): string => text.slice(0, length);

const cutBlocks = (values: ReportValues, words: Strings): Block[] =>
  (['when', 'where', 'what'] as const).some((id) => values[id].length > PUT_BACK[id])
    ? noticeBlocks(words.form.cut)
    : [];

/** Paging never waits for a form (promise 5). */
function dangerOffer(words: Strings, code: string | undefined): Block {
  const { emergency } = words.buttons;
  const call =
    code === undefined
      ? button(emergency, 'call.emergency', {}, 'destructive')
      : button(emergency, 'call.raise', { code }, 'destructive');
  return block('attention', [line(bold(words.form.dangerOffer))], [row(call)]);
}
