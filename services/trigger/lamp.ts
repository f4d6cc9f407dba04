import type { Call } from '../calls/call.ts';
import { hasArrived, isHeld, stands } from '../calls/draft.ts';
import { LANES } from '../directory/directory.ts';

/**
 * What a lamp beside the button shows of a place's call; the best of both lanes, and never who it is.
 * - `none`: nobody is being called for this place.
 * - `calling`: committed, and nobody has answered yet (or no longer: promise 2).
 * - `acknowledged`: somebody has seen it and helps otherwise than by coming (電話で支援します, 連絡済み).
 * - `coming`: 確認・向かっています. `arrived`: 到着しました.
 */
const LAMPS = ['none', 'calling', 'acknowledged', 'coming', 'arrived'] as const;
export type Lamp = (typeof LAMPS)[number];

export function lampOf(call: Call | undefined): Lamp {
  if (call === undefined || call.status !== 'open') return 'none';
  const lanes = LANES.map((lane) => call.lanes[lane]).filter(({ state }) => state !== 'off');
  if (lanes.some(hasArrived)) return 'arrived';
  const isComing = lanes.some((lane) =>
    Object.values(lane.people).some(({ answer }) => answer?.kind === 'going' && stands(answer, lane)),
  );
  if (isComing) return 'coming';
  return lanes.some(isHeld) ? 'acknowledged' : 'calling';
}
