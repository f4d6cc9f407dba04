import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ORGANIZATION } from '../harness/organization.ts';
import { Bot, until } from '../harness/process/bot.ts';
import { Connector } from '../harness/process/connector.ts';

// Real processes start and die here; the bound only ends a test that hangs.
jest.setTimeout(120_000);

const person = (n: number) => `00000000-0000-4000-8000-000000000${n}`;
const [SATO, SUZUKI, TAKAHASHI, SHIMIZU] = [person(101), person(102), person(103), person(301)];
const TENANT = '00000000-0000-4000-8000-0000000000aa';
/** Longer than any claim of the dead process. */
const SHIFT = 60_000;

let connector: Connector;
let folder: string;
let organization: string;
const bots: Bot[] = [];
let activities = 0;

beforeEach(async () => {
  connector = await Connector.open();
  folder = await mkdtemp(join(tmpdir(), 'mamori-kill-'));
  // Always open, so that the steps are the same whenever the test runs; a second per step.
  const demo = await readFile(ORGANIZATION, 'utf8');
  organization = join(folder, 'organization.yaml');
  const city = demo
    .replaceAll(/hours: \[after, closed\] \}/g, 'hours: [open], buildings: [honcho] }')
    .replaceAll('wait: 30', 'wait: 1');
  await writeFile(organization, city.replaceAll(/(mon|tue|wed|thu|fri): "[^"]*"/g, '$1: "00:00-24:00"'));
});
afterEach(async () => {
  for (const bot of bots.splice(0)) bot.kill();
  await connector.close();
  await rm(folder, { recursive: true, force: true });
});

function activity(from: string, fields: object): object {
  activities += 1;
  return {
    id: `activity-${activities}`,
    serviceUrl: connector.serviceUrl,
    from: { id: `29:${from}`, aadObjectId: from },
    recipient: { id: '28:bot' },
    conversation: { id: from, conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
    ...fields,
  };
}

async function start(options: { killAt?: number; clockShiftMs?: number } = {}): Promise<Bot> {
  const bot = await Bot.start({ folder, organization, ...options });
  bots.push(bot);
  return bot;
}

async function installAll(bot: Bot): Promise<void> {
  for (const who of [SATO, SUZUKI, TAKAHASHI, SHIMIZU]) {
    await bot.post(activity(who, { type: 'installationUpdate', action: 'add' }));
  }
}

const pages = (who: string) =>
  connector.to(who).filter((m) => m.card.buttons.some((b) => b.title === '向かいます'));
const receptions = () => connector.to(SATO).filter((m) => m.card.text.includes('受け付けました'));
const helped = () => pages(SUZUKI).length > 0 && pages(SHIMIZU).length > 0 && receptions().length > 0;

describe('the real process, killed and started again', () => {
  // Points 0–1 are around the commit, 2–3 around the claim, the others around the records of what was sent.
  test.each([0, 1, 2, 3, 4, 5, 6, 7])(
    'kill -9 at write point %i: everything owed is delivered',
    async (killAt) => {
      const first = await start({ killAt });
      await installAll(first);
      const call = activity(SATO, { type: 'message', text: '応援 2番窓口' });
      await first.post(call);
      await first.died;
      if (killAt === 0) expect(pages(SUZUKI)).toEqual([]);
      const second = await start({ clockShiftMs: SHIFT });
      // Died before the commit: nothing was promised, so nothing is owed until the person asks again.
      if (killAt === 0) await second.post(call);
      await until('help arrives', helped);
      const codes = new Set(
        [...pages(SUZUKI), ...pages(SHIMIZU)].map((m) => /K-[0-9A-Z]+/.exec(m.card.text)?.[0]),
      );
      expect(codes.size).toBe(1);
      await second.stop();
    },
  );

  test('kill -9 after the page arrived and before that was recorded: the repetition carries the same code', async () => {
    const first = await start();
    await installAll(first);
    connector.onMessage = (message) => {
      if (message.conversation === SUZUKI && message.card.text.includes('2番窓口')) first.kill();
    };
    await first.post(activity(SATO, { type: 'message', text: '応援 2番窓口' }));
    await first.died;
    connector.onMessage = () => {};
    const second = await start({ clockShiftMs: SHIFT });
    await until('help arrives', () => helped() && pages(SUZUKI).length > 1);
    const codes = new Set(pages(SUZUKI).map((m) => /K-[0-9A-Z]+/.exec(m.card.text)?.[0]));
    expect(codes.size).toBe(1);
    await second.stop();
  });

  test('an acknowledgement that was committed survives: nobody is paged after the restart', async () => {
    const first = await start();
    await installAll(first);
    await first.post(activity(SATO, { type: 'message', text: '応援 2番窓口' }));
    await until('help is called', helped);
    for (const who of [SUZUKI, SHIMIZU]) await first.post(activity(who, { type: 'message', text: '応答' }));
    await until(
      'the caller sees both',
      () =>
        (
          receptions()
            .at(-1)
            ?.card.text.match(/向かっています/g) ?? []
        ).length >= 2,
    );
    first.kill();
    await first.died;
    const before = pages(TAKAHASHI).length;
    const second = await start({ clockShiftMs: 30_000 });
    // The engine has polled when readiness says so; the steps would have been due long ago.
    await second.ready();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(pages(TAKAHASHI)).toHaveLength(before);
    await second.stop();
  });

  test('timers fire in the running process: the next step is paged by itself, not early', async () => {
    const bot = await start();
    await installAll(bot);
    await bot.post(activity(SATO, { type: 'message', text: '応援 2番窓口' }));
    await until('the next step is paged', () => pages(TAKAHASHI).length > 0);
    const [first] = pages(SUZUKI);
    const [next] = pages(TAKAHASHI);
    expect((next?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(500);
    await bot.stop();
  });
});
