import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { ORGANIZATION } from '../harness/organization.ts';
import { Bot, until } from '../harness/process/bot.ts';
import { Connector } from '../harness/process/connector.ts';

// A real process with its own clock; the bound only ends a test that hangs.
jest.setTimeout(120_000);

const SATO = '00000000-0000-4000-8000-000000000101';
const TENANT = '00000000-0000-4000-8000-0000000000aa';

let connector: Connector;
let folder: string;
let organization: string;
let bot: Bot;
let errors = '';

beforeEach(async () => {
  connector = await Connector.open();
  folder = await mkdtemp(join(tmpdir(), 'mamori-change-'));
  organization = join(folder, 'organization.yaml');
  await writeFile(organization, await readFile(ORGANIZATION));
  bot = await Bot.start({ folder, organization });
  errors = '';
  bot.process.stdout?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
});
afterEach(async () => {
  await bot.stop();
  await connector.close();
  await rm(folder, { recursive: true, force: true });
});

let count = 0;
async function says(text: string): Promise<void> {
  count += 1;
  await bot.post({
    type: 'message',
    text,
    id: `activity-${count}`,
    serviceUrl: connector.serviceUrl,
    from: { id: `29:${SATO}`, aadObjectId: SATO },
    recipient: { id: '28:bot' },
    conversation: { id: SATO, conversationType: 'personal', tenantId: TENANT },
    channelData: { tenant: { id: TENANT } },
  });
}

/** As editors do it: another file takes the place of the old one. */
async function save(edit: (yaml: string) => string): Promise<void> {
  const next = join(folder, 'next.yaml');
  await writeFile(next, edit(await readFile(organization, 'utf8')));
  await rename(next, organization);
}

test('the bot takes a saved file up while it runs; one it cannot use is logged and changes nothing', async () => {
  await save((yaml) => yaml.replace('内線 2119', '内線 2998').replace('name: 佐藤 美咲\n', 'name:\n'));
  await until('refused', () => errors.includes('organization refused'));
  const [line = ''] = errors.split('\n').filter((one) => one.includes('organization refused'));
  expect(JSON.parse(line)).toMatchObject({ problems: 1, paths: ['people[1].name'] });
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  await says('ホーム');
  await until('home', () => connector.arrived.length === 1);
  expect(connector.arrived[0]?.card.text).toMatch(/内線\s?2119/);

  await save((yaml) => yaml.replace('name:\n', 'name: 佐藤 美咲\n'));
  const isNew = () => /内線\s?2998/.test(connector.arrived.at(-1)?.card.text ?? '');
  for (let tries = 0; tries < 40 && !isNew(); tries++) {
    await says('ホーム');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  expect(isNew()).toBe(true);
});
