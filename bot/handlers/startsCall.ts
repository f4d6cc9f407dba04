import { parseUtterance, plainText } from '../../services/calls/utterance.ts';
import type { Directory } from '../../services/directory/directory.ts';
import type { Incoming } from '../teams/activity.ts';

const CALLS: ReadonlySet<string> = new Set(['call.advice', 'call.assist', 'call.emergency']);

/** Whether somebody calls for help, as `dispatch.ts` understands it: known before anything has been read of them. */
export function startsCall({ what, from }: Incoming, directory: Directory): boolean {
  if (what.type === 'tap') return !what.automatic && CALLS.has(what.verb);
  if (what.type !== 'text') return false;
  const section = directory.person(from.aadObjectId)?.section;
  const phrase = directory.codePhrase(plainText(what.text), section);
  if (phrase !== undefined) return phrase !== 'report';
  return parseUtterance(what.text).kind === 'call';
}
