import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StoreError } from '../../services/store/store.ts';
import { type City, openCity, quickFolder, running } from '../harness/city.ts';
import { FakeChannel } from '../harness/fakeChannel.ts';
import { FakeClock } from '../harness/fakeClock.ts';
import { stores } from '../harness/stores.ts';
import { OPEN_HOURS, World } from '../harness/world.ts';

const CHANNEL = '19:general-affairs@thread.tacv2';
const HOUR = 3_600;
const DAY = 24 * HOUR;
/** From Tuesday at ten to the check of the next morning, and a little more. */
const TO_NEXT_CHECK = 23 * HOUR;

let city: City;
beforeEach(async () => {
  city = await openCity();
  await city.world.app.onOrganizationChanged();
  await city.world.installs(city.shimizu, city.suzuki);
});
afterEach(() => city.world.close());

const posts = () => city.world.messages(CHANNEL);
const notInstalled = (...people: string[]) => {
  for (const person of people) city.world.channel.unreachable.add(person);
};

describe('the check of every working day', () => {
  test('finds who is on duty and cannot be paged, before it matters: counts in the channel, names in personal chat', async () => {
    const { world, suzuki, yamamoto, shimizu } = city;
    notInstalled(suzuki, yamamoto);
    await world.pass(TO_NEXT_CHECK);
    expect(posts()).toHaveLength(1);
    const [post] = posts();
    expect(running(post?.card.text ?? '')).toContain('職員 20人のうち 2人');
    expect(JSON.stringify(post?.json)).not.toMatch(/鈴木|山本/);
    expect(post?.alert).toBe(true);
    await world.says(shimizu, '到達確認');
    const card = city.card(shimizu);
    expect(card).toContain('20人のうち、2人に届きません');
    expect(card).toContain('鈴木 健太');
    expect(card).toContain('税務課の応援職員の当番（次は11月25日水曜）');
    expect(card).toContain('「まもり」を追加してもらってください');
    expect(card).toContain('最後の確認：08:30');
  });

  test('nobody sees anything of being asked', async () => {
    const { world } = city;
    const before = world.channel.messages.length;
    await world.pass(TO_NEXT_CHECK);
    expect(world.channel.messages.length).toBe(before);
  });

  test('is told once, again when somebody is added to it, and once a week while it lasts', async () => {
    const { world, suzuki, kato } = city;
    notInstalled(suzuki);
    await world.pass(3 * DAY);
    expect(posts()).toHaveLength(1);
    notInstalled(kato);
    await world.pass(3 * DAY);
    expect(posts()).toHaveLength(2);
    expect(running(posts()[1]?.card.text ?? '')).toContain('新しく分かったのは 1人');
    await world.pass(6 * DAY);
    expect(posts()).toHaveLength(2);
    await world.pass(2 * DAY);
    expect(posts()).toHaveLength(3);
    expect(running(posts()[2]?.card.text ?? '')).toContain('1週間たっても変わっていない');
  });

  test('is quiet when all is well again, and told anew when it comes back', async () => {
    const { world, suzuki, shimizu } = city;
    notInstalled(suzuki);
    await world.pass(DAY);
    world.channel.unreachable.clear();
    await world.pass(DAY);
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).toContain('全員に届きます');
    expect(posts()).toHaveLength(1);
    notInstalled(suzuki);
    await world.pass(4 * DAY);
    expect(posts()).toHaveLength(2);
    await world.says(shimizu, '到達確認');
    // It was there before.
    expect(city.card(shimizu)).toContain('まもりが外されました');
  });

  test('not on days on which the city hall is closed, nor at night after a standstill', async () => {
    const { world, suzuki } = city;
    await world.pass(3 * DAY);
    notInstalled(suzuki);
    // Saturday and Sunday.
    await world.pass(2 * DAY);
    expect(posts()).toHaveLength(0);
    // Nothing ran from Monday 05:00 until Monday 23:00.
    world.clock.set(Date.parse('2026-11-30T23:00:00+09:00'));
    await world.app.engine.runDue();
    expect(posts()).toHaveLength(0);
    await world.pass(10 * HOUR);
    expect(posts()).toHaveLength(1);
  });

  test('a morning on which it could not be told tells nothing, and asks again half an hour later', async () => {
    const { world, suzuki, shimizu } = city;
    world.channel.fail(suzuki, { kind: 'retry', reason: '429' });
    await world.pass(22.6 * HOUR);
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).toContain('1人は、今は確かめられていません');
    expect(posts()).toHaveLength(0);
    notInstalled(suzuki);
    await world.pass(HOUR);
    expect(posts()).toHaveLength(1);
  });

  test('without a channel the people of General Affairs are told, the first who can be', async () => {
    const { world, suzuki, shimizu } = city;
    notInstalled(suzuki, CHANNEL, shimizu);
    await world.pass(TO_NEXT_CHECK);
    const told = [city.saito, city.hayashi, city.mori].filter((person) =>
      world.messages(person).some(({ card }) => card.text.includes('呼び出しの届かない職員')),
    );
    expect(told.length).toBeGreaterThan(0);
    const [person = ''] = told;
    await world.presses(person, '確認する');
    expect(city.card(person)).toContain('鈴木 健太');
  });

  test('a restart in the middle of a check goes on with it', async () => {
    const { world, suzuki, yamamoto } = city;
    notInstalled(suzuki, yamamoto);
    let asked = 0;
    const { reach } = world.channel;
    world.channel.reach = (person) => {
      asked += 1;
      return reach.call(world.channel, person);
    };
    await world.pass(22.5 * HOUR);
    expect(asked).toBe(5);
    const next = await world.restart();
    city = { ...city, world: next };
    await next.app.onOrganizationChanged();
    await next.pass(60);
    expect(asked).toBe(20);
    expect(posts()).toHaveLength(1);
  });

  test('what was due while nothing ran is not put off by the start', async () => {
    const { world, suzuki } = city;
    notInstalled(suzuki);
    world.clock.set(Date.parse('2026-11-25T09:10:00+09:00'));
    const next = await world.restart();
    city = { ...city, world: next };
    await next.app.onOrganizationChanged();
    await next.pass(60);
    expect(posts()).toHaveLength(1);
  });

  test('people are asked a few a second', async () => {
    const { world } = city;
    const at: number[] = [];
    world.channel.reach = async () => {
      at.push(world.clock.now());
      return { kind: 'reachable' };
    };
    await world.pass(TO_NEXT_CHECK);
    const perSecond = Map.groupBy(at, (one) => one);
    expect(perSecond.size).toBe(4);
    expect(Math.max(...[...perSecond.values()].map(({ length }) => length))).toBe(5);
  });
});

describe('a document of one person that is damaged', () => {
  const newer = JSON.stringify({ schemaVersion: 99, rev: 1, state: {}, timers: {}, outbox: [], ops: [] });

  test.each([
    ['cannot be read', '{broken'],
    ['is of a newer version', newer],
    ['makes the rules fail', newer.replace('99', '1')],
  ])('and %s keeps nobody else from being checked, and General Affairs sees who it is', async (_, body) => {
    const { world, suzuki, takahashi, shimizu } = city;
    await world.pass(TO_NEXT_CHECK);
    await stores().damage(world.folder, { kind: 'reach', id: suzuki }, body);
    notInstalled(takahashi);
    await world.pass(DAY);
    expect(world.logged).toContainEqual(
      expect.objectContaining({ message: 'person not asked', key: `reach/${suzuki}` }),
    );
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).toContain('1人は、今は確かめられていません');
    expect(city.card(shimizu)).toMatch(/まだ確かめられていません.*鈴木 健太/);
    expect(posts()).toHaveLength(1);
    expect(running(posts()[0]?.card.text ?? '')).toContain('職員 20人のうち 1人');
    // The check after it is made as well.
    world.channel.unreachable.clear();
    await world.pass(DAY);
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).not.toContain('高橋 直樹');
  });

  test('keeps nobody else from the 通知テスト', async () => {
    const { world, suzuki, shimizu } = city;
    await world.pass(TO_NEXT_CHECK);
    await stores().damage(world.folder, { kind: 'reach', id: suzuki }, '{broken');
    await world.says(shimizu, '通知テスト');
    await world.presses(shimizu, '通知テストを始める');
    await world.presses(shimizu, '送信する');
    await world.pass(60);
    const { rows, test: begun } = await world.app.reach.overview();
    const others = rows.filter(({ person }) => person.id !== suzuki);
    for (const { person } of others)
      expect(world.messages(person.id).filter(({ summary }) => summary === '通知テスト')).not.toEqual([]);
    expect(begun?.test.isSent).toBe(true);
    expect(world.logged).toContainEqual(
      expect.objectContaining({ message: 'person not asked', key: `reach/${suzuki}` }),
    );
  });

  test('a store that is away is no damage: the same people are asked again', async () => {
    const { world, shimizu } = city;
    await world.pass(22.4 * HOUR);
    const read = world.store.read.bind(world.store);
    let isAway = true;
    world.store.read = async (key) => {
      if (isAway && key.kind === 'reach') throw new StoreError('unavailable', 'test');
      return read(key);
    };
    await world.pass(HOUR / 2);
    isAway = false;
    await world.pass(HOUR / 2);
    expect(world.logged).not.toContainEqual(expect.objectContaining({ message: 'person not asked' }));
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).toContain('全員に届きます');
  });
});

test('two instances make one check and one post', async () => {
  await city.world.close();
  const folder = await quickFolder();
  const clock = new FakeClock(OPEN_HOURS);
  const channel = new FakeChannel(clock);
  const open = async () => World.open({ folder, clock, channel, store: await stores().open(folder) });
  const [one, other] = await Promise.all([open(), open()]);
  await Promise.all([one.app.onOrganizationChanged(), other.app.onOrganizationChanged()]);
  const asked: string[] = [];
  channel.reach = async (person) => {
    asked.push(person);
    return { kind: 'unreachable', why: 'not-installed', reason: '403' };
  };
  clock.set(Date.parse('2026-11-25T08:30:00+09:00'));
  for (let second = 0; second < 20; second++) {
    await Promise.all([one, other].map(({ app }) => app.engine.runDue()));
    clock.set(clock.now() + 1_000);
  }
  expect(asked.length).toBe(20);
  expect(new Set(asked).size).toBe(20);
  expect(channel.messages.filter(({ to }) => to === CHANNEL)).toHaveLength(1);
  await other.store.close();
  city = { ...city, world: one };
});

describe('a change of the organisation file', () => {
  const onDuty = (person: string) => (yaml: string) =>
    yaml.replace(
      '        weekdays: [tue, thu]\n',
      `        weekdays: [tue, thu]\n      - person: ${person}\n`,
    );
  const NEW = '00000000-0000-4000-8000-000000000499';
  const newcomer = (yaml: string) =>
    onDuty(NEW)(
      yaml.replace(
        'people:\n  # 税務部\n',
        `people:\n  - { id: ${NEW}, name: 新井 恵, section: shimin }\n  # 税務部\n`,
      ),
    );

  test('is checked a minute later: whoever is new may not have the app', async () => {
    const { world, shimizu } = city;
    notInstalled(NEW);
    await world.reorganize(newcomer);
    await world.pass(50);
    expect(posts()).toHaveLength(0);
    await world.pass(30);
    expect(posts()).toHaveLength(1);
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).toContain('新井 恵');
  });

  test('one that changes nobody on the lists asks nobody', async () => {
    const { world } = city;
    let asked = 0;
    world.channel.reach = async () => {
      asked += 1;
      return { kind: 'reachable' };
    };
    await world.reorganize((yaml) => yaml.replace('helpExtension: 内線 2119', 'helpExtension: 内線 2999'));
    await world.pass(300);
    expect(asked).toBe(0);
  });

  test('may switch the check off, or move it', async () => {
    const { world, suzuki } = city;
    notInstalled(suzuki);
    await world.reorganize((yaml) => yaml.replace('check: "08:30"', 'check: off'));
    await world.pass(3 * DAY);
    expect(posts()).toHaveLength(0);
    await world.reorganize((yaml) => yaml.replace('check: off', 'check: "11:00"'));
    await world.pass(1.1 * HOUR);
    expect(posts().map(({ at }) => new Date(at).toISOString().slice(11, 16))).toEqual(['02:00']);
  });

  test('whoever is no longer on the lists is no longer listed', async () => {
    const { world, suzuki, takahashi, shimizu } = city;
    notInstalled(suzuki);
    await world.pass(TO_NEXT_CHECK);
    await world.reorganize((yaml) =>
      yaml.replace(new RegExp(`  - id: ${suzuki}\\n(?:    .*\\n)+`), '').replaceAll(suzuki, takahashi),
    );
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).not.toContain('鈴木');
  });
});

describe('到達確認', () => {
  test('before the first check it says so, and もう一度確認 shows the result on the same card', async () => {
    const { world, shimizu, suzuki } = city;
    notInstalled(suzuki);
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).toContain('まだ確認していません');
    const count = world.messages(shimizu).length;
    await world.presses(shimizu, 'もう一度確認');
    expect(city.card(shimizu)).toContain('確認しています');
    await world.pass(5);
    expect(city.card(shimizu)).toContain('鈴木 健太');
    expect(city.card(shimizu)).not.toContain('確認しています');
    expect(world.messages(shimizu)).toHaveLength(count);
    // Whoever asked has the answer; the others are told by the check of the day.
    expect(posts()).toHaveLength(0);
    await world.pass(TO_NEXT_CHECK);
    expect(posts()).toHaveLength(1);
  });

  test('the check of the day that begins meanwhile tells General Affairs all the same', async () => {
    const { world, shimizu, suzuki } = city;
    notInstalled(suzuki);
    await world.pass(22.5 * HOUR - 2);
    await world.receive(world.tap(shimizu, 'x', { verb: 'reach.check' }));
    await world.pass(10);
    expect(posts()).toHaveLength(1);
  });

  test('a second press while it is under way asks nobody twice', async () => {
    const { world, shimizu } = city;
    let asked = 0;
    world.channel.reach = async () => {
      asked += 1;
      return { kind: 'reachable' };
    };
    await world.says(shimizu, '到達確認');
    const card = world.last(shimizu);
    await world.receive(world.tap(shimizu, card.activityId, { verb: 'reach.check' }));
    await world.receive(world.tap(shimizu, card.activityId, { verb: 'reach.check' }));
    await world.pass(10);
    expect(asked).toBe(20);
  });

  test('the home card of General Affairs leads to it, and of nobody else', async () => {
    const { world, shimizu, ito } = city;
    await world.says(shimizu, 'ホーム');
    await world.presses(shimizu, '到達確認');
    expect(city.card(shimizu)).toContain('到達確認');
    await world.says(ito, 'ホーム');
    expect(city.buttons(ito)).not.toContain('到達確認');
  });

  test('is refused to everybody else: words, forged buttons, counters, guests', async () => {
    const { world, suzuki, ito, nakamura } = city;
    notInstalled(city.takahashi);
    await world.pass(DAY);
    const before = await world.app.reach.overview();
    const counter = '00000000-0000-4000-8000-000000000901';
    const guest = '00000000-0000-4000-8000-0000000000ff';
    for (const person of [suzuki, ito, nakamura, counter, guest]) {
      await world.says(person, '到達確認');
      await world.says(person, '通知テスト');
      for (const verb of ['reach.open', 'reach.check', 'test.open', 'test.start']) {
        const reply = await world.receive(world.tap(person, 'forged', { verb, sure: true, page: 0 }));
        expect(JSON.stringify(reply.body)).not.toMatch(/高橋|届きません|確認済み/);
      }
      expect(world.screen(person)).not.toMatch(/高橋|届きません|確認済み/);
    }
    const after = await world.app.reach.overview();
    expect(after.city).toEqual(before.city);
  });

  test('pressed in the channel, the names go to the personal chat of whoever pressed, if they may see them', async () => {
    const { world, shimizu, suzuki } = city;
    notInstalled(city.takahashi);
    await world.pass(TO_NEXT_CHECK);
    const press = (from: string) =>
      world.receive({
        ...world.tap(from, posts()[0]?.activityId ?? '', { verb: 'reach.open' }),
        conversation: { id: CHANNEL, conversationType: 'channel', tenantId: world.directory.tenantId },
      });
    const reply = await press(shimizu);
    expect(JSON.stringify(reply.body)).toContain('個人チャットにお送りしました');
    expect(JSON.stringify(reply.body)).not.toContain('高橋');
    expect(city.card(shimizu)).toContain('高橋 直樹');
    await press(suzuki);
    expect(city.card(suzuki)).toContain('今の立場ではできません');
    expect(posts()).toHaveLength(1);
  });

  test('Teams says by itself when somebody takes the app away', async () => {
    const { world, suzuki, shimizu } = city;
    await world.pass(TO_NEXT_CHECK);
    await world.receive(world.activity(suzuki, { type: 'installationUpdate', action: 'remove' }));
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).toContain('まもりが外されました');
    expect(city.card(shimizu)).toContain('鈴木 健太');
    await world.installs(suzuki);
    await world.says(shimizu, '到達確認');
    expect(city.card(shimizu)).toContain('全員に届きます');
  });

  test('says each reason and its mend', async () => {
    const { world, shimizu, sato, suzuki, takahashi, tanaka } = city;
    const why: Readonly<Record<string, 'blocked' | 'unknown-person' | 'no-address'>> = {
      [sato]: 'blocked',
      [suzuki]: 'unknown-person',
      [takahashi]: 'no-address',
    };
    world.channel.reach = async (person) => {
      if (person === tanaka) return { kind: 'unknown', reason: '503' };
      const found = why[person];
      return found === undefined ? { kind: 'reachable' } : { kind: 'unreachable', why: found, reason: '403' };
    };
    await world.pass(TO_NEXT_CHECK);
    await world.says(shimizu, '到達確認');
    const card = city.card(shimizu);
    for (const said of [
      'ブロックされています',
      'Teamsに見つかりません',
      '接続先が分かりません',
      'まだ確かめられて',
    ])
      expect(card).toContain(said);
  });

  test('in English', async () => {
    const { world, shimizu, suzuki } = city;
    notInstalled(suzuki);
    await world.pass(TO_NEXT_CHECK);
    await world.says(shimizu, 'English');
    await world.says(shimizu, 'reachability');
    expect(city.card(shimizu)).toContain('1 of 20 people who may be paged cannot be reached');
    expect(city.card(shimizu)).toContain('Mamori is not installed');
  });
});
