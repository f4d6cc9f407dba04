import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { VERBS } from '../../cards/verbs.ts';
import { type City, openCity } from '../harness/city.ts';

let city: City;
beforeEach(async () => {
  city = await openCity();
});
afterEach(() => city.world.close());

/** Takes a person out of the file; `heir` stands wherever else they are named. */
const leaves = (person: string, heir: string) => (yaml: string) =>
  yaml.replace(new RegExp(`  - id: ${person}\\n(?:    .*\\n)+`), '').replaceAll(person, heir);

/** Moves a person to another section. */
const moves = (person: string, to: string) => (yaml: string) =>
  yaml.replace(new RegExp(`(  - id: ${person}\\n(?:    .*\\n)*?    section: ).*`), `$1${to}`);

const NEW_HEAD = '00000000-0000-4000-8000-000000000106';
const newHead = (before: string) => (yaml: string) =>
  moves(
    before,
    'shisho-madoguchi',
  )(yaml)
    .replace(`    head: ${before} # 伊藤 誠\n    next: [shuzei]`, `    head: ${NEW_HEAD}\n    next: [shuzei]`)
    .replace(
      '  # 収税課\n',
      `  - { id: ${NEW_HEAD}, name: 新井 恵, post: 税務課長, section: zeimu, deputies: [{ person: ${before} }] }\n  # 収税課\n`,
    );

const OF_THE_CASE = /2番窓口|佐藤|鈴木|清水|税務課/;

/** Everything somebody may send about a case; none of it shows or changes anything. */
async function learnsNothing(person: string, code: string): Promise<void> {
  const { world } = city;
  const theCase = async () => ({ ...(await world.app.calls.read(code)), copies: undefined });
  const before = await theCase();
  for (const verb of VERBS.filter((one) =>
    /^(answer|police|case\.)|came|end|cancel|phoned|raise/.test(one),
  )) {
    const reply = await world.receive(world.tap(person, 'forged', { code, verb, round: 0 }));
    expect(JSON.stringify(reply.body)).not.toMatch(OF_THE_CASE);
  }
  const seen = world.messages(person).length;
  for (const words of [code, `応答 ${code}`, `対応終了 ${code}`, `除外 ${code} 高橋 直樹`, '自分の事案'])
    await world.says(person, words);
  for (const { card } of world.messages(person).slice(seen)) expect(card.text).not.toMatch(OF_THE_CASE);
  expect(await theCase()).toEqual(before);
}

describe('a change of the organisation file takes effect without a restart', () => {
  test('the next call pages whoever is on duty now', async () => {
    const { world, sato, suzuki, takahashi } = city;
    await world.reorganize((yaml) =>
      yaml.replace(`      - person: ${suzuki} # 鈴木 健太`, `      - person: ${takahashi}`),
    );
    expect(await city.ring(() => world.says(sato, '応援 2番窓口'))).toEqual(['shimizu', 'takahashi']);
  });

  test('a call that waits pages the new section head at their step, and not the one before', async () => {
    const { world, sato, ito } = city;
    await world.says(sato, '応援 2番窓口');
    await world.pass(45);
    await world.reorganize(newHead(ito));
    expect(await city.ring(() => world.pass(44))).not.toContain(NEW_HEAD);
    expect(await city.ring(() => world.pass(1))).toContain(NEW_HEAD);
    await world.pass(600);
    expect(world.alerts(ito)).toEqual([]);
    await world.presses(NEW_HEAD, '向かいます');
    expect(city.card(sato)).toContain('新井 恵さんが確認・向かっています');
  });

  test('places, extension and code phrases are the new ones', async () => {
    const { world, sato } = city;
    await world.reorganize((yaml) =>
      yaml
        .replace(
          'name: 2番窓口, building: honcho, floor: 1, section: zeimu',
          'name: 12番窓口, building: honcho, floor: 1, section: zeimu',
        )
        .replace('    section: zeimu\n    place: 2番窓口', '    section: zeimu\n    place: 12番窓口')
        .replace('helpExtension: 内線 2119', 'helpExtension: 内線 2999')
        .replace('phrase: 7番の資料', 'phrase: 9番の資料'),
    );
    await world.says(sato, 'ホーム');
    expect(city.card(sato)).toMatch(/内線\s?2999/);
    await world.says(sato, '9番の資料をお願いします');
    expect((await world.app.calls.read(await world.codeOf(sato)))?.level).toBe('assist');
    await world.says(sato, '応援 12番窓口');
    expect(city.card(sato)).toContain('12番窓口');
  });

  test('another instance that starts now reads the same', async () => {
    const { world, sato, suzuki, takahashi } = city;
    await world.reorganize(leaves(suzuki, takahashi));
    const next = await world.restart();
    city = { ...city, world: next };
    expect(await city.ring(() => next.says(sato, '応援 2番窓口'))).toEqual(['shimizu', 'takahashi']);
  });
});

describe('somebody who has left', () => {
  test('is paged no more, and their place is taken at once', async () => {
    const { world, sato, suzuki, takahashi } = city;
    await world.says(sato, '応援 2番窓口');
    await world.reorganize(leaves(suzuki, takahashi));
    const rung = await city.ring(() => world.pass(900));
    expect(rung).not.toContain('suzuki');
    expect(rung).toContain('takahashi');
  });

  test('a page that waits for them goes to the next step without delay', async () => {
    const { world, sato, suzuki, takahashi } = city;
    world.channel.fail(suzuki, { kind: 'retry', reason: '429', retryAfterMs: 5_000 });
    await world.says(sato, '応援 2番窓口');
    await world.reorganize(leaves(suzuki, takahashi));
    expect(await city.ring(() => world.pass(6))).toEqual(['tanaka']);
    // On duty since then: with the next reminder.
    expect(await city.ring(() => world.pass(54))).toContain('takahashi');
    expect(world.alerts(suzuki)).toEqual([]);
  });

  test('sees nothing of a case they were called to, and can do nothing in it', async () => {
    const { world, sato, suzuki, takahashi } = city;
    await world.says(sato, '緊急 2番窓口');
    const code = await world.codeOf(sato);
    await world.reorganize(leaves(suzuki, takahashi));
    await learnsNothing(suzuki, code);
  });

  test('the card on their screen becomes the neutral one at the next update', async () => {
    const { world, sato, suzuki, shimizu, hayashi, takahashi } = city;
    await world.says(sato, '応援 2番窓口');
    expect(city.card(suzuki)).toMatch(OF_THE_CASE);
    await world.reorganize(leaves(suzuki, takahashi));
    await world.reorganize(leaves(shimizu, hayashi));
    await world.presses(sato, '緊急に切り替える');
    await world.pass(2);
    for (const person of [suzuki, shimizu]) {
      expect(world.screen(person)).not.toMatch(OF_THE_CASE);
      expect(world.screen(person)).not.toContain('緊急');
      expect(city.buttons(person)).toEqual(['ホーム']);
    }
  });

  test('of General Affairs has no access to any case', async () => {
    const { world, sato, shimizu, hayashi } = city;
    await world.says(sato, '相談');
    const code = await world.codeOf(sato);
    await world.pass(1);
    await world.reorganize(leaves(shimizu, hayashi));
    await learnsNothing(shimizu, code);
  });

  test('who was on the way is no longer waited for', async () => {
    const { world, sato, suzuki, takahashi } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    await world.reorganize(leaves(suzuki, takahashi));
    const rung = await city.ring(() => world.pass(300));
    expect(rung).not.toContain('suzuki');
    expect(rung).toContain('takahashi');
    expect(city.card(sato)).toContain('まだ誰も確認していません');
  });

  test('can still call for help, as anybody of the tenant', async () => {
    const { world, suzuki, takahashi } = city;
    await world.reorganize(leaves(suzuki, takahashi));
    expect(await city.ring(() => world.says(suzuki, '応援 1階ロビー'))).toEqual(['shimizu']);
    expect(city.card(suzuki)).toContain('職員名簿に登録がないため、総務課だけを呼んでいます');
    await world.presses(suzuki, '対応終了');
    expect(city.card(suzuki)).toContain('対応終了');
  });

  test('keeps a call of their own until it ends, and nothing of it afterwards', async () => {
    const { world, suzuki, takahashi, shimizu } = city;
    await world.says(suzuki, '応援 2番窓口');
    const code = await world.codeOf(suzuki);
    await world.reorganize(leaves(suzuki, takahashi));
    await world.presses(shimizu, '向かいます');
    await world.pass(2);
    expect(city.card(suzuki)).toContain('清水 陽子さんが確認・向かっています');
    await world.presses(suzuki, '緊急に切り替える');
    expect((await world.app.calls.read(code))?.level).toBe('emergency');
    await world.says(shimizu, `対応終了 ${code}`);
    await world.pass(2);
    expect(world.screen(suzuki)).not.toMatch(OF_THE_CASE);
    await learnsNothing(suzuki, code);
  });

  test('can end a call of their own', async () => {
    const { world, suzuki, takahashi } = city;
    await world.says(suzuki, '応援 2番窓口');
    const code = await world.codeOf(suzuki);
    await world.reorganize(leaves(suzuki, takahashi));
    await world.presses(suzuki, '対応終了');
    expect((await world.app.calls.read(code))?.status).toBe('ended');
    expect(world.screen(suzuki)).toContain('あなたの対応は必要ありません');
    expect(world.screen(suzuki)).not.toMatch(/2番窓口|関係者だけ/);
  });

  test('cannot read again what they wrote: no quotes', async () => {
    const { world, sato, suzuki } = city;
    await world.says(sato, '報告');
    await world.presses(sato, '送信', {
      where: '2番窓口',
      what: '大声で怒鳴られ、「殺すぞ」と言われました。',
    });
    await world.pass(2);
    const quoting = world.messages(sato).findLast(({ card }) => card.text.includes('殺すぞ'));
    if (quoting === undefined) throw new Error('no suggestion');
    await world.reorganize(leaves(sato, suzuki));
    const { data } = quoting.card.buttons.find(({ title }) => title === '修正する') ?? { data: {} };
    const reply = await world.receive(world.tap(sato, quoting.activityId, data));
    expect(JSON.stringify(reply.body)).not.toContain('殺すぞ');
  });
});

describe('somebody who moves', () => {
  test('out of General Affairs loses its access to cases they were not called to', async () => {
    const { world, sato, mori } = city;
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    await world.says(mori, code);
    expect(city.card(mori)).toContain('2番窓口');
    await world.presses(sato, '対応終了');
    await world.says(sato, '応援 証明コーナー');
    const later = await world.codeOf(sato);
    await world.reorganize(moves(mori, 'shisho-madoguchi'));
    await learnsNothing(mori, later);
  });

  test('into General Affairs has it from then on', async () => {
    const { world, sato, kimura } = city;
    await world.says(sato, '応援 2番窓口');
    const code = await world.codeOf(sato);
    await world.says(kimura, code);
    expect(city.card(kimura)).not.toContain('2番窓口');
    await world.reorganize(moves(kimura, 'soumu'));
    await world.says(kimura, code);
    expect(city.card(kimura)).toContain('2番窓口');
  });
});
