import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Reply } from '../../bot/receive.ts';
import { type City, openCity } from '../harness/city.ts';
import { FaultyStore } from '../harness/faultyStore.ts';
import { Fleet } from '../harness/fleet.ts';
import { BUTTON, freshId, type PressOptions, signed } from '../harness/trigger.ts';
import { World } from '../harness/world.ts';

let city: City;
let world: World;
beforeEach(async () => {
  city = await openCity();
  world = city.world;
});
afterEach(() => world.close());

interface Answer {
  readonly state?: string;
  readonly how?: string;
  readonly code?: string;
  readonly error?: string;
  readonly text: string;
}

const bodyOf = ({ body }: Reply): Answer => body as Answer;

async function press(options: PressOptions = {}, at = world): Promise<Reply> {
  const reply = await at.app.trigger('press', signed(at.clock.now(), options));
  await at.app.engine.runDue();
  return reply;
}

const state = (at = world): Promise<Reply> =>
  at.app.trigger('state', signed(at.clock.now(), { ask: 'state' }));
const person = (id: string) => ({ id, name: '', kind: 'person' }) as const;
const openCalls = async () =>
  (await world.app.calls.casesOf(`place:${BUTTON}`, 50)).items.filter(({ status }) => status === 'open');

describe('a press', () => {
  test('reaches the second member of staff and General Affairs; the answer says code and state', async () => {
    const rung = await city.ring(async () => {
      const reply = await press();
      expect(reply).toMatchObject({
        status: 200,
        body: { state: 'calling', how: 'opened', level: 'assist', text: expect.stringContaining('まだ誰も') },
      });
    });
    // A Tuesday: the duty of the section of the place.
    expect(rung).toEqual(['satoIchiro', 'shimizu']);
    expect(city.card(city.satoIchiro)).toContain('証明コーナー');
    expect(world.last(city.satoIchiro).summary).toContain('証明コーナーのボタン');
  });

  test('is committed before it is answered', async () => {
    const { code = '' } = bodyOf(await world.app.trigger('press', signed(world.clock.now())));
    expect((await world.app.calls.read(code))?.status).toBe('open');
  });

  test('no card is sent to a place: it has no Teams', async () => {
    await press({ level: 'emergency' });
    await world.presses(city.satoIchiro, '向かいます');
    await world.pass(600);
    expect(world.channel.messages.filter(({ to }) => to.startsWith('place:'))).toEqual([]);
    expect(world.logged.filter((line) => JSON.stringify(line).includes('"page:'))).toEqual([]);
  });

  test('the lamp follows: calling, coming, arrived, nobody', async () => {
    expect(bodyOf(await state())).toMatchObject({ state: 'none' });
    const { code } = bodyOf(await press());
    expect(bodyOf(await state())).toMatchObject({ state: 'calling', code });
    await world.presses(city.shimizu, '電話で支援します');
    expect(bodyOf(await state())).toMatchObject({ state: 'acknowledged' });
    await world.presses(city.satoIchiro, '向かいます');
    expect(bodyOf(await state())).toMatchObject({ state: 'coming', text: '確認・向かっています。' });
    expect(JSON.stringify((await state()).body)).not.toMatch(/佐藤|一郎|清水/);
    await world.presses(city.satoIchiro, '行けません');
    await world.presses(city.shimizu, '行けません');
    expect(bodyOf(await state())).toMatchObject({ state: 'calling' });
    await world.presses(city.satoIchiro, '向かいます');
    await world.presses(city.satoIchiro, '到着しました');
    expect(bodyOf(await state())).toMatchObject({ state: 'arrived' });
    await world.presses(city.satoIchiro, '対応終了');
    expect(bodyOf(await state())).toEqual({ state: 'none', text: '呼び出していません。' });
  });

  test('level: the first of its own where it says none; a higher one raises the open call', async () => {
    const first = bodyOf(await press());
    const raised = bodyOf(await press({ level: 'emergency' }));
    expect(raised).toMatchObject({ code: first.code, how: 'joined', level: 'emergency' });
    expect(city.card(city.satoIchiro)).toContain('緊急');
  });

  test('what follows is a case like any other: accepted, and reported by whoever came', async () => {
    const { code = '' } = bodyOf(await press());
    await world.presses(city.satoIchiro, '向かいます');
    await world.presses(city.satoIchiro, '到着しました');
    await world.presses(city.satoIchiro, '対応終了');
    await world.says(city.shimizu, `開く ${code}`);
    expect(city.card(city.shimizu)).toContain('証明コーナー');
  });
});

describe('one call for one need', () => {
  test('hands shake and contacts bounce: presses within a minute are one, and write nothing', async () => {
    const first = bodyOf(await press());
    const before = await world.store.read({ kind: 'call', id: first.code ?? '' });
    for (let n = 0; n < 20; n++) {
      expect(await press()).toMatchObject({ status: 200, body: { code: first.code, how: 'again' } });
    }
    expect((await world.store.read({ kind: 'call', id: first.code ?? '' }))?.body).toEqual(before?.body);
    expect(await openCalls()).toHaveLength(1);
  });

  test('later it joins the open call', async () => {
    const first = bodyOf(await press());
    await world.pass(61);
    expect(bodyOf(await press())).toMatchObject({ code: first.code, how: 'joined' });
    expect(await openCalls()).toHaveLength(1);
  });

  test('within the minute, but after help has arrived: a new cry, and people are paged anew', async () => {
    await press();
    await world.presses(city.satoIchiro, '向かいます');
    await world.presses(city.satoIchiro, '到着しました');
    expect(bodyOf(await state()).state).toBe('arrived');
    const rung = await city.ring(() => press());
    expect(rung).toContain('satoIchiro');
    expect(bodyOf(await state()).state).toBe('calling');
  });

  test('after the end it is a new call', async () => {
    const first = bodyOf(await press());
    await world.presses(city.satoIchiro, '対応終了');
    const second = bodyOf(await press());
    expect(second).toMatchObject({ how: 'opened' });
    expect(second.code).not.toBe(first.code);
  });

  test('two places call side by side', async () => {
    await world.reorganize((yaml) =>
      yaml.replace(
        'triggers:\n',
        'triggers:\n  - { id: zeimu-2, name: 税務課2番窓口のボタン, section: zeimu, place: 2番窓口 }\n',
      ),
    );
    const one = bodyOf(await press());
    const other = bodyOf(await press({ place: 'zeimu-2' }));
    expect(other).toMatchObject({ how: 'opened' });
    expect(other.code).not.toBe(one.code);
  });
});

describe('a request that is sent again', () => {
  test('with the same id: the same call, nothing new', async () => {
    const id = freshId();
    const first = bodyOf(await press({ id }));
    await world.pass(90);
    expect(await press({ id })).toMatchObject({ status: 200, body: { code: first.code, how: 'again' } });
    expect((await world.app.calls.read(first.code ?? ''))?.timeline.map(({ kind }) => kind)).not.toContain(
      'joined',
    );
  });

  test('recorded by somebody and sent again after the end: 409, nobody is paged', async () => {
    const request = signed(world.clock.now());
    const again = signed(world.clock.now());
    await world.app.trigger('press', request);
    await world.app.trigger('press', again);
    await world.app.engine.runDue();
    await world.presses(city.satoIchiro, '対応終了');
    await press();
    await world.presses(city.satoIchiro, '対応終了');
    const rung = await city.ring(async () => {
      for (const recorded of [request, again]) {
        expect(await world.app.trigger('press', recorded)).toMatchObject({
          status: 409,
          body: { error: 'over' },
        });
      }
      await world.app.engine.runDue();
    });
    expect(rung).toEqual([]);
    expect(await openCalls()).toEqual([]);
  });

  test('the process died before it noted the press: the call itself knows it', async () => {
    const id = freshId();
    const first = bodyOf(await press({ id }));
    const noted = await world.store.read({ kind: 'trigger', id: BUTTON });
    if (noted !== undefined) await world.store.replace({ ...noted, body: { presses: [] } }, noted.etag);
    expect(bodyOf(await press({ id }))).toMatchObject({ code: first.code, how: 'again' });
    await world.presses(city.satoIchiro, '対応終了');
    expect(await press({ id })).toMatchObject({ status: 409, body: { error: 'over' } });
  });

  test('one id for two requests: the second one is refused rather than swallowed', async () => {
    const id = freshId();
    await press({ id });
    expect(await press({ id, level: 'emergency' })).toMatchObject({
      status: 409,
      body: { error: 'id-used', text: expect.stringContaining('内線 2119') },
    });
  });
});

describe('refused: nothing changes', () => {
  const nothing = async (reply: Reply, status: number, error: string) => {
    expect(reply).toMatchObject({ status, body: { error, text: expect.stringContaining('内線 2119') } });
    await world.app.engine.runDue();
    expect(await openCalls()).toEqual([]);
    expect(world.channel.messages).toEqual([]);
  };

  test.each([
    ['not JSON', 'x'],
    ['a list', '[]'],
    ['no place', '{}'],
    ['a level nobody knows', JSON.stringify({ place: BUTTON, level: 'report' })],
    ['something more', JSON.stringify({ place: BUTTON, text: '殺される' })],
    ['another id than in the header', JSON.stringify({ place: BUTTON, id: 'another-id' })],
  ])('a body that is %s', async (_, body) => nothing(await press({ body }), 400, 'malformed'));

  test('a wrong secret', async () => nothing(await press({ secret: 'x'.repeat(40) }), 401, 'signature'));

  test('a place that is not registered is answered like a wrong secret', async () => {
    const [unknown, wrong] = [await press({ place: 'nowhere' }), await press({ secret: 'x'.repeat(40) })];
    expect(unknown).toEqual(wrong);
    await nothing(unknown, 401, 'signature');
  });

  test.each([-301, 301])('%i seconds off', async (seconds) => {
    const request = signed(world.clock.now() + seconds * 1000);
    await nothing(await world.app.trigger('press', request), 401, 'expired');
  });

  test.each([-299, 299])('%i seconds off is let in', async (seconds) => {
    const request = signed(world.clock.now() + seconds * 1000);
    expect((await world.app.trigger('press', request)).status).toBe(200);
  });

  test('a level that the place may not call at', async () =>
    nothing(await press({ level: 'advice' }), 403, 'level'));

  test('a store that does not answer: 503, and where to ring instead', async () => {
    const store = new FaultyStore(world.store);
    const other = await World.open({ store, folder: world.folder, clock: world.clock });
    store.isDown = true;
    await nothing(await other.app.trigger('press', signed(world.clock.now())), 503, 'not-saved');
    expect(await state(other)).toMatchObject({ status: 503, body: { error: 'not-known' } });
  });

  test('what is logged: the registered place and why; nothing a stranger wrote', async () => {
    await press({ place: 'stranger', level: 'emergency' });
    await press({ secret: 'x'.repeat(40) });
    expect(world.logged).toEqual([
      { why: 'signature', message: 'press refused' },
      { place: BUTTON, why: 'signature', message: 'press refused' },
    ]);
  });
});

test.each(['fails', 'lost', 'dies', 'dies-after'] as const)(
  'a write that %s, whichever it is, and the device tries again: one call',
  async (fault) => {
    for (let at = 1; at <= 4; at++) {
      const store = new FaultyStore(world.store);
      const wounded = await World.open({ store, folder: world.folder, clock: world.clock });
      store.fault = (count) => (count === at ? fault : undefined);
      const request = signed(world.clock.now());
      const first = await wounded.app.trigger('press', request);
      await wounded.app.engine.idle();
      const again = await world.app.trigger('press', request);
      expect(again).toMatchObject({ status: 200, body: { state: 'calling' } });
      if (first.status === 200) expect(bodyOf(again).code).toBe(bodyOf(first).code);
      expect(await openCalls()).toHaveLength(1);
      const { code = '' } = bodyOf(again);
      await world.app.calls.execute(code, { type: 'end', by: person(city.shimizu) });
    }
  },
);

describe('revoked while everything runs', () => {
  const revoke = () =>
    world.reorganize((yaml) => yaml.replace(/(id: shimin-shomei\n)/, '$1    revoked: true\n'));

  test('no press of it is taken any more, and it may not ask either', async () => {
    await revoke();
    expect(await press()).toMatchObject({ status: 403, body: { error: 'revoked' } });
    expect(await state()).toMatchObject({ status: 403, body: { error: 'revoked' } });
    expect(await openCalls()).toEqual([]);
  });

  test('its open call goes on', async () => {
    await press();
    await revoke();
    const rung = await city.ring(() => world.pass(31));
    expect(rung.length).toBeGreaterThan(0);
    expect(await openCalls()).toHaveLength(1);
  });

  test('taken out of the file altogether: its open call goes on, too', async () => {
    await press();
    await world.reorganize((yaml) => yaml.replace(/triggers:\n(?: {2}.*\n)+/, 'triggers: []\n'));
    expect(await press()).toMatchObject({ status: 401 });
    expect((await city.ring(() => world.pass(31))).length).toBeGreaterThan(0);
    await world.presses(city.satoIchiro, '対応終了');
  });
});

describe('a limit', () => {
  const callAndEnd = async () => {
    const reply = await press();
    await world.presses(city.satoIchiro, '対応終了');
    return reply.status;
  };

  test('six calls in a minute that are ended again, then 429; a minute later it calls again', async () => {
    for (let n = 0; n < 6; n++) expect(await callAndEnd()).toBe(200);
    const rung = await city.ring(async () => {
      expect(await press()).toMatchObject({ status: 429, body: { error: 'too-many' } });
    });
    expect(rung).toEqual([]);
    await world.pass(61);
    expect((await press()).status).toBe(200);
  });

  test('while its call is open nothing is refused, however often', async () => {
    for (let n = 0; n < 5; n++) await callAndEnd();
    for (let n = 0; n < 30; n++) expect((await press()).status).toBe(200);
  });
});

describe('two instances', () => {
  test('pressed at both at once, with one id or with two: one call, paged once', async () => {
    const fleet = await Fleet.open({ clocks: [0, 1_500] });
    try {
      const now = fleet.clock.now();
      const requests = [signed(now), signed(now)];
      const replies = await Promise.all(
        [...requests, ...requests].map((request, n) => fleet.at(n).app.trigger('press', request)),
      );
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      expect(new Set(replies.map((reply) => bodyOf(reply).code)).size).toBe(1);
      await fleet.run();
      const rung = fleet.channel.messages.filter(({ alert }) => alert).map(({ to }) => to);
      expect(rung.sort()).toEqual([city.satoIchiro, city.shimizu].sort());
    } finally {
      await fleet.close();
    }
  });

  test('what one has answered the other knows', async () => {
    const fleet = await Fleet.open({ clocks: [0, 0] });
    try {
      const request = signed(fleet.clock.now());
      const first = bodyOf(await fleet.at(0).app.trigger('press', request));
      expect(bodyOf(await fleet.at(1).app.trigger('press', request))).toMatchObject({
        code: first.code,
        how: 'again',
      });
    } finally {
      await fleet.close();
    }
  });
});
