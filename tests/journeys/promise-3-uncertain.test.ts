import { afterEach, describe, expect, test } from '@jest/globals';
import type { SendOutcome } from '../../services/channel.ts';
import { type City, openCity } from '../harness/city.ts';

let city: City;
afterEach(() => city.world.close());

const codeOn = (text: string): string | undefined => /K-[0-9A-Z]{4,8}/.exec(text)?.[0];
const failures = () =>
  (city.world.logged as { message: string; effect?: string }[]).filter(
    ({ message, effect }) => message === 'not delivered' && effect?.startsWith('page:') === true,
  );

async function open(): Promise<void> {
  city = await openCity();
  const { world, sato, suzuki, shimizu } = city;
  await world.installs(sato, suzuki, shimizu);
}

describe('a page of which nobody knows whether it arrived', () => {
  test('comes again after a short wait, with the same code, and says why in one place each', async () => {
    await open();
    const { world, sato, suzuki } = city;
    world.channel.fail(suzuki, 'answer-lost');
    await world.says(sato, '応援 2番窓口');
    await world.pass(2);
    expect(world.alerts(suzuki)).toHaveLength(1);
    await world.pass(3);
    const pages = world.alerts(suzuki);
    expect(pages).toHaveLength(2);
    expect(new Set(pages.map(({ card }) => codeOn(card.text))).size).toBe(1);
    expect(failures()).toEqual([
      expect.objectContaining({
        attempt: 1,
        kind: 'uncertain',
        reason: 'reset',
        effect: `page:second:1:0:0:${suzuki}`,
      }),
    ]);
    const call = await world.app.calls.read(await world.codeOf(sato));
    expect(call?.lanes.second.people[suzuki]).toMatchObject({ page: 'sent', unsureReason: 'reset' });
  });

  test('waits no longer for having waited for its turn before', async () => {
    await open();
    const { world, sato, suzuki } = city;
    const heldBack: SendOutcome = {
      kind: 'retry',
      reason: 'too much to send',
      retryAfterMs: 250,
      why: 'held-back',
    };
    world.channel.fail(suzuki, ...Array(12).fill(heldBack), { kind: 'uncertain', reason: 'HTTP 503' });
    await world.says(sato, '応援 2番窓口');
    await world.pass(7);
    expect(world.alerts(suzuki)).toHaveLength(1);
  });
});

test('what is only held back for a closed case is not given up', async () => {
  await open();
  const { world, sato, suzuki } = city;
  await world.says(sato, '応援 2番窓口');
  const heldBack: SendOutcome = {
    kind: 'retry',
    reason: 'too much to send',
    retryAfterMs: 1_000,
    why: 'held-back',
  };
  world.channel.fail(suzuki, ...Array(30).fill(heldBack));
  await world.says(sato, '対応終了');
  await world.pass(40);
  expect(world.last(suzuki).card.text).toContain('対応終了');
});
