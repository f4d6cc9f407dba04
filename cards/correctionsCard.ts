import { sentenceCard } from './noticeCard.ts';
import { button, row } from './parts.ts';
import type { Language, Rendered } from './rendered.ts';
import { strings } from './strings.ts';

/** What an export of training data is, before it is allowed once. */
export function correctionsCard(language: Language): Rendered {
  const { corrections, buttons } = strings(language);
  const allow = button(corrections.permit, 'corrections.permit', {}, 'positive');
  return sentenceCard(corrections.title, corrections.lead, [row(allow, button(buttons.home, 'home.open'))]);
}
