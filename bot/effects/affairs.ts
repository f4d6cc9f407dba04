import type { Language } from '../../cards/rendered.ts';
import type { OutgoingMessage, SendOutcome } from '../../services/channel.ts';
import type { PersonId } from '../../services/directory/directory.ts';
import type { Effect } from '../../services/engine/envelope.ts';
import { type EffectParts, languageOf } from './parts.ts';
import { withinClaim } from './withinClaim.ts';

/** What General Affairs (総務課) is to know. */
export interface News {
  post(language: Language, isPersonal: boolean): OutgoingMessage;
  /** Whom of them, best first, where the channel cannot be told; so many rounds of people have been passed over. */
  readonly people: readonly PersonId[];
  readonly round: number;
}

/** From this attempt on a channel that does not answer is not waited for. */
const CHANNEL_TRIES = 3;
/** People in one round. */
const AT_ONCE = 3;

/**
 * One attempt: to General Affairs' channel; where that is missing or cannot be reached, to its people, a few at a time.
 * Two sends may follow each other in it: each has what is left of the claim.
 */
export async function tellAffairs(
  parts: EffectParts,
  effect: Effect,
  news: News,
): Promise<SendOutcome & { post?: true }> {
  const { channel, directory } = parts;
  const ring = () => ringAffairs(parts, effect, news);
  const to = directory.generalAffairsChannel;
  if (to === undefined) return (await ring()) ?? { kind: 'unreachable', reason: 'no channel' };
  const posting = withinClaim(parts.clock, effect, () =>
    channel.send({ channel: to }, news.post(directory.language, false)),
  );
  const ringing = effect.attempt >= CHANNEL_TRIES ? ring() : undefined;
  const posted = await posting;
  if (posted.kind === 'delivered') {
    await ringing;
    return { ...posted, post: true };
  }
  if (ringing !== undefined) return (await ringing) ?? posted;
  // Throttled, or possibly delivered: once more to the channel before people are rung for it.
  if (posted.kind === 'retry' || posted.kind === 'uncertain') return posted;
  return (await ring()) ?? posted;
}

/** To some of the people, side by side, and to others in each further round. Undefined: there are none. */
export async function ringAffairs(
  parts: EffectParts,
  effect: Effect,
  { people, round, post }: News,
): Promise<SendOutcome | undefined> {
  const first = (round * AT_ONCE) % Math.max(1, people.length);
  const circle = [...people, ...people].slice(first, first + Math.min(AT_ONCE, people.length));
  const outcomes = await Promise.all(
    circle.map((person) =>
      withinClaim(parts.clock, effect, async () =>
        parts.channel.send({ person }, post(await languageOf(parts, person), true)),
      ),
    ),
  );
  return outcomes.find(({ kind }) => kind === 'delivered') ?? outcomes[0];
}
