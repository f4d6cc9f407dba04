import type { Message } from '../sink/message.ts';
import type { TracedEffect } from './line.ts';
import type { Write } from './writes.ts';

/** A message that arrived although the same thing had arrived before. */
export interface Duplicate {
  readonly code: string;
  readonly person: string;
  readonly key: string;
  /** Why it is allowed; absent: it is not. */
  readonly because?: 'answer lost' | 'worker gone' | 'asked anew';
  readonly detail: string;
}

interface Claimed extends TracedEffect {
  readonly worker: string;
  readonly isRefused: boolean;
}

/** Every attempt of every effect, by its token. */
export function claimsOf(writes: readonly Write[]): Map<string, Claimed> {
  const claims = new Map<string, Claimed>();
  for (const { worker, call, isRefused } of writes) {
    for (const effect of call.owed) {
      if (effect.claim === null) continue;
      const known = claims.get(effect.claim);
      // Whoever wrote it first made it; one that others saw in the store has been written.
      if (known === undefined || known.isRefused) claims.set(effect.claim, { ...effect, worker, isRefused });
    }
  }
  return claims;
}

interface Parts {
  readonly messages: readonly Message[];
  readonly writes: readonly Write[];
  readonly claims: ReadonlyMap<string, Claimed>;
}

/** Messages of one case that came twice, each with the attempt of unknown outcome that allows it. */
export function duplicatesOf(code: string, { messages, writes, claims }: Parts): Duplicate[] {
  const before = new Map<string, Message>();
  const duplicates: Duplicate[] = [];
  for (const message of messages) {
    const { tag, person } = message;
    if (tag === undefined) continue;
    const of = { code, person, key: tag.key };
    const claim = claims.get(tag.claim);
    if (claim === undefined || claim.isRefused) {
      duplicates.push({ ...of, detail: `sent by ${tag.worker} without a committed claim` });
      continue;
    }
    const earlier = before.get(`${tag.key} ${person}`);
    before.set(`${tag.key} ${person}`, message);
    if (earlier === undefined) continue;
    const because = reason(earlier, message, writes, claims);
    const detail = `${earlier.tag?.worker}#${earlier.tag?.attempt} then ${tag.worker}#${tag.attempt}`;
    duplicates.push({ ...of, detail, ...(because === undefined ? {} : { because }) });
  }
  return duplicates;
}

/** Only an attempt that the document itself counts as uncertain, made between the two, explains the second one. */
function reason(
  earlier: Message,
  later: Message,
  writes: readonly Write[],
  claims: ReadonlyMap<string, Claimed>,
): Duplicate['because'] | undefined {
  const both = [claims.get(earlier.tag?.claim ?? ''), claims.get(later.tag?.claim ?? '')];
  // A paused worker's message may come after that of the attempt that replaced its own.
  const [first, second] = both.sort((a, b) => (a?.uncertain ?? 0) - (b?.uncertain ?? 0));
  if (first === undefined || second === undefined || first.claim === second.claim) return undefined;
  if (second.uncertain > first.uncertain) return earlier.isAnswerLost ? 'answer lost' : 'worker gone';
  // Asked for anew, a card is counted anew as well; that the attempt before was uncertain has been written down.
  const wasUncertain = writes.some(({ call }) =>
    call.owed.some(({ key, uncertain }) => key === first.key && uncertain > first.uncertain),
  );
  if (first.kind === 'card' && wasUncertain) return earlier.isAnswerLost ? 'answer lost' : 'worker gone';
  // A card is sent as a new message whenever its person asks for it, or when the one before is gone.
  const wasKnown = writes.some(
    ({ call }) =>
      call.copies[later.person] === earlier.id ||
      call.owed.some(({ key }) => key.startsWith(`retire:${earlier.id}`)),
  );
  return first.kind === 'card' && wasKnown ? 'asked anew' : undefined;
}
