import type { CaseLink } from '../../cards/caseCard.ts';
import type { Action } from '../../services/calls/roles.ts';
import { whyNot } from '../../services/calls/whyNot.ts';
import type { CaseFile } from '../../services/cases/cases.ts';
import { caseOrLeft } from '../caseView.ts';
import type { What } from '../teams/activity.ts';
import { text } from './fields.ts';
import { say, showCase } from './onCase.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';

export type Tap = Extract<What, { type: 'tap' }>;
export type TapHandler = (services: Services, turn: Turn, tap: Tap) => Promise<Answer>;

/** What a button of a case says beyond its verb: the case, and the list it was opened from. Hints (promise 4). */
export function linkOf(tap: Tap): CaseLink & { readonly code: string } {
  const code = text(tap.data.code, 20);
  return typeof tap.data.list === 'string' ? { code, list: text(tap.data.list, 1_000) } : { code };
}

/**
 * Opens the case of a button for an action. Who may not gets the reason, on the neutral card when they may see that, and
 * nothing happens.
 */
export async function onFile(
  services: Services,
  turn: Turn,
  tap: Tap,
  action: Action,
  then: (file: CaseFile, link: CaseLink & { readonly code: string }) => Promise<Answer>,
): Promise<Answer> {
  const link = linkOf(tap);
  const file = await services.cases.file(link.code, turn.actor.id);
  if (file === undefined)
    return say(turn, refusalSentence(turn, services, 'unknown-case', { code: link.code }));
  if (file.may(action)) return then(file, link);
  if (turn.actor.kind === 'guest') return say(turn, refusalSentence(turn, services, 'guest-only-call'));
  const { reason, detail } = whyNot(file.call, file.roles, action);
  return refuse(services, turn, file, link, reason, detail);
}

/** The neutral card with the reason on top; only the reason to whoever may not see the case. */
export function refuse(
  services: Services,
  turn: Turn,
  file: CaseFile,
  link: CaseLink,
  reason: string,
  detail: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const sentence = refusalSentence(turn, services, reason, detail);
  return file.may('state')
    ? showFile(services, turn, file, link, sentence)
    : Promise.resolve(say(turn, sentence));
}

/** Refused for the moment only: it is theirs to do in another state of the case, and what they typed is given back. */
export const isForNow = (reason: string): boolean =>
  reason === 'not-accepted' || reason === 'case-closed' || reason === 'case-ended';

export const pressedOf = ({ incoming: { what } }: Turn): string | undefined =>
  what.type === 'tap' ? what.pressed : undefined;

/** The narrative that stands on the pressed card is about to be replaced: nothing has to make it neutral later. */
export async function leaveNarrative(
  { reports }: Services,
  turn: Turn,
  { call, report }: CaseFile,
): Promise<void> {
  const activityId = pressedOf(turn);
  const isOpen = report?.open?.some((card) => card.activityId === activityId) ?? false;
  if (activityId === undefined || !isOpen) return;
  await reports.execute(call.code, { type: 'hidden', code: call.code, activityId });
}

/**
 * The neutral card in place of the pressed one, on every device. Pressed on the live card of the call, which has to stay
 * what it is, it comes as a new message.
 */
export async function showFile(
  services: Services,
  turn: Turn,
  file: CaseFile,
  link: CaseLink,
  notice?: string,
): Promise<Answer> {
  const { directory, clock } = services;
  const { call, report } = file;
  const viewer = turn.actor.id;
  const card = caseOrLeft({
    directory,
    now: clock.now(),
    language: turn.language,
    viewer,
    call,
    report,
    link,
    notice,
  });
  if (turn.incoming.what.type !== 'tap') return { messages: [card] };
  await leaveNarrative(services, turn, file);
  if (isLiveCard(file, turn)) return { ...(await showCase(services, turn, call)), messages: [card] };
  return { card, isLasting: true };
}

/** The live card follows the call by itself: a form in its place would be overwritten while somebody types. */
function isLiveCard({ call }: CaseFile, turn: Turn): boolean {
  const pressed = pressedOf(turn);
  return pressed !== undefined && call.copies[turn.actor.id]?.activityId === pressed;
}
