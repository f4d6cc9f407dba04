import type { PersonId } from '../../services/directory/directory.ts';
import type { People } from '../../services/people/people.ts';
import type { Connector } from './connector.ts';
import { idIn } from './outcome.ts';
import { type ConversationReference, encodeReference } from './reference.ts';
import type { Answer } from './request.ts';

/** With whom, and from where. */
export interface Contact {
  readonly person: PersonId;
  readonly serviceUrl: string;
  readonly botId: string;
  readonly tenantId: string;
}

interface Contacted {
  readonly answer: Answer;
  /** The conversation, stored for the next time; undefined when there is none. */
  readonly reference: ConversationReference | undefined;
}

/**
 * Creates the conversation with somebody who has never written to the bot, by their Entra object id. It answers for
 * everybody the app is installed for, with the same conversation each time, so that it may be repeated freely.
 */
export async function contact(
  { connector, people }: { connector: Connector; people: People },
  { person, serviceUrl, botId, tenantId }: Contact,
  signal: AbortSignal,
): Promise<Contacted> {
  const parameters = {
    bot: { id: botId },
    members: [{ id: person }],
    isGroup: false,
    tenantId,
    channelData: { tenant: { id: tenantId } },
  };
  const answer = await connector.converse(serviceUrl, parameters, signal);
  const isCreated = answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
  const conversationId = isCreated ? idIn(answer) : undefined;
  if (conversationId === undefined) return { answer, reference: undefined };
  const reference = { serviceUrl, conversationId, botId, userId: '', tenantId };
  const text = encodeReference(reference);
  // What came from themselves says more. A page does not wait for the store: it is asked again next time.
  await people
    .renew(person, (known) => (known.reference === null ? { reference: text } : {}))
    .catch(() => {});
  return { answer, reference };
}
