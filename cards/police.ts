import type { Call, PoliceTask } from '../services/calls/call.ts';
import type { PersonId } from '../services/directory/directory.ts';
import { buildingOf, type CardDirectory, participantName, placeDetail, placeText } from './names.ts';
import { type Block, type BlockStyle, block, bold, button, type Line, line, type Row, row } from './parts.ts';
import { type Strings, strings } from './strings.ts';
import { clockText } from './text.ts';

interface PoliceView {
  readonly words: Strings;
  readonly call: Call;
  readonly viewerId: PersonId;
  readonly directory: CardDirectory;
  readonly now: number;
}

/** The 110 task on a responder's card (R11): who does it, the words to read out, where the police are to come. */
export function policeBlocks(view: PoliceView): Block[] {
  const { words, call } = view;
  const task = call.police;
  if (task === null) return [];
  const heading = line(bold(words.responder.police));
  if (task.doneAt !== null) return [block('good', [heading, doneLine(view, task)])];
  return [block('attention', [heading, claimLine(view, task), ...detailLines(view)], claimRows(view, task))];
}

function doneLine({ words, now }: PoliceView, { doneAt, doneBy }: PoliceTask): Line {
  const name = doneBy === null ? words.staff : participantName(doneBy, words);
  return line(bold(words.responder.policeDone(name, clockText(doneAt ?? now, now))));
}

function claimLine({ words, viewerId, now }: PoliceView, { claimedBy, claimedAt }: PoliceTask): Line {
  if (claimedBy === null) return line(bold(words.responder.policeUnclaimed));
  if (claimedBy.id === viewerId) return line(bold(words.responder.policeClaimedByYou));
  return line(
    bold(words.responder.policeClaimed(participantName(claimedBy, words), clockText(claimedAt ?? now, now))),
  );
}

function claimRows({ words, call, viewerId }: PoliceView, { claimedBy }: PoliceTask): Row[] {
  const data = { code: call.code };
  if (claimedBy === null)
    return [row(button(words.buttons.policeClaim, 'police.claim', data, 'destructive'))];
  if (claimedBy.id === viewerId)
    return [row(button(words.buttons.policeDone, 'police.done', data, 'positive'))];
  return [];
}

function detailLines(view: PoliceView): Line[] {
  const { words, call, directory } = view;
  const building = buildingOf(call, directory);
  if (building === undefined) return [];
  const hall = words.responder.hall(directory.city, building.name);
  const details = [
    line(words.responder.dial(building.outsidePrefix)),
    line(words.responder.words(hall, placeSaid(view))),
    line(words.responder.address(building.address)),
  ];
  return building.entrance === '' ? details : [...details, line(words.responder.entrance(building.entrance))];
}

/** The place as the police need it: 1階 税務課 2番窓口. The building has been said. */
function placeSaid({ call, directory }: PoliceView): string {
  const name = buildingOf(call, directory)?.name ?? '';
  const detail = placeDetail(call, directory, strings('ja')).replace(name, '').trim();
  return [detail, placeText(call)].filter((part) => part !== '').join(' ');
}

/** What the one under attack needs first (R10, R11): away, 110, and the way out. */
export function safetyBlock(view: PoliceView, style: BlockStyle, before: readonly Line[] = []): Block {
  const { words, call, directory } = view;
  const building = buildingOf(call, directory);
  const evacuation = building?.evacuation ?? '';
  const lines = [...before, line(bold(words.safety.leave))];
  if (call.police !== null) lines.push(policeLine(view, call.police));
  const ringing = call.police !== null && call.police.doneAt === null;
  if (ringing) lines.push(line(words.safety.dial(building?.outsidePrefix ?? '')));
  if (evacuation !== '') lines.push(line(words.safety.evacuation(evacuation)));
  const done = row(button(words.buttons.policeDone, 'police.done', { code: call.code }));
  return block(style, lines, ringing ? [done] : []);
}

function policeLine({ words, viewerId, now }: PoliceView, task: PoliceTask): Line {
  const { safety } = words;
  if (task.doneAt !== null) {
    const name = task.doneBy === null ? words.staff : participantName(task.doneBy, words, viewerId);
    return line(bold(safety.done(name, clockText(task.doneAt, now))));
  }
  if (task.claimedBy === null) return line(bold(safety.unclaimed));
  const name = participantName(task.claimedBy, words, viewerId);
  return line(bold(safety.claimed(name, clockText(task.claimedAt ?? now, now))));
}
