import { parseUtterance, plainText, type Utterance } from '../../services/calls/utterance.ts';
import type { Directory } from '../../services/directory/directory.ts';
import type { Incoming } from '../teams/activity.ts';

/** What somebody typed, and what it means: a code phrase of their section, or what anybody may write. */
export interface Said {
  readonly typed: string;
  readonly meaning: Utterance;
}

export function saidIn({ what, from }: Incoming, directory: Directory): Said | undefined {
  if (what.type !== 'text') return undefined;
  const { text: typed } = what;
  const level = directory.codePhrase(plainText(typed), directory.person(from.aadObjectId)?.section);
  return { typed, meaning: level === undefined ? parseUtterance(typed) : { kind: 'call', level, rest: '' } };
}

const CALLS: ReadonlySet<string> = new Set(['call.advice', 'call.assist', 'call.emergency']);

/** Whether somebody calls for help: known before anything has been read of them. */
export const startsCall = ({ what }: Incoming, said: Said | undefined): boolean =>
  what.type === 'tap' ? !what.automatic && CALLS.has(what.verb) : said?.meaning.kind === 'call';
