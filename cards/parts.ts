import type { ActionData, Verb } from './verbs.ts';

/**
 * What view models are made of; `templates/parts/*.json` draw them. Lines are RichTextBlocks, which no client reads
 * as Markdown: names, places and quotes stand there as they were written. Runs and buttons are bound as they are, since
 * the templating library is slow for each field of each of them and a page waits for its card.
 */
interface Run {
  readonly type: 'TextRun';
  readonly text: string;
  readonly size?: 'small' | 'large';
  readonly weight?: 'bolder';
  readonly color?: 'attention';
  readonly isSubtle?: true;
}

export interface Line {
  readonly runs: readonly Run[];
}

export interface Button extends Labelled {
  readonly type: 'Action.Execute';
  readonly verb: Verb;
  /** For clients that do not know `Action.Execute`. */
  readonly fallback: Labelled & { readonly type: 'Action.Submit' };
}

interface Labelled {
  readonly title: string;
  readonly style: 'default' | 'positive' | 'destructive';
  readonly data: ActionData;
}

/** Buttons beside each other; at most two, so that they fit on a phone 320 px wide. */
export interface Row {
  readonly buttons: readonly Button[];
}

/** Colour of a block. Never the only sign: the words say the same. */
export type BlockStyle = 'default' | 'emphasis' | 'good' | 'warning' | 'attention';

export interface Block {
  readonly style: BlockStyle;
  readonly lines: readonly Line[];
  readonly rows: readonly Row[];
}

export const run = (text: string, look: Omit<Run, 'type' | 'text'> = {}): Run => ({
  type: 'TextRun',
  text,
  ...look,
});

/** Parts without a text are left out, as are blocks' lines without any part. */
export const line = (...runs: readonly (Run | string)[]): Line => ({
  runs: runs
    .map((part) => (typeof part === 'string' ? run(part) : part))
    .filter(({ text }) => text.trim() !== ''),
});

export const bold = (text: string): Run => run(text, { weight: 'bolder' });
export const subtle = (text: string): Run => run(text, { isSubtle: true, size: 'small' });
export const title = (text: string): Line => line(run(text, { weight: 'bolder', size: 'large' }));

export const block = (style: BlockStyle, lines: readonly Line[], rows: readonly Row[] = []): Block => ({
  style,
  lines: lines.filter(({ runs }) => runs.length > 0),
  rows,
});

/** A sentence that the handler wants said first. */
export const noticeBlocks = (notice: string | undefined): Block[] =>
  notice === undefined || notice === '' ? [] : [block('emphasis', [line(bold(notice))])];

export const row = (...buttons: readonly Button[]): Row => ({ buttons });

export const button = (
  label: string,
  verb: Verb,
  data: Omit<ActionData, 'verb'> = {},
  style: Button['style'] = 'default',
): Button => {
  const labelled: Labelled = { title: label, style, data: { verb, ...data } };
  return {
    type: 'Action.Execute',
    ...labelled,
    verb,
    fallback: { type: 'Action.Submit', ...labelled },
  };
};
