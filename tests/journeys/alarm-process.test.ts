import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { HEADERS, verify } from '../../services/alarm/signature.ts';
import { ORGANIZATION } from '../harness/organization.ts';
import { Bot, until } from '../harness/process/bot.ts';
import { BUTTON } from '../harness/trigger.ts';

/** The real process: what it is told by a device, and what it tells a receiver. */
const ALARM_SECRET = 'the alarm secret, long enough to be one';
const BUTTON_SECRET = 'the button secret, long enough to be one';

let folder: string;
let receiver: Server;
let bot: Bot | undefined;
let alarms: { id: string; reason: string; isSigned: boolean }[];
let respond: (res: ServerResponse) => void;
const taken = (res: ServerResponse): void => {
  res.statusCode = 204;
  res.end();
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-alarm-'));
  await writeFile(join(folder, BUTTON), BUTTON_SECRET);
  alarms = [];
  respond = taken;
  receiver = createServer(async (req, res) => {
    let body = '';
    for await (const chunk of req.setEncoding('utf8')) body += chunk;
    const header = (name: string) => String(req.headers[name.toLowerCase()]);
    const { timestamp, id, signature } = HEADERS;
    const claimed = { timestamp: header(timestamp), id: header(id), signature: header(signature), body };
    const now = Number(claimed.timestamp) * 1000;
    alarms.push({
      id: claimed.id,
      reason: JSON.parse(body).reason,
      isSigned: verify(ALARM_SECRET, claimed, now) === 'ok',
    });
    respond(res);
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  bot?.kill();
  await bot?.died;
  receiver.closeAllConnections();
  await new Promise<void>((resolve) => receiver.close(() => resolve()));
  await rm(folder, { recursive: true, force: true });
});

async function startBot(clockShiftMs = 0): Promise<Bot> {
  bot = await Bot.start({
    folder,
    organization: ORGANIZATION,
    clockShiftMs,
    environment: {
      MAMORI_ALARM_URL: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/alarm`,
      MAMORI_ALARM_SECRET: ALARM_SECRET,
      MAMORI_TRIGGER_SECRETS: folder,
    },
  });
  await bot.ready();
  return bot;
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

function trigger(url: string, ...more: string[]): Promise<Ran> {
  const args = ['infra/trigger.ts', '--place', BUTTON, '--url', url, ...more];
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, MAMORI_DATA: '/nowhere' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

test('a press of the shortcut is a call; killed while its alarm is on the way, the next process sends the same id', async () => {
  let hanging: ServerResponse | undefined;
  respond = (res) => {
    hanging = res;
  };
  const { url } = await startBot();
  const file = ['--secret-file', join(folder, BUTTON)];
  const pressed = await trigger(url, '--level', 'emergency', ...file);
  expect(pressed).toEqual({ code: 0, output: expect.stringMatching(/^呼び出しています。.+ K-[0-9A-Z]+\n$/) });
  await until('the alarm is on the way', () => hanging !== undefined);
  bot?.kill();
  await bot?.died;

  respond = taken;
  const again = await startBot(30_000);
  await until(
    'the alarm is sent again',
    () => alarms.filter(({ reason }) => reason === 'emergency').length > 1,
  );
  const sent = alarms.filter(({ reason }) => reason === 'emergency');
  expect(new Set(sent.map(({ id }) => id))).toEqual(
    new Set([`${/K-[0-9A-Z]+/.exec(pressed.output)?.[0]}/signal:emergency`]),
  );
  expect(alarms.every(({ isSigned }) => isSigned)).toBe(true);
  const state = await trigger(again.url, '--state', ...file);
  expect(state.output).toBe(pressed.output);
}, 60_000);

test('the shortcut says when nobody was called', async () => {
  const { url } = await startBot();
  await writeFile(join(folder, 'wrong'), 'x'.repeat(40));
  expect(await trigger(url, '--secret-file', join(folder, 'wrong'))).toEqual({
    code: 1,
    output: expect.stringMatching(/^呼び出していません。.+内線 2119/),
  });
  expect((await trigger(url)).code).toBe(2);
  expect((await trigger(url, '--what')).code).toBe(2);
}, 60_000);
