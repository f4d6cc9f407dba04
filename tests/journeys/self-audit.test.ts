import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { DocumentStore } from '../../services/store/store.ts';
import { ORGANIZATION } from '../harness/organization.ts';
import { Bot, until } from '../harness/process/bot.ts';
import { stores } from '../harness/stores.ts';

// A real process with its own clock; the bound only ends a test that hangs.
jest.setTimeout(180_000);

/** A receiver on loopback: a dead man's switch, or the city's telephone exchange. */
class Receiver {
  readonly bodies: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk) => {
        body += chunk;
      });
      req.on('end', () => {
        this.bodies.push(body);
        res.end();
      });
    });
  }

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/receive`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

let folder: string;
let beats: Receiver;
let alarms: Receiver;
let bot: Bot;
let store: DocumentStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-audit-'));
  [beats, alarms] = [await Receiver.open(), await Receiver.open()];
  bot = await Bot.start({
    folder,
    organization: ORGANIZATION,
    environment: {
      MAMORI_HEARTBEAT_URL: beats.url,
      MAMORI_ALARM_URL: alarms.url,
      MAMORI_ALARM_SECRET: 'x'.repeat(32),
      MAMORI_METRICS_PORT: '0',
    },
  });
  store = await stores().open(folder);
});
afterEach(async () => {
  await store.close();
  await bot.stop();
  await Promise.all([beats.close(), alarms.close()]);
  await rm(folder, { recursive: true, force: true });
});

async function asked(path: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${bot.url}${path}`);
  return { status: response.status, body: await response.json() };
}

/** Asks until the answer is this one. */
async function comesTo(path: string, status: number): Promise<unknown> {
  for (;;) {
    const answer = await asked(path);
    if (answer.status === status) return answer.body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const said = () => alarms.bodies.map((body) => JSON.parse(body) as { reason: string; text: string });

async function metrics(): Promise<string> {
  const [, url = ''] = /mamori metrics on (\S+)/.exec(bot.printed()) ?? [];
  return (await fetch(url)).text();
}

/** Of a kind that only a newer version knows: this one can do nothing about it. */
const unknown = (dueAt: number | null) => ({
  kind: 'meeting',
  id: 'K-7F3Q',
  dueAt,
  terms: [],
  sortAt: 0,
  summary: null,
  body: { what: 'something owed' },
});

test('what is owed and not done turns readiness red, rings the second way, stops the heartbeat, and is well again by itself', async () => {
  expect(await comesTo('/readyz', 200)).toEqual({ status: 'ready' });
  await until('a heartbeat', () => beats.bodies.length === 1);
  const etag = await store.create(unknown(1));

  expect(await comesTo('/readyz', 503)).toEqual({ status: 'not-ready', reasons: ['newer'] });
  // Nothing is wrong with this instance: a call that comes now is saved and paged.
  expect(await asked('/readyz/instance')).toEqual({ status: 200, body: { status: 'ready' } });
  expect((await asked('/healthz')).status).toBe(200);
  await until('an alarm', () => said().length > 0);
  expect(said()[0]).toMatchObject({ reason: 'engine-ill', text: 'まもり停止中。内線2119へ' });
  expect(await metrics()).toMatch(/^mamori_ready 0$/m);
  expect(await metrics()).toMatch(/^mamori_ill 1$/m);
  expect(beats.bodies).toHaveLength(1);

  await store.replace(unknown(null), etag);
  expect(await comesTo('/readyz', 200)).toEqual({ status: 'ready' });
  await until('the all-clear', () => said().length > 1);
  expect(said().map(({ reason }) => reason)).toEqual(['engine-ill', 'engine-well']);
  expect(await metrics()).toMatch(/^mamori_ill 0$/m);
  const log = bot.printed();
  expect(log).toContain('"msg":"audit failed"');
  expect(log).toContain('"keys":["meeting/K-7F3Q"]');
  expect(log).not.toContain('something owed');
  expect(log).not.toContain(beats.url);
});

test('a damaged document is told of once, and the instance stays ready', async () => {
  await comesTo('/readyz', 200);
  await store.create({ ...unknown(1), kind: 'call' });
  await until('an alarm', () => said().length > 0);
  expect(said()[0]).toMatchObject({ reason: 'case-stuck', code: 'K-7F3Q' });
  expect(await asked('/readyz')).toEqual({ status: 200, body: { status: 'ready' } });
  expect(await metrics()).toMatch(/^mamori_documents_unserved 1$/m);
  expect(bot.printed().match(/document cannot be served/g)).toHaveLength(1);
});

test('a defect that nobody catches ends the process with a line that quotes nothing', () => {
  const [log, crash] = ['log', 'crash'].map((file) => join(import.meta.dirname, `../../bot/${file}.ts`));
  const script = `
    const { createLog } = await import(${JSON.stringify(log)});
    const { logCrashes } = await import(${JSON.stringify(crash)});
    logCrashes(createLog('info'));
    void Promise.reject(Object.assign(new TypeError('緑谷カナリア'), { code: 'ECONNRESET' }));`;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    msg: 'crashed',
    err: { name: 'TypeError', code: 'ECONNRESET' },
  });
  expect(stdout + stderr).not.toContain('カナリア');
});
