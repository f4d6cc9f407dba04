import { reachCard } from '../../cards/reachCard.ts';
import { reachPost } from '../../cards/reachPost.ts';
import type { Language, Rendered } from '../../cards/rendered.ts';
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
import { type EffectParts, languageOf } from './call.ts';

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

async function tell(parts: EffectParts, service: ReachService, { attempt }: Effect): Promise<ReachOutcome> {
  const overview = await service.overview();
  if (!isToTell(overview)) return { kind: 'quiet' };
  const { rows, unreached } = overview;
  const fresh = newsOf(overview).length;
  const counts = { all: rows.length, unreached: unreached.length, fresh };
  const post = (language: Language, isPersonal: boolean) => reachPost({ language, ...counts, isPersonal });
  const channel = parts.directory.generalAffairsChannel;
  if (channel !== undefined) {
    const card = post(parts.directory.language, false);
    const posted = await parts.channel.send({ channel }, { ...card, alert: true, priority: 'card' });
    if (posted.kind === 'delivered') return { kind: 'told' };
    const mayHave = posted.kind === 'retry' || posted.kind === 'uncertain';
    if (mayHave && attempt < CHANNEL_TRIES) return posted;
  }
  const told = await toAffairs(parts, attempt, true, (language) => post(language, true));
  return told.kind === 'delivered' ? { kind: 'told' } : told;
}

/** Result of a test, with names: personal chat alone (promise 7). */
async function list(
  parts: EffectParts,
  service: ReachService,
  { attempt, data }: Effect,
): Promise<ReachOutcome> {
  const { directory, clock } = parts;
  const overview = await service.overview();
  // Another test has begun since.
  if (overview.test?.test.id !== data.of) return { kind: 'gone' };
  const nextAt = nextTest(directory, directory.reachability.testAt, clock.now());
  return toAffairs(parts, attempt, false, (language) =>
    testResultCard({ language, overview, nextAt, notice: reachStrings(language).test.listReady }),
  );
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

const CHANNEL_TRIES = 3;
const PEOPLE = 3;

/** To some of General Affairs, best first; to others with each further attempt, until somebody has it. */
async function toAffairs(
  parts: EffectParts,
  attempt: number,
  alert: boolean,
  card: (language: Language) => Rendered,
): Promise<SendOutcome> {
  const people = parts.directory.generalAffairsFallback(parts.clock.now());
  const first = ((attempt - 1) * PEOPLE) % Math.max(1, people.length);
  // Side by side: one after another they could outlast the claim.
  const circle = [...people, ...people].slice(first, first + Math.min(PEOPLE, people.length));
  const outcomes = await Promise.all(
    circle.map(async (person) =>
      parts.channel.send({ person }, { ...card(await languageOf(parts, person)), alert, priority: 'card' }),
    ),
  );
  const none: SendOutcome = { kind: 'retry', reason: 'nobody of General Affairs' };
  const best = outcomes.find(({ kind }) => kind === 'delivered') ?? outcomes[0] ?? none;
  // Others may be there later.
  return best.kind === 'unreachable' ? { ...none, reason: best.reason } : best;
}
