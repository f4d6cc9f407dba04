import type { ReceiveParts } from './receive.ts';
import type { Incoming } from './teams/activity.ts';
import { encodeReference } from './teams/reference.ts';

/** How often it is tried again to keep how somebody can be reached: within about half a minute. */
const TRIES = 5;

type Parts = Pick<ReceiveParts, 'people' | 'directory' | 'reach' | 'heard' | 'clock' | 'log'>;

/**
 * Keeps how to reach whoever an activity came from (or the channel); forgotten on uninstall. Never rejects: whoever
 * calls for help is heard even when this cannot be kept, and it is tried again later.
 */
export function createRemember(parts: Parts): (incoming: Incoming) => Promise<void> {
  const { people, directory, clock, log } = parts;

  async function keep({ reference, from, what, conversation, channelId }: Incoming): Promise<void> {
    const gone = what.type === 'uninstalled';
    const text = gone ? null : encodeReference(reference);
    const write = gone || what.type === 'installed' ? people.renew : people.update;
    if (conversation === 'personal') {
      await write(from.aadObjectId, () => ({ reference: text }));
      if (what.type === 'uninstalled' || what.type === 'installed')
        await parts.reach.noted(from.aadObjectId, what.type);
    } else if (channelId === directory.generalAffairsChannel && channelId !== undefined) {
      const posts = { ...reference, conversationId: channelId };
      const channel = gone ? null : encodeReference(posts);
      await write(`channel:${channelId}`, () => ({ reference: channel }));
    }
    await parts.heard?.(reference);
  }

  /** The card of somebody who called for help while the store failed has to find them. */
  function later(incoming: Incoming, tries: number): void {
    if (incoming.conversation !== 'personal' || tries > TRIES) return;
    clock.after(1_000 * 2 ** (tries - 1), () => {
      const reference = encodeReference(incoming.reference);
      // Whatever was written meanwhile is newer.
      const write = people.renew(incoming.from.aadObjectId, (before) =>
        before.reference === null ? { reference } : {},
      );
      write.catch((error) => failed(incoming, error, tries + 1));
    });
  }

  function failed(incoming: Incoming, err: unknown, tries: number): void {
    log.error({ err }, 'person not remembered');
    if (incoming.what.type !== 'uninstalled') later(incoming, tries);
  }

  return (incoming) => keep(incoming).catch((error) => failed(incoming, error, 1));
}
