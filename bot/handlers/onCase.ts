import { retiredCard } from '../../cards/leftCard.ts';
import { noticeCard } from '../../cards/noticeCard.ts';
import { notice } from '../../cards/strings/notices.ts';
import { isEntitled } from '../../services/calls/access.ts';
import type { Call } from '../../services/calls/call.ts';
import type { CallCommand } from '../../services/calls/commands.ts';
import { liveCard } from '../live.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';

/**
 * Does one command on one case and answers with the card of the viewer as it is now; a refusal adds its sentence
 * and changes nothing. Pressed on an old copy, the current card comes as a new message and the old one says so.
 */
export async function onCase(
  services: Services,
  turn: Turn,
  code: string,
  command: CallCommand,
): Promise<Answer> {
  const executed = await services.calls.execute(code, command);
  if (executed.kind === 'absent') return say(turn, refusalSentence(turn, services, 'unknown-case'), code);
  const { state } = executed;
  // Who has left the organisation may end their own call, and gets the neutral card for it.
  if (executed.kind !== 'done' && !isEntitled(state, services.directory, turn.actor.id)) {
    // Somebody who is not part of the case learns nothing about it but that.
    return say(turn, refusalSentence(turn, services, 'not-yours'), code);
  }
  const sentence =
    executed.kind === 'refused'
      ? refusalSentence(turn, services, executed.refusal.reason, executed.refusal.detail)
      : undefined;
  return showCase(services, turn, state, sentence);
}

/** The viewer's live card, in place of the pressed one or as a new message. */
export async function showCase(
  services: Services,
  turn: Turn,
  call: Call,
  sentence?: string,
): Promise<Answer> {
  const { what } = turn.incoming;
  const copy = call.copies[turn.actor.id];
  const pressed = what.type === 'tap' ? what.pressed : undefined;
  const isLive =
    pressed !== undefined && copy !== undefined && (copy.activityId === null || copy.activityId === pressed);
  if (isLive) {
    const { language } = turn;
    const now = services.clock.now();
    const notice = sentence === undefined ? {} : { notice: sentence };
    return { card: liveCard(services.directory, { call, viewer: turn.actor.id, language, now, ...notice }) };
  }
  await services.calls.execute(call.code, { type: 'show', by: turn.actor });
  if (what.type === 'tap') {
    const text = sentence ?? notice(turn.language, 'moved');
    return { card: retiredCard({ language: turn.language, code: call.code, notice: text }) };
  }
  return sentence === undefined ? {} : say(turn, sentence, call.code);
}

/** One sentence, as a new message or in place of the pressed card. */
export function say(turn: Turn, text: string, code?: string, preview?: string): Answer {
  const more = { ...(code === undefined ? {} : { code }), ...(preview === undefined ? {} : { preview }) };
  const card = noticeCard({ language: turn.language, text, ...more });
  return turn.incoming.what.type === 'tap' ? { card } : { messages: [card] };
}

/** Somebody typed a name that fits nobody, perhaps that of a citizen: it is in the sentence and not in its preview. */
export function unknownName(services: Services, turn: Turn, name: string, code?: string): Answer {
  const sentence = (detail: { name?: string }) => refusalSentence(turn, services, 'unknown-person', detail);
  return say(turn, sentence(name === '' ? {} : { name }), code, sentence({}));
}

/** Somebody whose post does not do this. */
export const notFor = (services: Services, turn: Turn): Answer =>
  say(turn, refusalSentence(turn, services, turn.actor.kind === 'guest' ? 'guest-only-call' : 'wrong-role'));
