import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Casework, openCasework } from '../harness/casework.ts';

let city: Casework;
beforeEach(async () => {
  city = await openCasework();
});
afterEach(() => city.world.close());

describe('the case is closed while somebody is writing', () => {
  async function closes(code: string): Promise<void> {
    const { world, shimizu } = city;
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    await world.presses(shimizu, '対応終了');
    await world.pass(2);
  }

  test('what they typed in a step comes back as a correction to send, and is told', async () => {
    const { world, sato, shimizu } = city;
    const code = await city.reported();
    await world.presses(sato, '報告を記入する');
    await world.presses(sato, '要求と言動');
    await closes(code);
    await world.presses(sato, '保存して終わる', { demand: '全額免除', demandValidity: 'partly' });
    expect(city.form(sato).text).toMatch(/対応終了の事案です.*訂正・追記/);
    expect(city.form(sato).values.text).toContain('相手の要求：全額免除');
    expect(city.form(sato).values.text).toContain('要求の妥当性：一部妥当');
    const rung = await city.ring(async () => {
      await world.presses(sato, '保存', { why: '書いている間に終わったため' });
      await world.pass(2);
    });
    expect(rung).toEqual(['shimizu']);
    await world.says(shimizu, '事案一覧');
    expect(world.last(shimizu).card.text).toContain('令和8年度-0001');
  });

  test('a proposal of an officer comes back with its words', async () => {
    const { world, shimizu, hayashi } = city;
    const code = await city.reported();
    await city.opens(shimizu, code);
    await world.presses(shimizu, '受付する');
    await city.opens(hayashi, code);
    await world.presses(hayashi, '判断の提案');
    await world.presses(shimizu, '対応終了');
    await world.presses(hayashi, '保存', { outcome: 'undecided', why: '長い理由' });
    expect(city.form(hayashi).values.why).toBe('長い理由');
    expect(city.form(hayashi).text).toContain('対応を再開する');
  });
});

test('a reason that is too long is not cut: it comes back with its limit', async () => {
  const { world, sato, shimizu } = city;
  const code = await city.reported();
  await world.presses(sato, '報告を記入する');
  await world.presses(sato, '要求と言動');
  await world.presses(sato, '保存して終わる', { demand: '減免' });
  await city.opens(shimizu, code);
  await world.presses(shimizu, '受付する');
  await world.presses(sato, '報告を記入する');
  await world.presses(sato, '要求と言動');
  const why = 'あ'.repeat(1001);
  await world.presses(sato, '保存して終わる', { demand: '全額免除', why });
  expect(city.form(sato).text).toContain('1000文字までにしてください（今は1001文字です）');
  expect(city.form(sato).values).toMatchObject({ demand: '全額免除', why });
  expect(await city.values(code)).toMatchObject({ demand: '減免' });
});
