import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { ClaimsIdentity, type ConnectorClient } from 'botframework-connector';
import { send } from '../../../bot/teams/request.ts';

/** Sends one message; resolves with its id. */
export type Send = () => Promise<string>;

/** A card of the size that a responder sees. */
export const activity = {
  type: 'message',
  summary: '【応援】税務課 2番窓口',
  channelData: { notification: { alert: true } },
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: {
        type: 'AdaptiveCard',
        version: '1.5',
        body: Array.from({ length: 40 }, (_, n) => ({
          type: 'TextBlock',
          text: `総務課の当番：応答がありません ${n}`,
          wrap: true,
          spacing: 'small',
        })),
        actions: Array.from({ length: 5 }, (_, round) => ({
          type: 'Action.Execute',
          title: '向かいます',
          verb: 'answer.going',
          data: { code: 'K-7F3Q', round },
        })),
      },
    },
  ],
};

const CONVERSATION = 'a:1f2e3d';
const DEADLINE_MS = 10_000;

/** The SDK's client, used as it was here before: without its retries. */
export async function sdkClient(serviceUrl: string): Promise<Send> {
  const authentication = new ConfigurationBotFrameworkAuthentication({});
  const factory = authentication.createConnectorFactory(new ClaimsIdentity([], true));
  const client: ConnectorClient = await factory.create(serviceUrl);
  const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  return async () => {
    const options = { abortSignal: AbortSignal.timeout(DEADLINE_MS) };
    return (await client.conversations.sendToConversation(CONVERSATION, activity, options)).id;
  };
}

interface Pipeline {
  removePolicy(which: { name: string }): unknown;
}

const urlOf = (serviceUrl: string) =>
  `${serviceUrl}/v3/conversations/${encodeURIComponent(CONVERSATION)}/activities`;

/** The runtime's own `fetch`, for comparison. */
export const fetchClient =
  (serviceUrl: string): Send =>
  async () => {
    const response = await fetch(urlOf(serviceUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return ((await response.json()) as { id: string }).id;
  };

/** What the product uses. */
export const ownClient =
  (serviceUrl: string): Send =>
  async () => {
    const answer = await send({
      method: 'POST',
      url: urlOf(serviceUrl),
      body: activity,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (answer.kind !== 'answered') throw new Error(answer.reason);
    return (answer.body as { id: string }).id;
  };
