import { reachCard } from '../../cards/reachCard.ts';
import { reachPost } from '../../cards/reachPost.ts';
import { reachStrings } from '../../cards/strings/reach.ts';
import { testCard, testResultCard } from '../../cards/testCards.ts';
import type { SendOutcome } from '../../services/channel.ts';
import type { Perform } from '../../services/engine/aggregate.ts';
import type { Effect } from '../../services/engine/envelope.ts';
import { isToTell, newsOf } from '../../services/reach/overview.ts';
import type { PersonReach } from '../../services/reach/personReach.ts';
import type { Reachability } from '../../services/reach/reachability.ts';
import type { ReachService } from '../../services/reach/reachService.ts';
import { nextTest } from '../../services/reach/schedule.ts';
import type { ReachOutcome } from '../../services/reach/settling.ts';
import { type News, ringAffairs, tellAffairs } from './affairs.ts';
import { type EffectParts, languageOf } from './parts.ts';

/** What the checks and tests owe: the next few people to ask, and news for General Affairs. */
export function performReachability(parts: EffectParts, service: () => ReachService): Perform<Reachability> {
  return async (effect): Promise<ReachOutcome> => {
    const { of, after } = effect.data;
    switch (effect.kind) {
      case 'check':
        return service().checkBatch(Number(of), String(after));
      case 'invite':
        return service().inviteBatch(String(of), String(after));
      case 'tell':
        return tell(parts, service(), effect);
      case 'list':
        return list(parts, service(), effect);
      case 'result':
        return result(parts, service(), effect);
      default:
        throw new Error(`unknown effect ${effect.kind}`);
    }
  };
}

/** The 通知テスト of one person. It alerts, since that is what it tests, and goes after everything else that is to be sent. */
export function performTest(parts: EffectParts): Perform<PersonReach> {
  return async ({ person, data }): Promise<SendOutcome> => {
    // Somebody who has left, or is no member of staff, is not asked any more.
    if (parts.directory.person(person) === undefined) return { kind: 'gone', reason: 'left' };
    const language = await languageOf(parts, person);
    return parts.channel.send(
      { person },
      { ...testCard({ language, test: String(data.test) }), alert: true, priority: 'card' },
    );
  };
}

async function tell(parts: EffectParts, service: ReachService, effect: Effect): Promise<ReachOutcome> {
  const overview = await service.overview();
  if (!isToTell(overview)) return { kind: 'quiet' };
  const { rows, unreached } = overview;
  const counts = { all: rows.length, unreached: unreached.length, fresh: newsOf(overview).length };
  const told = await tellAffairs(parts, effect, {
    ...circleOf(parts, effect),
    post: (language, isPersonal) => ({
      ...reachPost({ language, ...counts, isPersonal }),
      alert: true,
      priority: 'card',
    }),
  });
  return told.kind === 'delivered' ? { kind: 'told' } : laterOthers(told);
}

/** Result of a test, with names: personal chat alone (promise 7). */
async function list(parts: EffectParts, service: ReachService, effect: Effect): Promise<ReachOutcome> {
  const { directory, clock } = parts;
  const overview = await service.overview();
  // Another test has begun since.
  if (overview.test?.test.id !== effect.data.of) return { kind: 'gone' };
  const nextAt = nextTest(directory, directory.reachability.testAt, clock.now());
  const listed = await ringAffairs(parts, effect, {
    ...circleOf(parts, effect),
    post: (language) => ({
      ...testResultCard({ language, overview, nextAt, notice: reachStrings(language).test.listReady }),
      alert: false,
      priority: 'card',
    }),
  });
  return laterOthers(listed ?? NOBODY);
}

/** The card of whoever pressed もう一度確認 shows what was found. */
async function result(
  parts: EffectParts,
  service: ReachService,
  { person, data }: Effect,
): Promise<SendOutcome> {
  const language = await languageOf(parts, person);
  const overview = await service.overview();
  const card = reachCard({ language, overview, days: parts.directory.reachability.daysAhead });
  return parts.channel.update({ person }, String(data.activityId), { ...card, alert: false });
}

const NOBODY: SendOutcome = { kind: 'unreachable', reason: 'nobody of General Affairs' };

/** The best of them first, and others with each further attempt. */
const circleOf = (
  { directory, clock }: EffectParts,
  { attempt }: Effect,
): Pick<News, 'people' | 'round'> => ({
  people: directory.generalAffairsFallback(clock.now()),
  round: attempt - 1,
});

/** Where these cannot be reached, others may be there later. */
const laterOthers = (outcome: SendOutcome): SendOutcome =>
  outcome.kind === 'unreachable' ? { kind: 'retry', reason: outcome.reason } : outcome;
