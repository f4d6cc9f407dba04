import { casesCard } from '../../cards/casesCard.ts';
import { isEntitled } from '../../services/calls/access.ts';
import type { CasePage } from '../../services/calls/calls.ts';
import type { CallSummary } from '../../services/calls/listing.ts';
import { StoreError } from '../../services/store/store.ts';
import { showFile } from './caseFile.ts';
import { onCase, say } from './onCase.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';

const SHOWN = 8;

/** 自分の事案: one's own cases, their state, one tap to each; `cursor` goes on where another card ended. */
export async function showCases(services: Services, turn: Turn, cursor = ''): Promise<Answer> {
  if (turn.actor.kind === 'counter') return say(turn, refusalSentence(turn, services, 'wrong-role'));
  if (turn.actor.kind === 'guest') return say(turn, refusalSentence(turn, services, 'guest-only-call'));
  const page = await pageAt(services, turn, cursor);
  const items = page.items.map((item) => ({
    code: item.code,
    level: item.level,
    place: item.place,
    openedAt: item.openedAt,
    status: item.status,
    role: roleOf(item, turn.actor.id),
  }));
  const input = { language: turn.language, items, now: services.clock.now(), isFirst: cursor === '' };
  return { messages: [casesCard(page.next === undefined ? input : { ...input, next: page.next })] };
}

/** 続きを見る: in place of the card that was pressed. */
export async function turnCases(services: Services, turn: Turn, cursor: string): Promise<Answer> {
  const { messages = [], ...answer } = await showCases(services, turn, cursor);
  const [card] = messages;
  return card === undefined ? answer : { card };
}

/** A cursor that the store did not give (an old card, a forged one) leads to the first page. */
async function pageAt({ calls }: Services, { actor }: Turn, cursor: string): Promise<CasePage> {
  if (cursor === '') return calls.casesOf(actor.id, SHOWN);
  try {
    return await calls.casesOf(actor.id, SHOWN, cursor);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'bad-cursor') throw error;
    return calls.casesOf(actor.id, SHOWN);
  }
}

function roleOf(item: CallSummary, person: string): 'caller' | 'affected' | 'reporter' {
  if (item.level === 'report') return 'reporter';
  return item.caller === person ? 'caller' : 'affected';
}

/** One case, as it is now: its live card at the end of the chat, or the neutral one for whoever was not called. */
export async function openCase(services: Services, turn: Turn, code: string): Promise<Answer> {
  const file = await services.cases.file(code, turn.actor.id);
  const isLive = file === undefined || isEntitled(file.call, services.directory, turn.actor.id);
  if (!isLive && file.may('state')) return showFile(services, turn, file, { code });
  return onCase(services, turn, code, { type: 'show', by: turn.actor });
}
