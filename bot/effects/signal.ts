import { alarmText, type CallAlarm } from '../../cards/alarmText.ts';
import type { Alarm, AlarmOutcome } from '../../services/alarm/alarm.ts';
import type { Call } from '../../services/calls/call.ts';
import { isMoot } from '../../services/calls/signals.ts';
import { type Directory, LANES } from '../../services/directory/directory.ts';
import type { Effect } from '../../services/engine/envelope.ts';

interface Parts {
  readonly alarm?: Alarm | undefined;
  readonly directory: Directory;
}

const REASONS: readonly CallAlarm[] = ['emergency', 'unanswered', 'exhausted'];

/** Raises what a call owes to the second way. The id is that of the effect: the receiver announces it once. */
export async function signal(parts: Parts, effect: Effect, call: Call): Promise<AlarmOutcome> {
  const { alarm, directory } = parts;
  // An older instance beside this one does not take signals back: what it left is not sent any more.
  if (isMoot(call, effect)) return { kind: 'rejected', reason: 'moot' };
  // Owed by an instance that has one: the settings are being changed. It stays owed until that one takes it.
  if (alarm === undefined) return { kind: 'retry', reason: 'no alarm here', retryAfterMs: 30_000 };
  const reason = REASONS.find((known) => known === effect.data.reason) ?? 'emergency';
  const lane = LANES.find((known) => known === effect.data.lane);
  const at = call.places.at(-1);
  const place = at === undefined ? '' : directory.placeName(at);
  return alarm.raise({
    id: `${call.code}/${effect.key}`,
    reason,
    text: alarmText(call, reason, lane, place),
    ...(typeof effect.data.at === 'number' ? { at: effect.data.at } : {}),
    code: call.code,
    level: call.level,
    place,
    ...(lane === undefined ? {} : { lane }),
  });
}
