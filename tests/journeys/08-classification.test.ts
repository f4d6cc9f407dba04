import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { World } from '../harness/world.ts';

let world: World;
let sato: string;
const ABUSE = '大声で怒鳴られ、「殺すぞ」と言われました。';
const CALM = '制度の説明をして、納得して帰られました。';

beforeEach(async () => {
  world = await World.open();
  sato = world.who('佐藤 美咲');
  await world.installs(sato, world.who('清水 陽子'));
});
afterEach(() => world.close());

async function reports(what: string, who = sato): Promise<string> {
  await world.presses(who, '報告する');
  await world.presses(who, '送信', { where: '2番窓口', what });
  await world.pass(1);
  return world.codeOf(who);
}

const proposal = () => world.messages(sato).findLast((m) => m.summary.startsWith('行為のタイプの案'));
const entry = async (code: string, at = 0) => (await world.app.reports.read(code))?.entries[at];

describe('the suggestion', () => {
  test('comes by itself, as a proposal, with the words it rests on and the clause', async () => {
    await reports(ABUSE);
    const text = proposal()?.card.text ?? '';
    expect(text).toContain('行為のタイプ（案）');
    expect(text).toContain('人が判断します');
    for (const name of ['暴言', '脅迫']) {
      expect(text).toContain(`基本方針【該当する行為】${name}`);
    }
    const quotes = [...text.matchAll(/^「(.+)」$/gm)].map((m) => m[1] ?? '');
    expect(quotes.length).toBeGreaterThanOrEqual(2);
    for (const quote of quotes) expect(ABUSE).toContain(quote.replace(/…$/, ''));
  });

  test('quotes are exactly what was written, wide letters and line breaks included', async () => {
    const odd = 'ﾊﾞｶ野郎\nと３回どなられた。オ前をコロすゾとも。';
    const code = await reports(odd);
    for (const label of (await entry(code))?.suggestion?.labels ?? []) {
      for (const { start, end, text } of label.evidence) expect(odd.slice(start, end)).toBe(text);
    }
  });

  test('of a text without any such words says so and leaves the choice to the reporter', async () => {
    const code = await reports(CALM);
    expect(proposal()?.card.text).toContain('当てはまる行為のタイプは見つかりませんでした');
    expect(proposal()?.card.buttons.map((b) => b.title)).toEqual(['この案でよい', '修正する']);
    expect((await entry(code))?.suggestion?.labels).toEqual([]);
  });

  test('makes no sound', async () => {
    await reports(ABUSE);
    expect(proposal()?.alert).toBe(false);
  });
});

describe('the reporter', () => {
  test('confirms it: both are kept, the card turns neutral', async () => {
    const code = await reports(ABUSE);
    await world.presses(sato, 'この案でよい');
    const kept = await entry(code);
    expect(kept?.judgement).toMatchObject({ outcome: 'confirmed', by: { id: sato } });
    expect(kept?.judgement?.labels).toEqual(kept?.suggestion?.labels.map((label) => label.id));
    expect(proposal()?.card.text).toContain('案のとおり確認しました');
    expect(world.screen(sato)).not.toMatch(/怒鳴|殺す/);
  });

  test('corrects it: all ten types are offered, those suggested are ticked, both are kept', async () => {
    const code = await reports(ABUSE);
    await world.presses(sato, '修正する');
    const edit = proposal();
    for (const name of ['時間拘束', 'リピート型', '暴言', '揚げ足取り', '脅迫', '権威型', 'SNSへの投稿']) {
      expect(edit?.card.text).toContain(name);
    }
    for (const name of ['正当な理由のない過度な要求', 'セクハラ', 'その他'])
      expect(edit?.card.text).toContain(name);
    expect(edit?.card.inputs[0]?.value.split(',')).toEqual(
      expect.arrayContaining(['verbal-abuse', 'threat']),
    );

    await world.presses(sato, '修正を保存', { labels: 'verbal-abuse,other' });
    const kept = await entry(code);
    expect(kept?.suggestion?.labels.map((label) => label.id)).toContain('threat');
    expect(kept?.judgement).toMatchObject({ outcome: 'corrected', labels: ['verbal-abuse', 'other'] });
    expect(proposal()?.card.text).toContain('行為のタイプ：暴言・その他');
    expect(world.screen(sato)).not.toMatch(/怒鳴|殺す/);
  });

  test('says that none applies', async () => {
    const code = await reports(ABUSE);
    await world.presses(sato, '修正する');
    await world.presses(sato, '修正を保存', { labels: '' });
    expect((await entry(code))?.judgement).toMatchObject({ outcome: 'corrected', labels: [] });
    expect(proposal()?.card.text).toContain('当てはまるものなし');
  });

  test('saves the correction without a change: that is a confirmation', async () => {
    const code = await reports(ABUSE);
    await world.presses(sato, '修正する');
    await world.presses(sato, '修正を保存');
    expect((await entry(code))?.judgement?.outcome).toBe('confirmed');
  });

  test('presses twice or on another device: the first answer stands, with a sentence and no quotes', async () => {
    const code = await reports(ABUSE);
    const old = proposal();
    const confirm = old?.card.buttons.find((b) => b.title === 'この案でよい');
    await world.presses(sato, 'この案でよい');
    const fields = { ...confirm?.data, verb: 'suggestion.correct', labels: 'other' };
    const reply = await world.receive(world.tap(sato, old?.activityId ?? '', fields));
    expect(JSON.stringify(reply.body)).toContain('この案は確認済みです');
    expect(JSON.stringify(reply.body)).not.toMatch(/怒鳴|殺す/);
    expect((await entry(code))?.judgement?.outcome).toBe('confirmed');
  });

  test('never answers: the proposal stays a proposal', async () => {
    const code = await reports(ABUSE);
    await world.pass(3 * 3600);
    expect((await entry(code))?.judgement).toBeNull();
  });
});

test('two reports on one case have a suggestion each', async () => {
  await world.says(sato, '応援 2番窓口');
  const code = await reports(ABUSE);
  await reports(CALM);
  await world.presses(sato, 'この案でよい');
  expect((await entry(code, 0))?.judgement).toBeNull();
  expect((await entry(code, 1))?.judgement).toMatchObject({ outcome: 'confirmed', labels: [] });
  await world.presses(sato, 'この案でよい');
  expect((await entry(code, 0))?.judgement?.outcome).toBe('confirmed');
});

test('a suggestion that Teams throttles comes later; a restart in between loses nothing', async () => {
  const throttled = ({ summary }: { summary: string }) =>
    summary.startsWith('行為のタイプの案')
      ? ({ kind: 'retry', reason: '429', retryAfterMs: 9_000 } as const)
      : undefined;
  await world.presses(sato, '報告する');
  // One for the saved card that replaces the form, two for the suggestion.
  world.channel.fail(sato, throttled, throttled, throttled);
  await world.presses(sato, '送信', { where: '2番窓口', what: ABUSE });
  expect(proposal()).toBeUndefined();
  world = await world.restart();
  await world.pass(60);
  expect(world.messages(sato).filter((m) => m.summary.startsWith('行為のタイプの案'))).toHaveLength(1);
});

test('in English for who chose English, with the words as they were written', async () => {
  await world.says(sato, 'English');
  await world.presses(sato, 'Report');
  await world.presses(sato, 'Send', { where: '2番窓口', what: ABUSE });
  await world.pass(1);
  expect(world.last(sato).card.text).toMatch(/Verbal abuse/i);
  expect(world.last(sato).card.text).toMatch(/殺す/);
});
