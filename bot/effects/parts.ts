import type { Language } from '../../cards/rendered.ts';
import type { Alarm } from '../../services/alarm/alarm.ts';
import type { Channel } from '../../services/channel.ts';
import type { Clock } from '../../services/clock.ts';
import type { Directory, PersonId } from '../../services/directory/directory.ts';
import type { People } from '../../services/people/people.ts';

export interface EffectParts {
  readonly channel: Channel;
  readonly people: People;
  readonly directory: Directory;
  readonly clock: Clock;
  /** The second way to reach people, when there is one. */
  readonly alarm?: Alarm | undefined;
}

export async function languageOf(
  parts: Pick<EffectParts, 'people' | 'directory'>,
  person: PersonId,
): Promise<Language> {
  // A page does not wait for a preference.
  const known = await parts.people.read(person).catch(() => undefined);
  return known?.language ?? parts.directory.language;
}
