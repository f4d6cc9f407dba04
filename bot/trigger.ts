import { lampText, triggerRefusal } from '../cards/strings/trigger.ts';
import type { Directory } from '../services/directory/directory.ts';
import { lampOf } from '../services/trigger/lamp.ts';
import type { Triggered, TriggerRefusal } from '../services/trigger/trigger.ts';
import type { Reply } from './receive.ts';

/** A status a refusal: what is wrong with the request, with whoever sent it, or with us. */
const STATUS: Readonly<Record<TriggerRefusal, number>> = {
  malformed: 400,
  signature: 401,
  expired: 401,
  revoked: 403,
  level: 403,
  'id-used': 409,
  over: 409,
  'too-many': 429,
  'not-saved': 503,
  'not-known': 503,
};

/** The HTTP answer to a place (docs/alarm.md): state and code, and a sentence for a small display. No names. */
export function triggerReply(
  { language, helpExtension }: Pick<Directory, 'language' | 'helpExtension'>,
  triggered: Triggered,
): Reply {
  if (triggered.kind === 'refused') {
    const { why } = triggered;
    return { status: STATUS[why], body: { error: why, text: triggerRefusal(language, why, helpExtension) } };
  }
  const { call } = triggered;
  const lamp = lampOf(call);
  const text = lampText(language, lamp);
  if (call === undefined) return { status: 200, body: { state: lamp, text } };
  const how = triggered.kind === 'called' ? { how: triggered.how } : {};
  return { status: 200, body: { state: lamp, ...how, code: call.code, level: call.level, text } };
}
