import { afterEach, describe, expect, test } from '@jest/globals';
import { createTeamsChannel } from '../../bot/teams/channel.ts';
import type { Connector } from '../../bot/teams/connector.ts';
import { noServiceAddress } from '../../bot/teams/serviceAddress.ts';
import { createPeople } from '../../services/people/people.ts';
import { unpaced } from '../../services/sending/pacer.ts';
import { type City, COUNTER, openCity } from '../harness/city.ts';
import { participant, Simulation } from '../harness/simulation.ts';
import { OPEN_HOURS } from '../harness/world.ts';

let city: City;
afterEach(() => city.world.close());

describe('after hours', () => {
  test('a phone-only step says whom to ring, and the next people are paged without waiting', async () => {
    city = await openCity({ at: '2026-11-24T20:00:00+09:00' });
    const { world, sato, suzuki } = city;
    expect(await city.ring(() => world.says(sato, '応援 2番窓口'))).toEqual(['shimizu', 'suzuki']);
    for (const who of [sato, suzuki]) {
      expect(city.card(who)).toContain('宿直室　内線2100へ電話してください。');
      expect(city.buttons(who)).toContain('連絡済み');
    }
    await world.presses(sato, '連絡済み');
    expect(city.card(suzuki)).toContain('宿直室　連絡済み');
    expect(city.buttons(sato)).not.toContain('連絡済み');
    const rung = await city.ring(() => world.pass(120));
    expect(rung).not.toContain('suzuki');
    expect(rung).toContain('shimizu');
    // Nobody arrived in three minutes and another one: the lane pages again, and the night desk can be rung again.
    expect(await city.ring(() => world.pass(120))).toContain('suzuki');
    expect(city.card(sato)).toContain('宿直室　内線2100へ電話してください。');
  });

  test('the night desk still stands on the card when the one who was coming cannot', async () => {
    city = await openCity({ at: '2026-11-23T10:00:00+09:00' });
    const { world, sato, suzuki } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    expect(city.card(sato)).not.toContain('宿直室');
    await world.presses(suzuki, '行けません');
    expect(city.card(sato)).toContain('宿直室　内線2100へ電話してください。');
  });

  test('at the branch the guard follows the branch’s own people', async () => {
    city = await openCity();
    const { world, inoue } = city;
    expect(await city.ring(() => world.says(inoue, '応援 1番窓口'))).toEqual(['kimura', 'shimizu']);
    expect(city.card(city.shimizu)).toContain('離れた庁舎です。電話での支援もできます。');
    await world.pass(60);
    expect(world.alerts(city.matsumoto)).toHaveLength(2);
    expect(city.card(inoue)).toContain('本庁舎 守衛室　内線2110へ電話してください。');
  });
});

describe('leaving out implicated persons', () => {
  test('「除外 〔氏名〕」 ends their pages; they see nothing of the case any more and cannot act on it', async () => {
    city = await openCity();
    const { world, sato, suzuki, takahashi } = city;
    await world.says(sato, '応援 2番窓口');
    await world.pass(30);
    const code = await world.codeOf(sato);
    await world.says(sato, `除外 ${code} 高橋さん`);
    expect(city.card(takahashi)).toContain(code);
    expect(city.card(takahashi)).not.toMatch(/2番窓口|佐藤|応援/);
    expect(city.buttons(takahashi)).toEqual(['ホーム']);
    expect(await city.ring(() => world.pass(300))).not.toContain('takahashi');
    await world.says(takahashi, `応答 ${code}`);
    expect(world.screen(takahashi)).toContain('関係者だけです');
    expect(city.card(sato)).not.toContain('高橋');
    await world.says(suzuki, `除外 ${code} 田中さん`);
    expect(world.screen(suzuki)).toContain('今の立場ではできません');
    expect(await city.ring(() => world.pass(300))).toContain('tanaka');
  });

  test('one who was coming and is left out no longer holds the lane', async () => {
    city = await openCity();
    const { world, sato, suzuki, shimizu } = city;
    await world.says(sato, '応援 2番窓口');
    await world.presses(suzuki, '向かいます');
    const code = await world.codeOf(sato);
    expect(await city.ring(() => world.says(shimizu, `除外 ${code} 鈴木さん`))).toEqual([
      'takahashi',
      'tanaka',
    ]);
    expect(city.card(sato)).not.toContain('鈴木');
  });
});

describe('the alarm of General Affairs', () => {
  test('goes to the conversation that an activity from the channel came from', async () => {
    city = await openCity();
    const { world, shimizu } = city;
    const channel = world.directory.generalAffairsChannel ?? '';
    await world.receive(
      world.activity(shimizu, {
        type: 'message',
        text: '<at>まもり</at> ホーム',
        conversation: { id: `${channel};messageid=1`, conversationType: 'channel', isGroup: true },
        channelData: { tenant: { id: world.directory.tenantId }, channel: { id: channel } },
      }),
    );
    const posted: string[] = [];
    const connector: Connector = {
      put: async ({ conversationId }) => {
        const id = String(posted.push(conversationId));
        return { kind: 'answered', status: 201, retryAfter: undefined, body: { id } };
      },
      converse: async () => ({ kind: 'unsent', reason: 'not here' }),
    };
    const teams = createTeamsChannel({
      people: createPeople(world.store),
      connector,
      pacer: unpaced,
      clock: world.clock,
      serviceHosts: ['localhost'],
      serviceAddress: noServiceAddress,
      bot: { id: '28:bot', tenantId: world.directory.tenantId },
    });
    const alarm = { card: {}, summary: '', alert: true };
    expect(await teams.send({ channel }, alarm)).toMatchObject({ kind: 'delivered' });
    expect(posted).toEqual([channel]);
  });

  test('goes to its people, the first who can be reached, where the channel cannot', async () => {
    city = await openCity();
    const { world, shimizu, saito } = city;
    world.channel.unreachable.add(world.directory.generalAffairsChannel ?? '').add(shimizu);
    await world.says(COUNTER, '応援');
    await world.pass(150);
    const alarms = world
      .alerts(saito)
      .filter(({ card }) => card.text.includes('応答がありません。対応できる'));
    expect(alarms.map(({ at }) => (at - Date.parse(OPEN_HOURS)) / 1000)).toEqual([60, 150]);
  });
});

/** Everything owed now is delivered; updates of cards, which change nothing here, are left out. */
function deliver(call: Simulation): void {
  for (;;) {
    const next = call.envelope?.outbox.find(({ readyAt }) => readyAt <= call.now);
    if (next === undefined) return;
    call.settle(0, next.kind === 'card' ? 'rejected' : 'delivered');
  }
}

test('a call that nobody answers for 24 hours keeps paging everybody and stays small', async () => {
  city = await openCity();
  const { directory } = city.world;
  const start = Date.parse(OPEN_HOURS);
  const call = new Simulation(directory, start);
  const by = participant(directory, city.sato);
  const place = directory.resolvePlace('2番窓口', directory.person(city.sato));
  const open = { type: 'open', code: 'K-7F3Q', number: 1, by, level: 'assist', place } as const;
  call.command({ ...open, affected: null, excluded: [] });
  let largest = 0;
  while (call.now < start + 24 * 3600_000) {
    deliver(call);
    largest = Math.max(largest, Buffer.byteLength(JSON.stringify(call.envelope)));
    call.fireNext();
  }
  const lastHour = call.pages.filter(({ at }) => at > call.now - 3600_000).map(({ person }) => person);
  for (const who of [city.suzuki, city.ito, city.nakamura, city.shimizu, city.saito]) {
    expect(lastHour.filter((person) => person === who).length).toBeGreaterThanOrEqual(11);
  }
  expect(largest).toBeLessThan(64 * 1024);
});
