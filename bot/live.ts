import { callerCard } from '../cards/callerCard.ts';
import { leftCard } from '../cards/leftCard.ts';
import type { Language, Rendered } from '../cards/rendered.ts';
import { responderCard } from '../cards/responderCard.ts';
import { isCaller, isEntitled } from '../services/calls/access.ts';
import type { Call } from '../services/calls/call.ts';
import { type Directory, LANES, type Lane, type PersonId } from '../services/directory/directory.ts';

interface LiveView {
  readonly call: Call;
  readonly viewer: PersonId;
  readonly language: Language;
  readonly now: number;
  readonly notice?: string;
}

/** The one live card of a person for a case: what they may see decides which card it is. */
export function liveCard(directory: Directory, view: LiveView): Rendered {
  const { call, viewer: viewerId, language, now } = view;
  const notice = view.notice === undefined ? {} : { notice: view.notice };
  const base = { language, call, viewerId, directory, now, ...notice };
  // Implicated, or no longer in the organisation: not even the news that brought the card.
  if (!isEntitled(call, directory, viewerId)) return leftCard({ language, code: call.code });
  if (isCaller(call, viewerId)) return callerCard({ ...base, quiet: directory.isQuiet(viewerId) });
  const lane = laneOfViewer(call, viewerId, directory);
  if (lane === undefined) return leftCard({ language, code: call.code, ...notice });
  return responderCard({
    ...base,
    lane,
    round: call.turns[viewerId] ?? 0,
    remote: isRemote(call, directory),
  });
}

function laneOfViewer(call: Call, viewer: PersonId, directory: Directory): Lane | undefined {
  const paged = LANES.find((lane) => call.lanes[lane].people[viewer] !== undefined);
  if (paged !== undefined) return paged;
  if (directory.isGeneralAffairs(viewer)) return 'generalAffairs';
  return call.copies[viewer]?.role === 'responder' ? 'second' : undefined;
}

/** General Affairs cannot arrive at another building in time: 「電話で支援します」 comes first there. */
function isRemote(call: Call, directory: Directory): boolean {
  const place = call.places.at(-1);
  return place !== undefined && place.building !== directory.generalAffairsBuilding;
}
