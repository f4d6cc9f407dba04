import { type Shown, shownOf } from '../../harness/shown.ts';
import type { Tag } from '../worker/setting.ts';

/** One message that has arrived at somebody, with what it shows now. */
export interface Message {
  readonly id: string;
  /** Whose chat; `CHANNEL` for General Affairs' channel. */
  readonly person: string;
  readonly code: string | undefined;
  readonly at: number;
  /** It rang. */
  readonly alert: boolean;
  readonly tag: Tag | undefined;
  readonly first: Shown;
  now: Shown;
  /** The worker was not told that it arrived. */
  isAnswerLost: boolean;
  isDeleted: boolean;
}

export const CHANNEL = 'channel';

export interface Activity {
  readonly attachments?: readonly { readonly content: object }[];
  readonly summary?: string;
  readonly channelData?: { readonly notification?: { readonly alert?: boolean } };
}

export const shownIn = (activity: Activity): Shown => shownOf(activity.attachments?.[0]?.content ?? {});

const CODE = /K-[0-9A-Z]{4,8}/;

/** The case that a card is about. A home card may name one, and is about none. */
export function codeOn(shown: Shown): string | undefined {
  if (shown.buttons.some(({ data }) => data.verb === 'call.assist' && data.draft !== undefined))
    return undefined;
  const fromButton = shown.buttons.map(({ data }) => data.code).find((code) => typeof code === 'string');
  return typeof fromButton === 'string' ? fromButton : CODE.exec(shown.text)?.[0];
}

export const hasButton = ({ buttons }: Shown, verb: string): boolean =>
  buttons.some(({ data }) => data.verb === verb);
