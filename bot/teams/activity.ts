import { z } from 'zod';
import type { ConversationReference } from './reference.ts';

/** An activity as the rest of the bot sees it: checked, trimmed to size, nothing of the SDK. */
export interface Incoming {
  readonly activityId: string;
  readonly reference: ConversationReference;
  readonly conversation: 'personal' | 'group';
  /** Teams channel id when it was said in one. */
  readonly channelId: string | undefined;
  readonly from: { readonly aadObjectId: string; readonly name: string };
  readonly what: What;
}

export type What =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tap';
      readonly verb: string;
      readonly data: Readonly<Record<string, unknown>>;
      /** `invoke` expects a card in the answer, `submit` (older clients) does not. */
      readonly via: 'invoke' | 'submit';
      /** Activity that carries the card that was pressed. */
      readonly pressed: string | undefined;
      readonly automatic: boolean;
    }
  | { readonly type: 'installed' }
  | { readonly type: 'uninstalled' }
  | { readonly type: 'unsupported'; readonly invoke: boolean };

const id = z.string().max(500);
/** Also keeps people apart from the addresses of channels (`channel:…`) in the store. */
const personId = z.string().regex(/^[0-9A-Za-z-]{0,100}$/);
const optionalText = z.string().max(200_000).nullish();
const looseObject = z.record(z.string(), z.unknown());

const schema = z.object({
  type: z.string().max(100),
  id: id.nullish(),
  name: z.string().max(200).nullish(),
  action: z.string().max(100).nullish(),
  text: optionalText,
  serviceUrl: z.string().max(1000),
  replyToId: id.nullish(),
  value: z.unknown().optional(),
  from: z.object({ id, aadObjectId: personId.nullish(), name: z.string().max(500).nullish() }),
  recipient: z.object({ id: id.nullish() }).nullish(),
  conversation: z.object({
    id,
    conversationType: z.string().max(100).nullish(),
    isGroup: z.boolean().nullish(),
    tenantId: id.nullish(),
  }),
  channelData: z
    .object({
      tenant: z.object({ id: id.nullish() }).nullish(),
      channel: z.object({ id: id.nullish() }).nullish(),
    })
    .nullish(),
});

type Activity = z.infer<typeof schema>;

/** Undefined when the body is not an activity that anybody could have sent in good faith. */
export function parseActivity(body: unknown): Incoming | undefined {
  const parsed = schema.safeParse(body);
  if (!parsed.success) return undefined;
  const activity = parsed.data;
  const aadObjectId = activity.from.aadObjectId ?? '';
  const tenantId = tenantOf(activity);
  const { conversationType, isGroup } = activity.conversation;
  const group = isGroup === true || (conversationType != null && conversationType !== 'personal');
  return {
    activityId: activity.id ?? '',
    reference: {
      serviceUrl: activity.serviceUrl,
      conversationId: activity.conversation.id,
      botId: activity.recipient?.id ?? '',
      userId: activity.from.id,
      tenantId,
    },
    conversation: group ? 'group' : 'personal',
    channelId: activity.channelData?.channel?.id ?? undefined,
    from: { aadObjectId, name: (activity.from.name ?? '').trim().slice(0, 60) },
    what: whatOf(activity),
  };
}

/** Teams says the tenant in two places; two that differ belong to nobody. */
function tenantOf({ channelData, conversation }: Activity): string {
  const said = channelData?.tenant?.id ?? '';
  const other = conversation.tenantId ?? '';
  return said !== '' && other !== '' && said !== other ? '' : said || other;
}

function whatOf(activity: Activity): What {
  const { type } = activity;
  if (type === 'message') return messageOf(activity);
  if (type === 'invoke') return invokeOf(activity);
  if (type === 'installationUpdate') {
    const action = activity.action ?? '';
    if (action.startsWith('remove')) return { type: 'uninstalled' };
    if (action.startsWith('add')) return { type: 'installed' };
  }
  return { type: 'unsupported', invoke: false };
}

/** Action.Submit arrives as a message with a value, Action.Execute as an invoke: one handler for both. */
function messageOf(activity: Activity): What {
  const data = looseObject.safeParse(activity.value);
  if (!data.success) return { type: 'text', text: activity.text ?? '' };
  return tap(data.data.verb, data.data, 'submit', activity, false);
}

function invokeOf(activity: Activity): What {
  if (activity.name !== 'adaptiveCard/action') return { type: 'unsupported', invoke: true };
  const value = looseObject.safeParse(activity.value);
  const action = looseObject.safeParse(value.data?.action);
  if (!value.success || !action.success) return tap(undefined, {}, 'invoke', activity, false);
  const data = looseObject.safeParse(action.data.data);
  const fields = data.success ? data.data : {};
  const automatic = value.data.trigger === 'automatic';
  return tap(action.data.verb ?? fields.verb, fields, 'invoke', activity, automatic);
}

function tap(
  verb: unknown,
  data: Record<string, unknown>,
  via: 'invoke' | 'submit',
  activity: Activity,
  automatic: boolean,
): What {
  const name = typeof verb === 'string' ? verb : '';
  return { type: 'tap', verb: name, data, via, pressed: activity.replyToId ?? undefined, automatic };
}
