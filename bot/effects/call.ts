import { channelCard } from '../../cards/channelCard.ts';
import { retiredCard } from '../../cards/leftCard.ts';
import type { Rendered } from '../../cards/rendered.ts';
import { isNotice, notice } from '../../cards/strings/notices.ts';
import { hasLeft, isCaller } from '../../services/calls/access.ts';
import type { Call } from '../../services/calls/call.ts';
import type { OutgoingMessage, SendOutcome } from '../../services/channel.ts';
import { LANES, type PersonId } from '../../services/directory/directory.ts';
import type { Perform } from '../../services/engine/aggregate.ts';
import type { Effect } from '../../services/engine/envelope.ts';
import { liveCard } from '../live.ts';
import { tellAffairs } from './affairs.ts';
import { type EffectParts, languageOf } from './parts.ts';
import { signal } from './signal.ts';

const message = (rendered: Rendered, alert: boolean): OutgoingMessage => ({ ...rendered, alert });

/** First pages before everything else (the effect's key says which repeat it is), and the longest owed first. */
function pageTurn(effect: Effect, call: Call): Pick<OutgoingMessage, 'priority' | 'since'> {
  const [, lane = '', , , repeat] = effect.key.split(':');
  const priority = effect.kind === 'page' && repeat === '0' ? 'page' : 'again';
  const paged = LANES.find((known) => known === lane);
  const since = paged && call.lanes[paged].people[effect.person]?.pagedAt;
  return { priority, ...(since === undefined ? {} : { since }) };
}

/** What a call brings about in other documents; each may be done twice. */
interface BetweenDocuments {
  /** Gives an accepted case its 管理番号. */
  number(code: string): Promise<unknown>;
  /** Makes open narratives neutral: one person's, or everybody's when empty. */
  cover(code: string, person: PersonId): Promise<unknown>;
  /** Whether the document still owes this attempt: it may have been taken back, or taken over, while the attempt waited. */
  isOwed(code: string, effect: Effect, waited: boolean): Promise<boolean>;
}

/** Sends what a call owes. A card carries no content of its own: it is drawn from the state at this moment. */
export const performCall =
  (parts: EffectParts, between: BetweenDocuments): Perform<Call> =>
  async (effect, call) => {
    switch (effect.kind) {
      case 'page':
      case 'notice':
        return page(parts, effect, call, between.isOwed);
      case 'card':
        return card(parts, effect, call);
      case 'retire':
        return retire(parts, effect, call);
      case 'post':
        return closePost(parts, effect, call);
      case 'alarm':
        return alarm(parts, effect, call);
      case 'signal':
        return signal(parts, effect, call);
      case 'announce':
        return announce(parts, call);
      case 'number':
      case 'cover':
        await between[effect.kind](call.code, effect.person);
        return { kind: 'done' };
      default:
        throw new Error(`unknown effect ${effect.kind}`);
    }
  };

/** A new message that alerts: a page, or what somebody already on their way must notice. */
async function page(
  parts: EffectParts,
  effect: Effect,
  call: Call,
  isOwed: BetweenDocuments['isOwed'],
): Promise<SendOutcome> {
  const { channel, directory } = parts;
  // Their step is passed at once, like that of anybody who cannot be reached (R4).
  if (hasLeft(call, directory, effect.person)) return { kind: 'unreachable', reason: 'left' };
  return channel.send(
    { person: effect.person },
    {
      ...message(await live(parts, effect, call), true),
      ...pageTurn(effect, call),
      stillOwed: (waited) => isOwed(call.code, effect, waited),
    },
  );
}

async function live(parts: EffectParts, effect: Effect, call: Call): Promise<Rendered> {
  const { directory, clock } = parts;
  const language = await languageOf(parts, effect.person);
  const which = effect.kind === 'card' ? call.copies[effect.person]?.notice : effect.data.notice;
  const sentence = isNotice(which) ? { notice: notice(language, which) } : {};
  return liveCard(directory, { call, viewer: effect.person, language, now: clock.now(), ...sentence });
}

/** A new card for whoever has none yet, else the same card again. Quiet people get no alert. */
async function card(
  parts: EffectParts,
  effect: Effect,
  call: Call,
): Promise<SendOutcome & { updated?: string }> {
  const { channel } = parts;
  const to = { person: effect.person };
  const copy = call.copies[effect.person];
  if (copy === undefined) return { kind: 'gone', reason: 'no copy' };
  const rendered = await live(parts, effect, call);
  if (copy.activityId !== null) {
    const outcome = await channel.update(to, copy.activityId, message(rendered, false));
    // Another message may have taken this one's place by the time that it is known.
    return { ...outcome, updated: copy.activityId };
  }
  // The card that tells a caller that they have been heard: they look at an empty chat.
  const priority = copy.role === 'caller' ? 'page' : 'news';
  return channel.send(to, { ...message(rendered, false), priority });
}

async function retire(parts: EffectParts, effect: Effect, call: Call): Promise<SendOutcome> {
  const language = await languageOf(parts, effect.person);
  const rendered = retiredCard({ language, code: call.code });
  return parts.channel.update(
    { person: effect.person },
    String(effect.data.activityId),
    message(rendered, false),
  );
}

/** A new case, for the channel alone: its people are told by the lane, or have been. */
async function announce({ channel, directory, clock }: EffectParts, call: Call): Promise<SendOutcome> {
  const to = directory.generalAffairsChannel;
  if (to === undefined) return { kind: 'gone', reason: 'no channel' };
  const { language } = directory;
  const card = channelCard({ language, call, directory, now: clock.now(), reason: 'opened' });
  return channel.send({ channel: to }, message(card, false));
}

/** The post in the channel says that the call is over. */
async function closePost(
  { channel, directory, clock }: EffectParts,
  effect: Effect,
  call: Call,
): Promise<SendOutcome> {
  const to = directory.generalAffairsChannel;
  if (to === undefined) return { kind: 'gone', reason: 'no channel' };
  const card = channelCard({
    language: directory.language,
    call,
    directory,
    now: clock.now(),
    reason: call.level === 'report' ? 'opened' : 'emergency',
  });
  return channel.update({ channel: to }, String(effect.data.activityId), message(card, false));
}

const ALARMS = ['emergency', 'exhausted', 'danger-in-text'] as const;

/** To General Affairs; not to whoever must not know of the case, or has called themselves. */
function alarm(parts: EffectParts, effect: Effect, call: Call): Promise<SendOutcome & { post?: true }> {
  const { directory, clock } = parts;
  const now = clock.now();
  const reason = ALARMS.find((known) => known === effect.data.reason) ?? 'emergency';
  return tellAffairs(parts, effect, {
    people: directory
      .generalAffairsFallback(now)
      .filter((id) => !call.excluded.includes(id) && !isCaller(call, id)),
    round: effect.attempt,
    post: (language) => ({
      ...message(channelCard({ language, call, directory, now, reason }), true),
      priority: 'again',
    }),
  });
}
