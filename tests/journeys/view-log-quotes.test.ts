import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answerOf } from '../harness/accessScene.ts';
import { type City, openCity } from '../harness/city.ts';
import { World } from '../harness/world.ts';

/** Words of the report that stand nowhere else. */
const STORY = '窓口で「紫陽花を殺すぞ」と大声で怒鳴られました。';
const NARRATIVE = /紫陽花|怒鳴/;
const busy = { kind: 'retry', reason: '429', retryAfterMs: 30_000 } as const;

let city: City;
let code: string;

/** 高橋 calls; 鈴木, who is paged, comes and adds a report of his own. */
beforeEach(async () => {
  city = await openCity();
  await city.world.says(city.takahashi, '応援 3番窓口');
  code = await city.world.codeOf(city.takahashi);
});
afterEach(() => city.world.close());

async function taps(person: string, data: Record<string, unknown>, on = 'forged'): Promise<string> {
  const { body } = await city.world.receive(city.world.tap(person, on, { code, ...data }));
  return answerOf(body);
}

const closes = () => taps(city.shimizu, { verb: 'work.close', sure: true });
const REPORT = { verb: 'report.submit', draft: 's', when: '今日', where: '3番窓口', what: STORY };

async function reports(): Promise<{ draft: string }> {
  await taps(city.suzuki, REPORT);
  await city.world.pass(2);
  expect(isNeutral()).toBe(false);
  return { draft: (await city.world.app.reports.read(code))?.entries[0]?.draft ?? '' };
}

const excluded = () => ({ type: 'message', text: `除外 ${code} 鈴木 健太` });

/** Nothing of it in any card or notification of the reporter. */
const isNeutral = (): boolean => {
  const messages = city.world.messages(city.suzuki).map(({ json, summary }) => [json, summary]);
  return !NARRATIVE.test(JSON.stringify(messages));
};

describe('quotes of a suggestion that nobody has answered', () => {
  test('become neutral when the case is closed', async () => {
    const { shimizu } = city;
    await reports();
    await taps(shimizu, { verb: 'work.accept' });
    await closes();
    expect(isNeutral()).toBe(true);
  });

  test('become neutral when their reporter is left out of the case, who cannot open them any more', async () => {
    const { world, suzuki, takahashi } = city;
    const { draft } = await reports();
    await world.receive(world.activity(takahashi, excluded()));
    expect(isNeutral()).toBe(true);
    const views = (await world.app.views.list(code, 100)).items;
    for (const verb of ['suggestion.open', 'suggestion.edit', 'suggestion.confirm', 'suggestion.correct']) {
      const answer = await taps(suzuki, { verb, draft, labels: 'threat' });
      expect(answer).toContain('関係者だけ');
      expect(answer).not.toMatch(/紫陽花|怒鳴|暴言|脅迫/);
    }
    expect((await world.app.views.list(code, 100)).items).toEqual(views);
    expect((await world.app.reports.read(code))?.entries[0]?.judgement).toBeNull();
  });

  test('that are opened again are not covered by an older cover that is still on its way', async () => {
    const { world, shimizu, suzuki } = city;
    const { draft } = await reports();
    const message = world.messages(suzuki).findLast(({ card }) => NARRATIVE.test(card.text));
    await taps(shimizu, { verb: 'work.accept' });
    const cover = (sent: { card: object }) => (NARRATIVE.test(JSON.stringify(sent.card)) ? undefined : busy);
    world.channel.fail(suzuki, ...Array.from({ length: 4 }, () => cover));
    await closes();
    await taps(suzuki, { verb: 'suggestion.open', draft }, message?.activityId);
    await world.pass(600);
    expect(message?.card.text).toMatch(NARRATIVE);
    await world.pressesOn(suzuki, message ?? world.last(suzuki), 'この案でよい');
    expect(isNeutral()).toBe(true);
  });

  test('that were on their way when another instance left their reporter out become neutral once they are there', async () => {
    const { world, suzuki, takahashi } = city;
    const { folder, clock, channel } = world;
    const other = await World.open({ folder, clock, channel });
    let isExcluded = false;
    channel.before = async (to, message) => {
      if (to !== suzuki || isExcluded || !NARRATIVE.test(JSON.stringify(message.card))) return;
      isExcluded = true;
      // It has covered everything that was open before the quotes arrive.
      await other.receive(world.activity(takahashi, excluded()));
    };
    await taps(suzuki, REPORT);
    await world.pass(60);
    expect(isExcluded).toBe(true);
    expect(isNeutral()).toBe(true);
    await other.store.close();
  });

  test('are not sent to a reporter who has been left out meanwhile', async () => {
    const { world, suzuki, takahashi } = city;
    const sent: object[] = [];
    world.channel.before = (to, message) => void (to === suzuki && sent.push(message));
    await world.app.engine.stop();
    await world.app.receive(world.tap(suzuki, 'f', { code, ...REPORT }));
    await world.app.receive(world.activity(takahashi, excluded()));
    await world.pass(120);
    expect((await world.app.reports.read(code))?.entries[0]?.suggestion).not.toBeNull();
    // Not even for the moment until it is made neutral.
    expect(JSON.stringify(sent)).not.toMatch(NARRATIVE);
  });
});
