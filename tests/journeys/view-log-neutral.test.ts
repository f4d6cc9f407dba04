import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { answerOf } from '../harness/accessScene.ts';
import { type Casework, openCasework } from '../harness/casework.ts';
import type { Message } from '../harness/fakeChannel.ts';

/** Words of the report that stand nowhere else. */
const STORY = '窓口で「紫陽花を殺すぞ」と大声で怒鳴られました。';
const NARRATIVE = /紫陽花|怒鳴/;

let city: Casework;
let code: string;

beforeEach(async () => {
  city = await openCasework();
  code = await city.reported(STORY);
  await city.world.presses(city.sato, 'この案でよい');
  await taps(city.shimizu, { verb: 'work.accept' });
});
afterEach(() => city.world.close());

async function taps(person: string, data: Record<string, unknown>, on = 'forged'): Promise<string> {
  const { body } = await city.world.receive(city.world.tap(person, on, { code, ...data }));
  return answerOf(body);
}

const closes = () => taps(city.shimizu, { verb: 'work.close', sure: true });

/** Has the record open on their screen. */
async function reads(person: string): Promise<Message> {
  const message = await city.opens(person, code);
  await city.world.presses(person, '記録を読む');
  expect(message.card.text).toMatch(NARRATIVE);
  return message;
}

/** Has a step of the form open, with what stands in it. */
async function writes(person: string): Promise<Message> {
  const message = await city.opens(person, code);
  await city.world.presses(person, '報告を記入する');
  await city.world.presses(person, '要求と言動');
  expect(JSON.stringify(message.json)).toMatch(NARRATIVE);
  return message;
}

/** Nothing of it in any card, input or notification of this person. */
const isNeutral = (person: string): boolean =>
  !NARRATIVE.test(JSON.stringify(city.world.messages(person).map(({ json, summary }) => [json, summary])));

describe('a narrative that stands on a screen becomes the neutral card of the case', () => {
  test('on 記録を閉じる, and so does the stored message: the other devices agree', async () => {
    const { world, hayashi } = city;
    const message = await reads(hayashi);
    const updates = message.updates;
    const reply = await world.pressesOn(hayashi, message, '記録を閉じる');
    expect(message.updates).toBe(updates + 1);
    expect(message.json).toEqual((reply.body as { value?: object }).value);
    expect(message.card.text).toContain(`事案 ${code}`);
    expect(isNeutral(hayashi)).toBe(true);
  });

  test('on the device that pressed it even when Teams does not take the update', async () => {
    const { world, hayashi } = city;
    const message = await reads(hayashi);
    world.channel.fail(hayashi, { kind: 'retry', reason: '429' });
    const reply = await world.pressesOn(hayashi, message, '記録を閉じる');
    expect(answerOf(reply.body)).toContain(`事案 ${code}`);
    expect(isNeutral(hayashi)).toBe(true);
  });

  test('a step of the form is left to whoever may be typing when somebody else closes the case, and not for ever', async () => {
    const { world, hayashi } = city;
    const message = await writes(hayashi);
    await closes();
    expect(message.card.inputs.length).toBeGreaterThan(0);
    await world.pass(9 * 3600);
    expect(message.card.inputs).toEqual([]);
    expect(isNeutral(hayashi)).toBe(true);
  });

  test('a record left open becomes neutral by itself', async () => {
    const { world, hayashi } = city;
    const message = await reads(hayashi);
    await world.pass(2 * 3600);
    expect(message.card.text).toContain(`事案 ${code}`);
    expect(isNeutral(hayashi)).toBe(true);
  });

  test('a record: when somebody else closes the case', async () => {
    const { hayashi, ito } = city;
    const messages = [await reads(hayashi), await reads(ito)];
    await closes();
    for (const message of messages) {
      expect(message.card.text).toMatch(new RegExp(`事案 ${code}[^]*対応終了`));
      expect(message.card.inputs).toEqual([]);
    }
    expect([isNeutral(hayashi), isNeutral(ito)]).toEqual([true, true]);
  });

  test.each([
    ['a record', reads],
    ['a step of the form', writes],
  ])('%s: when its reader is left out of the case, who then sees nothing of it', async (_, opens) => {
    const { world, sato, ito, hayashi } = city;
    const [message, others] = [await opens(ito), await opens(hayashi)];
    await world.says(sato, `除外 ${code} 伊藤 誠`);
    expect(isNeutral(ito)).toBe(true);
    expect(message.card.text).not.toMatch(/2番窓口|佐藤|清水/);
    // The others read on.
    expect(JSON.stringify(others.json)).toMatch(NARRATIVE);
  });

  test.each<readonly [string, () => Promise<unknown>]>([
    [
      'is closed',
      async () =>
        city.world.app.receive(city.world.tap(city.shimizu, 'f', { verb: 'work.close', sure: true, code })),
    ],
    [
      'leaves its reader out',
      async () =>
        city.world.app.receive(
          city.world.activity(city.sato, { type: 'message', text: `除外 ${code} 伊藤 誠` }),
        ),
    ],
  ])('when the process ends right after the case %s: the next one does it', async (_, act) => {
    const { ito } = city;
    const message = await reads(ito);
    // What is owed is saved with the act, and nothing of it is done.
    await city.world.app.engine.stop();
    await act();
    expect(message.card.text).toMatch(NARRATIVE);
    city = { ...city, world: await city.world.restart() };
    await city.world.pass(2);
    expect(isNeutral(ito)).toBe(true);
  });

  test('when Teams takes the update only after a few attempts, and a restart in between', async () => {
    const { world, hayashi } = city;
    await reads(hayashi);
    world.channel.fail(
      hayashi,
      { kind: 'retry', reason: '429', retryAfterMs: 5_000 },
      { kind: 'uncertain', reason: 'timeout' },
      { kind: 'retry', reason: '503' },
      'answer-lost',
    );
    await closes();
    expect(isNeutral(hayashi)).toBe(false);
    await world.pass(6);
    city = { ...city, world: await world.restart() };
    await city.world.pass(300);
    expect(isNeutral(hayashi)).toBe(true);
  });

  test('one of a client that sends no invoke stands in a new message, and becomes neutral as well', async () => {
    const { world, hayashi } = city;
    const value = { verb: 'record.read', code };
    await world.receive(world.activity(hayashi, { type: 'message', replyToId: 'not-there', value }));
    const message = world.last(`chat-${hayashi}`);
    expect(message.card.text).toMatch(NARRATIVE);
    await closes();
    expect(message.card.text).not.toMatch(NARRATIVE);
  });
});

describe('a narrative that is opened again', () => {
  test('is not covered by an older cover that is still on its way, and by the next one it is', async () => {
    const { world, hayashi } = city;
    const message = await reads(hayashi);
    world.channel.fail(hayashi, { kind: 'retry', reason: '429', retryAfterMs: 30_000 });
    await closes();
    expect(message.card.text).toMatch(NARRATIVE);
    await taps(hayashi, { verb: 'record.read' }, message.activityId);
    const { updates } = message;
    await world.pass(600);
    expect(message.updates).toBe(updates);
    expect(message.card.text).toMatch(NARRATIVE);
    await taps(city.shimizu, { verb: 'work.reopen' });
    await closes();
    expect(message.card.text).not.toMatch(NARRATIVE);
  });

  test('and closed again by its reader is not drawn again when the case is closed', async () => {
    const { world, hayashi } = city;
    const message = await reads(hayashi);
    await world.pressesOn(hayashi, message, '記録を閉じる');
    const { updates } = message;
    await closes();
    expect(message.updates).toBe(updates);
  });
});
