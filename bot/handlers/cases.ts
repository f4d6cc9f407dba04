import { casesCard } from '../../cards/casesCard.ts';
import type { CallSummary } from '../../services/calls/listing.ts';
import { onCase, say } from './onCase.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';

const SHOWN = 8;

/** 自分の事案: one's own cases, their state, one tap to each. */
export async function showCases(services: Services, turn: Turn): Promise<Answer> {
  if (turn.actor.kind === 'counter') return say(turn, refusalSentence(turn, services, 'wrong-role'));
  if (turn.actor.kind === 'guest') return say(turn, refusalSentence(turn, services, 'guest-only-call'));
  const page = await services.calls.casesOf(turn.actor.id, SHOWN);
  const items = page.items.map((item) => ({
    code: item.code,
    level: item.level,
    place: item.place,
    openedAt: item.openedAt,
    status: item.status,
    role: roleOf(item, turn.actor.id),
  }));
  const more = page.next !== undefined;
  return { messages: [casesCard({ language: turn.language, items, now: services.clock.now(), more })] };
}

function roleOf(item: CallSummary, person: string): 'caller' | 'affected' | 'reporter' {
  if (item.level === 'report') return 'reporter';
  return item.caller === person ? 'caller' : 'affected';
}

/** One case, as it is now, at the end of the chat. */
export const openCase = (services: Services, turn: Turn, code: string): Promise<Answer> =>
  onCase(services, turn, code, { type: 'show', by: turn.actor });
