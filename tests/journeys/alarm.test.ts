import { afterEach, describe, expect, test } from '@jest/globals';
import { type City, openCity } from '../harness/city.ts';
import { FakeAlarm } from '../harness/fakeAlarm.ts';
import { FakeClock } from '../harness/fakeClock.ts';
import { OPEN_HOURS } from '../harness/world.ts';

let city: City;
afterEach(() => city.world.close());

async function open(at = OPEN_HOURS): Promise<{ city: City; alarm: FakeAlarm }> {
  const clock = new FakeClock(at);
  const alarm = new FakeAlarm(clock);
  city = await openCity({ clock, alarm });
  return { city, alarm };
}

const MINUTE = 60;
const down = () => ({ kind: 'retry', reason: 'ECONNREFUSED' }) as const;

describe('when the second way is used', () => {
  test('緊急: at once, once, before anybody could have answered', async () => {
    const { alarm } = await open();
    await city.world.says(city.sato, '緊急 2番窓口');
    expect(alarm.said).toEqual(['emergency']);
    expect(alarm.taken[0]).toMatchObject({
      level: 'emergency',
      code: await city.world.codeOf(city.sato),
      place: '本庁舎1階、税務課、2番窓口',
      at: city.world.clock.now(),
    });
  });

  test('緊急に切り替える: at once as well', async () => {
    const { alarm } = await open();
    await city.world.says(city.sato, '応援 2番窓口');
    expect(alarm.said).toEqual([]);
    await city.world.presses(city.sato, '緊急に切り替える');
    expect(alarm.said).toEqual(['emergency']);
  });

  test('the first step that nobody answers, once a lane; then when nobody is left', async () => {
    const { alarm } = await open();
    await city.world.says(city.sato, '応援 2番窓口');
    await city.world.pass(29);
    expect(alarm.said).toEqual([]);
    await city.world.pass(2);
    expect(alarm.said.sort()).toEqual(['unanswered generalAffairs', 'unanswered second']);
    await city.world.pass(20 * MINUTE);
    expect(alarm.said.slice(2).sort()).toEqual(['exhausted generalAffairs', 'exhausted second']);
  });

  test('answered in time: nothing', async () => {
    const { alarm } = await open();
    await city.world.says(city.sato, '応援 2番窓口');
    await city.world.presses(city.suzuki, '向かいます');
    await city.world.presses(city.shimizu, '向かいます');
    await city.world.presses(city.suzuki, '到着しました');
    await city.world.presses(city.shimizu, '到着しました');
    await city.world.pass(30 * MINUTE);
    expect(alarm.attempts).toEqual([]);
  });

  test('行けません after 向かいます is a new round: its first unanswered step is news again', async () => {
    const { alarm } = await open();
    await city.world.says(city.sato, '応援 2番窓口');
    await city.world.presses(city.shimizu, '電話で支援します');
    await city.world.pass(31);
    await city.world.presses(city.suzuki, '向かいます');
    expect(alarm.said).toEqual(['unanswered second']);
    await city.world.presses(city.suzuki, '行けません');
    await city.world.pass(31);
    expect(alarm.said).toEqual(['unanswered second', 'unanswered second']);
    expect(new Set(alarm.taken.map(({ id }) => id)).size).toBe(2);
  });

  test('a step that is a telephone call is not waited for; the one after it is', async () => {
    const { alarm } = await open('2026-11-24T22:00:00+09:00');
    await city.world.says(city.sato, '応援 2番窓口');
    expect(alarm.said).toEqual([]);
    await city.world.pass(31);
    expect(alarm.said).toContain('unanswered second');
  });

  test('without an alarm nothing is owed to it', async () => {
    city = await openCity();
    await city.world.says(city.sato, '緊急 2番窓口');
    await city.world.pass(10 * MINUTE);
    const stored = await city.world.store.read({ kind: 'call', id: await city.world.codeOf(city.sato) });
    expect(JSON.stringify(stored?.body)).not.toMatch(/signal/);
  });
});

describe('what is said', () => {
  test('level, place, lane and code, and nobody’s name; nothing of what the caller wrote beside the place', async () => {
    const { alarm } = await open();
    await city.world.says(city.sato, '緊急 2番窓口 田中さん');
    await city.world.says(city.suzuki, '応援 相談ブースの山口様のところ');
    await city.world.pass(20 * MINUTE);
    expect(alarm.taken.length).toBeGreaterThan(5);
    const all = JSON.stringify(alarm.taken);
    expect(all).not.toMatch(/佐藤|田中|鈴木|山口|清水|様|さん/);
    for (const { text, code = '' } of alarm.taken) expect(text).toContain(code);
    expect(alarm.taken.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^緊急の呼び出しです。場所は、本庁舎1階、税務課、2番窓口です。向かえる職員は、現場へ向かってください。番号は、K-[0-9A-Z]+です。$/,
        ),
        expect.stringContaining(
          '応援の呼び出しに、応援職員がまだ応答していません。場所は、本庁舎1階、税務課',
        ),
        expect.stringContaining('応援の呼び出しに、総務課がだれも応答していません。'),
      ]),
    );
  });
});

describe('when the receiver does not answer', () => {
  test('down for ten minutes: what still holds arrives once afterwards, under the id of the first attempt', async () => {
    const { alarm } = await open();
    alarm.answer = down;
    await city.world.says(city.sato, '緊急 2番窓口');
    await city.world.pass(10 * MINUTE);
    const first = alarm.attempts[0];
    expect(alarm.taken).toEqual([]);
    alarm.answer = () => undefined;
    await city.world.pass(2 * MINUTE);
    expect(alarm.said.sort()).toEqual(['emergency', 'exhausted generalAffairs', 'exhausted second']);
    expect(alarm.taken.find(({ reason }) => reason === 'emergency')).toMatchObject({
      id: first?.id,
      at: first?.at,
    });
    await city.world.pass(30 * MINUTE);
    expect(alarm.taken).toHaveLength(3);
  });

  test('tried again and again, less and less often, as long as the call is open; also when refused', async () => {
    const { alarm } = await open();
    alarm.answer = () => ({ kind: 'rejected', reason: 'HTTP 401' });
    await city.world.says(city.sato, '緊急 2番窓口');
    await city.world.pass(60 * MINUTE);
    const tries = alarm.attempts.filter(({ reason }) => reason === 'emergency').map(({ tried }) => tried);
    const gaps = tries.slice(1).map((at, n) => at - (tries[n] ?? 0));
    expect(gaps.slice(0, 5)).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
    expect(Math.max(...gaps)).toBe(60_000);
    expect(tries.length).toBeGreaterThan(55);
  });

  test('its answer gets lost: the same id again, so that it is announced once', async () => {
    const { alarm } = await open();
    let lost = 0;
    alarm.answer = () => (++lost <= 2 ? 'answer-lost' : undefined);
    await city.world.says(city.sato, '緊急 2番窓口');
    await city.world.pass(10);
    expect(alarm.taken).toHaveLength(3);
    expect(new Set(alarm.taken.map(({ id }) => id)).size).toBe(1);
  });

  test('somebody answers before it got through: not said any more', async () => {
    const { alarm } = await open();
    alarm.answer = down;
    await city.world.says(city.sato, '応援 2番窓口');
    await city.world.pass(40);
    expect(alarm.attempts.length).toBeGreaterThan(2);
    await city.world.presses(city.suzuki, '向かいます');
    await city.world.presses(city.shimizu, '向かいます');
    alarm.answer = () => undefined;
    await city.world.pass(2 * MINUTE);
    expect(alarm.taken).toEqual([]);
  });

  test('an answer in one lane takes back what is said of that lane only', async () => {
    const { alarm } = await open();
    alarm.answer = down;
    await city.world.says(city.sato, '応援 2番窓口');
    await city.world.pass(40);
    await city.world.presses(city.suzuki, '向かいます');
    alarm.answer = () => undefined;
    await city.world.pass(MINUTE);
    expect(alarm.said).toContain('unanswered generalAffairs');
    expect(alarm.said.join()).not.toContain('second');
  });

  test.each(['対応終了', '取消'])('after %s nothing is said', async (words) => {
    const { alarm } = await open();
    alarm.answer = down;
    await city.world.says(city.sato, '緊急 2番窓口');
    await city.world.pass(MINUTE);
    await city.world.says(city.sato, words);
    alarm.answer = () => undefined;
    await city.world.pass(10 * MINUTE);
    expect(alarm.taken).toEqual([]);
  });

  test('a slow receiver holds up no page', async () => {
    const { alarm } = await open();
    let release = () => {};
    alarm.before = () =>
      new Promise<void>((resolve) => {
        release = resolve;
      });
    const { world, sato, suzuki } = city;
    await world.app.receive(world.activity(sato, { type: 'message', text: '緊急 2番窓口' }));
    const running = world.app.engine.runDue();
    while (world.alerts(suzuki).length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(alarm.taken).toEqual([]);
    release();
    await running;
    expect(alarm.said).toEqual(['emergency']);
  });
});

test('after a restart the same ids', async () => {
  const { alarm } = await open();
  alarm.answer = () => ({ kind: 'uncertain', reason: 'reset' });
  const { world, sato } = city;
  await world.says(sato, '緊急 2番窓口');
  const restarted = await world.restart();
  city = { ...city, world: restarted };
  alarm.answer = () => undefined;
  await restarted.pass(MINUTE);
  expect(alarm.said).toContain('emergency');
  const emergency = alarm.attempts.filter(({ reason }) => reason === 'emergency');
  expect(emergency.length).toBeGreaterThan(1);
  expect(new Set(emergency.map(({ id }) => id)).size).toBe(1);
});
