import { type RefusalReason, refusal } from '../../cards/refusals.ts';
import type { Services, Turn } from './turn.ts';

/** The sentence for a refusal, in the viewer's language. */
export const refusalSentence = (
  turn: Turn,
  services: Services,
  reason: RefusalReason | string,
  detail: Readonly<Record<string, string>> = {},
): string =>
  refusal(turn.language, reason as RefusalReason, { ...detail, extension: services.directory.helpExtension });
