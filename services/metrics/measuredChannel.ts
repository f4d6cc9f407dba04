import type { Channel, Reach, Recipient, SendOutcome } from '../channel.ts';

/** One request to Teams, when it has ended. */
export interface Sent {
  readonly operation: 'send' | 'update' | 'say' | 'reach';
  readonly to: 'person' | 'channel' | 'conversation';
  /** Kept in memory by the audit, to tell one bad recipient from a service that is away; no number has it. */
  readonly recipient: string;
  /** Kind of the outcome, or why it was not made (`held-back`) or not taken (`throttled`). */
  readonly outcome: string;
  readonly ms: number;
}

type Ended = (sent: Sent) => void;
type Now = () => number;
/** What a channel may have besides: an answer in the conversation that an activity came from. */
interface Saying<Reference, Message> {
  say(reference: Reference, message: Message): Promise<SendOutcome>;
}

const outcomeOf = (outcome: SendOutcome | Reach): string =>
  ('why' in outcome && outcome.kind === 'retry' ? outcome.why : undefined) ?? outcome.kind;

const addressOf = (to: Recipient) =>
  'person' in to
    ? ({ to: 'person', recipient: to.person } as const)
    : ({ to: 'channel', recipient: to.channel } as const);

/** The same channel; each request is told of when it has ended. */
export function measuredChannel<Reference extends { readonly conversationId: string }, Message>(
  channel: Channel & Saying<Reference, Message>,
  onSent: Ended,
  now: Now = () => performance.now(),
): Channel & Saying<Reference, Message> {
  async function measured<Outcome extends SendOutcome | Reach>(
    what: Omit<Sent, 'outcome' | 'ms'>,
    request: () => Promise<Outcome>,
  ): Promise<Outcome> {
    const startedAt = now();
    const outcome = await request();
    onSent({ ...what, outcome: outcomeOf(outcome), ms: now() - startedAt });
    return outcome;
  }
  return {
    send: (to, message) => measured({ operation: 'send', ...addressOf(to) }, () => channel.send(to, message)),
    update: (to, activityId, message) =>
      measured({ operation: 'update', ...addressOf(to) }, () => channel.update(to, activityId, message)),
    reach: (person) =>
      measured({ operation: 'reach', ...addressOf({ person }) }, () => channel.reach(person)),
    say: (reference, message) =>
      measured({ operation: 'say', to: 'conversation', recipient: reference.conversationId }, () =>
        channel.say(reference, message),
      ),
  };
}
