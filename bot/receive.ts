import { randomUUID } from 'node:crypto';
import { noticeCard } from '../cards/noticeCard.ts';
import { refusal } from '../cards/refusals.ts';
import type { Language, Rendered } from '../cards/rendered.ts';
import { notice } from '../cards/strings/notices.ts';
import { reachStrings } from '../cards/strings/reach.ts';
import type { Verb } from '../cards/verbs.ts';
import type { Participant } from '../services/calls/call.ts';
import type { OutgoingMessage, Recipient, SendOutcome } from '../services/channel.ts';
import { onTap, onText } from './handlers/dispatch.ts';
import { home } from './handlers/home.ts';
import { type Said, saidIn, startsCall } from './handlers/said.ts';
import type { Answer, Services, Turn } from './handlers/turn.ts';
import { createRemember } from './remember.ts';
import { type Incoming, parseActivity } from './teams/activity.ts';
import { type ConversationReference, isAllowedServiceUrl } from './teams/reference.ts';

/** HTTP answer to one activity: always a body that Teams can show, never the text of an exception. */
export interface Reply {
  readonly status: number;
  readonly body: object;
}

export interface ReceiveParts extends Services {
  readonly serviceHosts: readonly string[];
  readonly say: (reference: ConversationReference, message: OutgoingMessage) => Promise<SendOutcome>;
  /** Told where an activity came from. */
  readonly heard?: (reference: ConversationReference) => Promise<void>;
}

/** Somebody waits for it: only first pages go before it. */
const answering = (rendered: Rendered, alert = false): OutgoingMessage => ({
  ...rendered,
  alert,
  priority: 'answer',
});

/** How long an answer waits until the stored message is the same: Teams wants it within a few seconds. */
const KEEP_WAIT_MS = 1_500;

const NOT_DELIVERED = 'answer not delivered';

/** The code of a case, wherever somebody writes it or a button carries it: nothing else of what they wrote. */
const CODE = /K-[0-9A-HJKMNP-TV-Z]{4,8}/;

/** Which case an activity is about, for the log. */
function caseOf({ what }: Incoming): { code?: string } {
  const words = what.type === 'text' ? what.text : what.type === 'tap' ? String(what.data.code ?? '') : '';
  const [code] = CODE.exec(words.normalize('NFKC').toUpperCase()) ?? [];
  return code === undefined ? {} : { code };
}

const ok: Reply = { status: 200, body: {} };

const cardReply = (card: object): Reply => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card },
});

/** The answer to an invoke that leaves the card as it is, and says something beside it. */
const sentence = (value: string): Reply => ({
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value },
});
const unchanged = sentence('');

const FROM_CHANNEL: Verb = 'reach.open';

const errorReply = (statusCode: number, message: string): Reply => ({
  status: 200,
  body: { statusCode, type: 'application/vnd.microsoft.error', value: { code: String(statusCode), message } },
});

/** Authenticated activity → shape → tenant → service address → person → role → handler (design: Flow). */
export function createReceive(parts: ReceiveParts): (body: unknown) => Promise<Reply> {
  const { directory, log, people } = parts;
  const remember = createRemember(parts);

  return async function receive(body) {
    const arrivedAt = parts.clock.now();
    const incoming = parseActivity(body);
    if (incoming === undefined) return refuse(body, 400, 'bad-input');
    const { reference, from } = incoming;
    if (reference.tenantId !== directory.tenantId) return refuse(body, 403, 'tenant');
    if (!isAllowedServiceUrl(reference.serviceUrl, parts.serviceHosts)) return refuse(body, 403, 'tenant');
    if (from.aadObjectId === '') return refuse(body, 403, 'tenant');
    try {
      return await handle(incoming, arrivedAt);
    } catch (error) {
      log.error({ ...caseOf(incoming), err: error, type: incoming.what.type }, 'activity failed');
      return failed(incoming).catch(() => ok);
    }
  };

  function refuse(body: unknown, status: number, reason: 'bad-input' | 'tenant'): Reply {
    log.warn({ status, reason }, 'activity refused');
    const isInvoke = typeof body === 'object' && body !== null && 'type' in body && body.type === 'invoke';
    return isInvoke ? errorReply(status, refusal(directory.language, reason, {})) : ok;
  }

  async function handle(incoming: Incoming, arrivedAt: number): Promise<Reply> {
    const { what } = incoming;
    // The page waits for the store twice and not three times: once for all that is read, and for the commit.
    const said = saidIn(incoming, directory);
    if (startsCall(incoming, said)) parts.calls.lookAhead(incoming.from.aadObjectId);
    // Whoever calls for help is heard even when how to reach them cannot be kept.
    await remember(incoming);
    if (what.type === 'uninstalled') return ok;
    const turn = await turnOf(incoming, arrivedAt);
    if (what.type === 'unsupported') {
      return what.invoke ? errorReply(501, refusal(turn.language, 'bad-input', {})) : ok;
    }
    if (what.type === 'installed') {
      if (incoming.conversation === 'personal') await deliver(turn, { messages: [await home(parts, turn)] });
      return ok;
    }
    // Clients redraw a card by themselves: answer, but send and change nothing (it would loop).
    if (what.type === 'tap' && what.automatic) return what.via === 'invoke' ? unchanged : ok;
    if (incoming.conversation === 'group') return inGroup(turn, said);
    if (what.type === 'tap') return deliver(turn, await onTap(parts, turn, what));
    return deliver(turn, said === undefined ? {} : await onText(parts, turn, said));
  }

  async function turnOf(incoming: Incoming, arrivedAt: number): Promise<Turn> {
    const { from, activityId, reference } = incoming;
    const person = directory.person(from.aadObjectId);
    const language = await languageOf(from.aadObjectId);
    const actor: Participant =
      person === undefined
        ? { id: from.aadObjectId, name: from.name, kind: 'guest' }
        : { id: person.id, name: person.name, kind: person.kind };
    // Without an id of the activity nothing tells a repetition; what differs must not be taken for one.
    const op = `${reference.conversationId}|${activityId === '' ? randomUUID() : activityId}`;
    return { incoming, actor, person, language, op, arrivedAt };
  }

  async function languageOf(person: string): Promise<Language> {
    try {
      return (await people.read(person)).language ?? directory.language;
    } catch (error) {
      log.warn({ err: error }, 'person not read');
      return directory.language;
    }
  }

  /** A call is never lost for being said in the wrong place; everything about cases stays in personal chat. */
  async function inGroup(turn: Turn, said: Said | undefined): Promise<Reply> {
    const { what } = turn.incoming;
    if (what.type === 'tap' && what.verb === FROM_CHANNEL) return toPersonalChat(turn);
    const answer: Answer = said === undefined ? {} : await onText(parts, turn, said);
    const extension = directory.helpExtension;
    const personal = await hasPersonalChat(turn.actor.id);
    if (personal) await sendAll(turn, answer);
    const [reached, unreached] =
      answer.called !== undefined
        ? (['groupCalled', 'groupCalledOnly'] as const)
        : (['personalOnly', 'noPersonalChat'] as const);
    const detail = { extension, ...(answer.called === undefined ? {} : { code: answer.called }) };
    const text = notice(turn.language, personal ? reached : unreached, detail);
    await sayTo(turn.incoming, answering(noticeCard({ language: turn.language, text })), answer.called);
    return what.type === 'tap' && what.via === 'invoke' ? errorReply(403, text) : ok;
  }

  /** The one button of a post that leads on: its answer has names in it (promise 7). */
  async function toPersonalChat(turn: Turn): Promise<Reply> {
    const { what } = turn.incoming;
    if (what.type !== 'tap' || what.automatic) return unchanged;
    const answer = await onTap(parts, turn, what);
    const { sent, unsent } = reachStrings(turn.language).channel;
    const cards = [...(answer.messages ?? []), ...(answer.card === undefined ? [] : [answer.card])];
    const isThere = await hasPersonalChat(turn.actor.id);
    if (isThere) await sendAll(turn, { messages: cards });
    const text = isThere ? sent : unsent;
    if (what.via === 'invoke') return sentence(text);
    await sayTo(turn.incoming, answering(noticeCard({ language: turn.language, text })));
    return ok;
  }

  async function hasPersonalChat(person: string): Promise<boolean> {
    const known = await people.read(person).catch(() => undefined);
    return known !== undefined && known.reference !== null;
  }

  async function deliver(turn: Turn, answer: Answer): Promise<Reply> {
    const { what } = turn.incoming;
    const to = { person: turn.actor.id };
    await sendAll(turn, answer);
    if (answer.card === undefined) return ok;
    const message = answering(answer.card);
    const pressed = what.type === 'tap' ? what.pressed : undefined;
    if (what.type === 'tap' && what.via === 'invoke') {
      if (answer.isLasting === true && pressed !== undefined) await keep(to, pressed, message);
      return cardReply(answer.card.card);
    }
    const updated = pressed === undefined ? undefined : await parts.channel.update(to, pressed, message);
    if (updated?.kind === 'delivered') return ok;
    const said = await sayTo(turn.incoming, message, answer.called);
    if (said.kind === 'delivered') await answer.onShown?.(said.activityId);
    return ok;
  }

  /** Before the answer, so that nothing arrives after it: the person may be typing into the next form by then. */
  async function keep(to: Recipient, pressed: string, message: OutgoingMessage): Promise<void> {
    let cancel = () => {};
    const late = new Promise<undefined>((resolve) => {
      cancel = parts.clock.after(KEEP_WAIT_MS, () => resolve(undefined));
    });
    const outcome = await Promise.race([parts.channel.update(to, pressed, message), late]);
    cancel();
    if (outcome?.kind !== 'delivered') log.warn({ kind: outcome?.kind ?? 'late' }, 'card not kept');
  }

  async function sendAll(turn: Turn, answer: Answer): Promise<void> {
    for (const rendered of answer.messages ?? []) await send(turn, rendered);
  }

  async function send(turn: Turn, rendered: Rendered): Promise<void> {
    const outcome = await parts.channel.send({ person: turn.actor.id }, answering(rendered));
    if (outcome.kind !== 'delivered')
      log.warn({ ...caseOf(turn.incoming), kind: outcome.kind, reason: outcome.reason }, NOT_DELIVERED);
  }

  /** In the conversation that it was said in. Whatever does not arrive leaves a trace. */
  async function sayTo(incoming: Incoming, message: OutgoingMessage, called?: string): Promise<SendOutcome> {
    const said = await parts.say(incoming.reference, message);
    if (said.kind !== 'delivered') {
      const about = called === undefined ? caseOf(incoming) : { code: called };
      log.warn({ ...about, kind: said.kind, reason: said.reason }, NOT_DELIVERED);
    }
    return said;
  }

  /** Nothing was promised: say so, and whom to ring. */
  async function failed(incoming: Incoming): Promise<Reply> {
    const { what } = incoming;
    const language = await languageOf(incoming.from.aadObjectId);
    const text = refusal(language, 'unavailable', { extension: directory.helpExtension });
    if (what.type === 'tap' && what.via === 'invoke') return errorReply(500, text);
    const card = noticeCard({ language, text });
    if (what.type === 'text' || what.type === 'tap') await sayTo(incoming, answering(card, true));
    return ok;
  }
}
