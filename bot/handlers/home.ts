import { randomUUID } from 'node:crypto';
import { homeCard } from '../../cards/homeCard.ts';
import type { Rendered } from '../../cards/rendered.ts';
import { notice } from '../../cards/strings/notices.ts';
import { isOfGeneralAffairs } from '../../services/calls/roles.ts';
import { type Answer, type Services, type Turn, viewerOf } from './turn.ts';

/** The home card, with one sentence on top when there is something to say, and one's own open call. */
export async function home(services: Services, turn: Turn, sentence?: string): Promise<Rendered> {
  const { directory, calls } = services;
  const open = await calls.openCallOf(turn.actor.id);
  return homeCard({
    language: turn.language,
    viewer: viewerOf(turn),
    quiet: directory.isQuiet(turn.actor.id),
    helpExtension: directory.helpExtension,
    stamp: randomUUID(),
    hasList: services.caseList.isFor(turn.actor.id),
    hasReach: isOfGeneralAffairs(directory, turn.actor.id, services.clock.now()),
    ...(sentence === undefined ? {} : { notice: sentence }),
    ...(open === undefined ? {} : { openCase: { code: open.code, level: open.level } }),
  });
}

export const showHome = async (services: Services, turn: Turn, sentence?: string): Promise<Answer> => ({
  messages: [await home(services, turn, sentence)],
});

/** 「English」/「日本語」: kept per person; the client's own locale never decides. */
export async function switchLanguage(services: Services, turn: Turn, language: 'ja' | 'en'): Promise<Answer> {
  // Another instance may have switched it since this one looked: compared with the store, not with what is kept here.
  await services.people.renew(turn.actor.id, () => ({ language }));
  const card = await home(services, { ...turn, language }, notice(language, 'language'));
  return turn.incoming.what.type === 'tap' ? { card } : { messages: [card] };
}
