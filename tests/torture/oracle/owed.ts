import type { Lane } from '../city.ts';
import type { Message } from '../sink/message.ts';

/** Something that somebody must have got. */
export interface Owed {
  readonly what: 'page' | 'reminder' | 'notice' | 'reception' | 'closed' | 'announced' | 'alarm';
  readonly code: string;
  /** Or the channel. An alarm that the channel does not take goes to people of General Affairs instead. */
  readonly person: string;
  readonly lane?: Lane;
  /** Nothing that came before counts. */
  readonly since: number;
  /** When it was to come; for how late it is. */
  readonly dueAt: number;
  /** From then on it may rightly be dropped; infinite: never. */
  readonly until: number;
  /** How many messages of this kind since then: 2 for a reminder. */
  readonly times: number;
  matches(message: Message): boolean;
}
