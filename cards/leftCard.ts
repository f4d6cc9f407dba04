import { sentenceCard } from './noticeCard.ts';
import { button, row } from './parts.ts';
import type { Language, Rendered } from './rendered.ts';
import { strings } from './strings.ts';

interface LeftInput {
  readonly language: Language;
  readonly code: string;
  readonly notice?: string;
}

/** For somebody no longer involved: nothing of the case but its code. */
export function leftCard({ language, code, notice }: LeftInput): Rendered {
  const { left, buttons } = strings(language);
  const sentences = notice === undefined ? [left.text] : [notice, left.text];
  return sentenceCard(code, sentences, [row(button(buttons.home, 'home.open'))]);
}

/** Replaces an older copy when a newer card of the same case has been sent; `notice` says it in other words. */
export function retiredCard({ language, code, notice }: LeftInput): Rendered {
  const { left, buttons } = strings(language);
  const open = button(buttons.openCase, 'case.open', { code });
  return sentenceCard(code, [notice ?? left.retired], [row(open)]);
}
