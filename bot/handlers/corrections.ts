import { correctionsCard } from '../../cards/correctionsCard.ts';
import { strings } from '../../cards/strings.ts';
import { isGeneralAffairsManager } from '../../services/calls/roles.ts';
import { notFor, say } from './onCase.ts';
import type { Answer, Services, Turn } from './turn.ts';

/** 「学習データの書き出し」: what it is, to the manager of General Affairs alone. */
export async function showCorrections(services: Services, turn: Turn): Promise<Answer> {
  if (!isManager(services, turn)) return notFor(services, turn);
  if (services.permits === undefined) return say(turn, strings(turn.language).corrections.off);
  return { messages: [correctionsCard(turn.language)] };
}

/** The server decides whose permit counts (promise 4), at the press and again when it is used. */
export async function permitCorrections(services: Services, turn: Turn): Promise<Answer> {
  const { corrections } = strings(turn.language);
  if (!isManager(services, turn)) return notFor(services, turn);
  if (services.permits === undefined) return say(turn, corrections.off);
  const isGranted = await services.permits.grant(turn.actor);
  return isGranted ? say(turn, corrections.permitted) : notFor(services, turn);
}

const isManager = ({ directory, clock }: Services, { actor }: Turn): boolean =>
  isGeneralAffairsManager(directory, actor.id, clock.now());
