import type { ConnectorClient } from 'botframework-connector';
import {
  type Channel,
  type OutgoingMessage,
  type Recipient,
  SEND_DEADLINE_MS,
  type SendOutcome,
} from '../../services/channel.ts';
import type { People } from '../../services/people/people.ts';
import { outcomeOfError } from './outcome.ts';
import { type ConversationReference, decodeReference, isAllowedServiceUrl } from './reference.ts';

interface Parts {
  readonly people: People;
  readonly connect: (serviceUrl: string) => Promise<ConnectorClient>;
  readonly serviceHosts: readonly string[];
}

/** Teams behind the `Channel` port. */
export interface TeamsChannel extends Channel {
  /** Says something in the conversation that an activity came from (a group, say). */
  say(reference: ConversationReference, message: OutgoingMessage): Promise<SendOutcome>;
}

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

function activityOf(message: OutgoingMessage) {
  return {
    type: 'message',
    summary: message.summary,
    attachments: [{ contentType: CARD_TYPE, content: message.card }],
    ...(message.alert ? { channelData: { notification: { alert: true } } } : {}),
  };
}

const unreachable = (reason: string): SendOutcome => ({ kind: 'unreachable', reason });

export function createTeamsChannel({ people, connect, serviceHosts }: Parts): TeamsChannel {
  async function referenceOf(to: Recipient): Promise<ConversationReference | undefined> {
    const id = 'person' in to ? to.person : `channel:${to.channel}`;
    return decodeReference((await people.read(id)).reference);
  }

  /** The port never throws: a store that does not answer means that nothing was sent. */
  async function resolved(
    to: Recipient,
    then: (reference: ConversationReference | undefined) => Promise<SendOutcome>,
  ): Promise<SendOutcome> {
    let reference: ConversationReference | undefined;
    try {
      reference = await referenceOf(to);
    } catch {
      return { kind: 'retry', reason: 'address not readable' };
    }
    return then(reference);
  }

  /** One attempt within the deadline; what went wrong becomes an outcome. */
  async function attempt(
    reference: ConversationReference | undefined,
    request: (client: ConnectorClient, conversation: string, signal: AbortSignal) => Promise<string>,
    isUpdate: boolean,
  ): Promise<SendOutcome> {
    if (reference === undefined) return unreachable('no conversation');
    if (!isAllowedServiceUrl(reference.serviceUrl, serviceHosts))
      return unreachable('service address not allowed');
    const signal = AbortSignal.timeout(SEND_DEADLINE_MS);
    try {
      const client = await connect(reference.serviceUrl);
      const activityId = await request(client, reference.conversationId, signal);
      return { kind: 'delivered', activityId };
    } catch (error) {
      return outcomeOfError(error, isUpdate);
    }
  }

  const post = (reference: ConversationReference | undefined, message: OutgoingMessage) =>
    attempt(
      reference,
      async (client, conversation, abortSignal) => {
        const activity = activityOf(message);
        const sent = await client.conversations.sendToConversation(conversation, activity, { abortSignal });
        return sent.id;
      },
      false,
    );

  return {
    send: (to, message) => resolved(to, (reference) => post(reference, message)),
    say: (reference, message) => post(reference, message),
    update: (to, activityId, message) =>
      resolved(to, (reference) =>
        attempt(
          reference,
          async (client, conversation, abortSignal) => {
            const activity = { ...activityOf({ ...message, alert: false }), id: activityId };
            await client.conversations.updateActivity(conversation, activityId, activity, { abortSignal });
            return activityId;
          },
          true,
        ),
      ),
  };
}
