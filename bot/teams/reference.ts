import { z } from 'zod';
import { LOOPBACK } from '../../services/loopback.ts';

/** Everything needed to send to one conversation again. */
export interface ConversationReference {
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly botId: string;
  readonly userId: string;
  readonly tenantId: string;
}

const schema = z.object({
  serviceUrl: z.string(),
  conversationId: z.string(),
  botId: z.string(),
  userId: z.string(),
  tenantId: z.string(),
});

export const encodeReference = (reference: ConversationReference): string => JSON.stringify(reference);

/** Undefined for anything that is not a reference: the person then counts as unreachable, nothing throws. */
export function decodeReference(text: string | null): ConversationReference | undefined {
  if (text === null) return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Whether the bot's token may be sent there: an allowed host at its usual port and by https, except on loopback. */
export function isAllowedServiceUrl(serviceUrl: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(serviceUrl)) return false;
  const url = new URL(serviceUrl);
  if (url.username !== '' || url.password !== '') return false;
  const loopback = LOOPBACK.includes(url.hostname);
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && loopback);
  return secure && hosts.includes(loopback ? url.hostname : url.host);
}
