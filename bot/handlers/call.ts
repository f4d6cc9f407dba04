import { levelName } from '../../cards/names.ts';
import { notice } from '../../cards/strings/notices.ts';
import type { Called } from '../../services/calls/calls.ts';
import { parseCallDetails } from '../../services/calls/utterance.ts';
import type { CallLevel } from '../../services/calls/utterance-cues.ts';
import { text } from './fields.ts';
import { home } from './home.ts';
import { showCase, unknownName } from './onCase.ts';
import type { Answer, Services, Turn } from './turn.ts';

/**
 * 応援・緊急・相談: no form, no confirmation. The call is committed before anything is shown; the reception card and
 * the pages follow from the committed document (promises 1, 3).
 */
export async function call(services: Services, turn: Turn, level: CallLevel, rest: string): Promise<Answer> {
  const { what } = turn.incoming;
  const details = parseCallDetails(rest, services.directory);
  const pressedButton = what.type === 'tap' ? text(what.data.draft, 100) : '';
  const stamp = pressedButton === '' ? {} : { stamp: `${level}:${pressedButton}` };
  const { actor: by, op, arrivedAt } = turn;
  const saved = await services.calls.call({ by, level, details, op, arrivedAt, ...stamp });
  const pressed = what.type === 'tap' ? what.pressed : undefined;
  // Pressed on the card of the open case itself: that card shows what became of it.
  const onItsCard = pressed !== undefined && saved.call.copies[turn.actor.id]?.activityId === pressed;
  if (saved.how === 'joined' && onItsCard) return showCase(services, turn, saved.call);
  if (saved.how === 'joined') await services.calls.execute(saved.code, { type: 'show', by: turn.actor });
  if (what.type !== 'tap') return { called: saved.code, ...notLeftOut(services, turn, saved) };
  const which = saved.call.status !== 'open' ? 'sameButton' : saved.how === 'joined' ? 'joined' : 'called';
  const detail = { code: saved.code, level: levelName(saved.call.level, turn.language) };
  return { card: await home(services, turn, notice(turn.language, which, detail)) };
}

/** A name that was to be left out and fits nobody: silence would let the caller believe that it was. */
function notLeftOut(services: Services, turn: Turn, { code, unknownNames }: Called): Answer {
  const [name] = unknownNames;
  if (name === undefined) return {};
  return unknownName(services, turn, name, code);
}
