import { type Block, type Button, type Line, line, noticeBlocks, type Row, run } from './parts.ts';
import { render } from './render.ts';
import type { Rendered } from './rendered.ts';
import { cardTemplate } from './template.ts';
import sheetTemplate from './templates/sheet.json' with { type: 'json' };

const template = cardTemplate('sheet', sheetTemplate);

/** One field of a form. `line` and `text` are typed, on one line or several; `checks` takes any number of choices. */
export interface SheetInput {
  readonly kind: 'line' | 'text' | 'date' | 'time' | 'choice' | 'checks';
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly choices?: readonly { readonly title: string; readonly value: string }[];
  /** What is wrong with the value, or who changed it meanwhile; stands under the field. */
  readonly error?: string | undefined;
}

interface Sheet {
  readonly notice?: string | undefined;
  readonly heading: readonly Line[];
  readonly blocks?: readonly Block[];
  readonly inputs?: readonly SheetInput[];
  /**
   * Fields one container deeper. A client that draws a form over another one keeps a drop-down list at the same place
   * with the choices of the form before (seen in the Agents Playground); at another depth it is made anew.
   */
  readonly isDeeper?: boolean;
  readonly rows: readonly Row[];
  /** Line of the notification: no personal detail (promise 7). */
  readonly summary: string;
}

/** The one shape of what people work with after a call: a heading, blocks to read, fields, buttons. */
export function sheetCard({
  notice,
  heading,
  blocks = [],
  inputs = [],
  isDeeper = false,
  rows,
  summary,
}: Sheet): Rendered {
  const data = {
    notices: noticeBlocks(notice),
    heading: heading.filter(({ runs }) => runs.length > 0),
    blocks,
    inputs: isDeeper ? [] : inputs.map(inputView),
    nested: isDeeper ? [{ inputs: inputs.map(inputView) }] : [],
    rows,
  };
  return render(template, data, summary);
}

const inputView = ({ kind, id, label, value, placeholder, maxLength, choices, error }: SheetInput) => ({
  kind,
  id,
  label,
  value,
  placeholder: placeholder ?? '',
  maxLength: maxLength ?? 0,
  choices: choices ?? [],
  after: error === undefined ? [] : [line(run(error, { color: 'attention', weight: 'bolder' }))],
});

/** Widths in px: of a telephone's card, and of a button in Teams (full-width characters, others, padding). */
const CARD = 288;
const GAP = 8;
const widthOf = ({ title }: Button): number =>
  Math.max(
    96,
    [...title].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) < 0x2e80 ? 9 : 14), 40),
  );

/** Buttons in order, two beside each other where they fit on a telephone. */
export function pairs(buttons: readonly Button[]): Row[] {
  const rows: Button[][] = [];
  for (const one of buttons) {
    const last = rows.at(-1);
    const [before] = last ?? [];
    const fits = last?.length === 1 && before !== undefined && widthOf(before) + GAP + widthOf(one) <= CARD;
    if (fits) last.push(one);
    else rows.push([one]);
  }
  return rows.map((row) => ({ buttons: row }));
}
