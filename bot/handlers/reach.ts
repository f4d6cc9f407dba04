import { reachCard } from '../../cards/reachCard.ts';
import type { Rendered } from '../../cards/rendered.ts';
import { reachStrings } from '../../cards/strings/reach.ts';
import { testDoneCard, testResultCard, testSureCard } from '../../cards/testCards.ts';
import { isOfGeneralAffairs } from '../../services/calls/roles.ts';
import { nextTest } from '../../services/reach/schedule.ts';
import { pressedOf, type Tap, type TapHandler } from './caseFile.ts';
import { text } from './fields.ts';
import { home } from './home.ts';
import { notFor } from './onCase.ts';
import type { Answer, Services, Turn } from './turn.ts';
import { pageOf } from './work.ts';

/** 到達確認 and 通知テスト: for General Affairs, but for 確認しました, which is for whoever got the card. */
export const reachTaps = {
  'reach.open': (services, turn, tap) => forAffairs(services, turn, () => openReach(services, turn, tap)),
  'reach.check': (services, turn) => forAffairs(services, turn, () => check(services, turn)),
  'test.open': (services, turn) =>
    forAffairs(services, turn, async () => ({ card: await resultCard(services, turn), isLasting: true })),
  'test.start': (services, turn, tap) => forAffairs(services, turn, () => start(services, turn, tap)),
  'test.confirm': async (services, turn, tap) => {
    if (turn.actor.kind !== 'person') return notFor(services, turn);
    const how = await services.reach.confirm(turn.actor.id, text(tap.data.test, 20));
    return { card: testDoneCard(turn.language, how), isLasting: true };
  },
} satisfies Record<string, TapHandler>;

/** 「到達確認」 as a message. */
export const showReach = (services: Services, turn: Turn): Promise<Answer> =>
  forAffairs(services, turn, async () => ({ messages: [await listCard(services, turn, 0)] }));

/** 「通知テスト」 as a message. */
export const showTest = (services: Services, turn: Turn): Promise<Answer> =>
  forAffairs(services, turn, async () => ({ messages: [await resultCard(services, turn)] }));

function forAffairs(services: Services, turn: Turn, then: () => Promise<Answer>): Promise<Answer> {
  const { directory, clock } = services;
  const may = turn.actor.kind === 'person' && isOfGeneralAffairs(directory, turn.actor.id, clock.now());
  return may ? then() : Promise.resolve(notFor(services, turn));
}

/** In place of the card it was pressed on, unless that is the home card or a post in the channel. */
async function openReach(services: Services, turn: Turn, tap: Tap): Promise<Answer> {
  const card = await listCard(services, turn, pageOf(tap));
  // From the post in the channel: names are for personal chat alone (promise 7).
  if (turn.incoming.conversation === 'group') return { messages: [card] };
  return typeof tap.data.page === 'number'
    ? { card, isLasting: true }
    : { card: await home(services, turn), messages: [card] };
}

async function listCard(services: Services, turn: Turn, page: number): Promise<Rendered> {
  const overview = await services.reach.overview();
  const days = services.directory.reachability.daysAhead;
  return reachCard({ language: turn.language, overview, days, page });
}

async function check(services: Services, turn: Turn): Promise<Answer> {
  const activityId = pressedOf(turn);
  await services.reach.check(activityId === undefined ? null : { person: turn.actor.id, activityId });
  return { card: await listCard(services, turn, 0) };
}

async function resultCard(services: Services, turn: Turn, notice?: string): Promise<Rendered> {
  const { directory, clock, reach } = services;
  const overview = await reach.overview();
  const nextAt = nextTest(directory, directory.reachability.testAt, clock.now());
  return testResultCard({ language: turn.language, overview, nextAt, notice });
}

/** Asked first: it goes to many people. Pressed twice it is one test, since there is one a day. */
async function start(services: Services, turn: Turn, tap: Tap): Promise<Answer> {
  const words = reachStrings(turn.language).test;
  if (tap.data.sure !== true) {
    const { rows, test } = await services.reach.overview();
    const isRunning = test !== null && !test.isDue;
    return { card: testSureCard({ language: turn.language, people: rows.length, isRunning }) };
  }
  const started = await services.reach.startTest(turn.actor.name);
  const notice = started.kind === 'refused' ? words.today : words.began;
  return { card: await resultCard(services, turn, notice), isLasting: true };
}
