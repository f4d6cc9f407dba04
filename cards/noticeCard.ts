import { block, button, line, type Row, row, title } from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import noticeTemplate from './templates/notice.json' with { type: 'json' };

const template = cardTemplate('notice', noticeTemplate);

interface NoticeInput {
  readonly language: Language;
  readonly title?: string;
  readonly text: string;
  /** Adds a button that opens this case. */
  readonly code?: string;
  /** For the preview, where the sentence repeats what somebody typed: a telephone shows it to whoever is near. */
  readonly preview?: string;
}

/** One sentence, and the way on: to the case, or home. The preview shows the title alone when there is one. */
export function noticeCard({ language, title: heading, text, code, preview }: NoticeInput): Rendered {
  const { buttons } = strings(language);
  const next =
    code === undefined ? button(buttons.home, 'home.open') : button(buttons.openCase, 'case.open', { code });
  return sentenceCard(heading, [text], [row(next)], preview);
}

/** Also the body of the other neutral cards: an optional heading, plain sentences, buttons. */
export function sentenceCard(
  heading: string | undefined,
  sentences: readonly string[],
  rows: readonly Row[],
  preview?: string,
): Rendered {
  const lines = [
    ...(heading === undefined ? [] : [title(heading)]),
    ...sentences.map((sentence) => line(sentence)),
  ];
  const summary = preview ?? heading ?? sentences[0] ?? '';
  return render(template, { blocks: [block('default', lines, rows)] }, summary);
}
