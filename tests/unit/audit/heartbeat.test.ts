import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { finding } from '../../../services/audit/findings.ts';
import { type Beat, Heartbeat } from '../../../services/audit/heartbeat.ts';
import { FakeClock } from '../../harness/fakeClock.ts';

const SECRET = 'b3c1-secret';

let server: Server;
let status: number;
let seen: string[];
let clock: FakeClock;
let logged: Record<string, unknown>[];
let beats: Beat[];
let heartbeat: Heartbeat;

beforeEach(async () => {
  [status, seen, logged, beats] = [200, [], [], []];
  clock = new FakeClock('2026-11-24T10:00:00+09:00');
  server = createServer((req, res) => {
    seen.push(`${req.method} ${req.url}`);
    res.statusCode = status;
    if (status === 302) res.setHeader('location', '/elsewhere');
    res.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const keep = (fields: object, message: string) => void logged.push({ ...fields, message });
  heartbeat = new Heartbeat({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${SECRET}`,
    clock,
    log: { info: keep, warn: keep, error: keep },
    onBeat: (beat) => void beats.push(beat),
  });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** Results of the audit, five seconds apart. */
async function hears(count: number, isWell: boolean): Promise<void> {
  for (let n = 0; n < count; n++) {
    await heartbeat.heard({ at: clock.now(), isWell, findings: isWell ? [] : [finding('overdue')] });
    clock.set(clock.now() + 5_000);
  }
}

test('the first good result beats at once, then once a minute', async () => {
  await hears(25, true);
  expect(seen).toEqual(Array(3).fill(`GET /${SECRET}`));
});

test('no beat while the audit fails, and one as soon as it passes again', async () => {
  await hears(1, true);
  await hears(100, false);
  expect(seen).toHaveLength(1);
  await hears(1, true);
  expect(seen).toHaveLength(2);
});

test('a receiver that refuses is not asked more often, and the log has one line and no address', async () => {
  status = 500;
  await hears(25, true);
  expect(seen).toHaveLength(3);
  expect(beats).toEqual(['refused', 'refused', 'refused']);
  expect(logged).toEqual([{ status: 500, message: 'heartbeat not sent' }]);
  status = 200;
  await hears(12, true);
  expect(logged.at(-1)).toEqual({ message: 'heartbeat sent' });
  expect(JSON.stringify(logged)).not.toContain(SECRET);
});

test('it is not led on to another address', async () => {
  status = 302;
  await hears(1, true);
  expect(seen).toHaveLength(1);
  expect(beats).toEqual(['failed']);
});

test('nobody there: a failed beat, nothing worse', async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await hears(1, true);
  expect(beats).toEqual(['failed']);
  expect(logged).toEqual([{ status: undefined, reason: 'ECONNREFUSED', message: 'heartbeat not sent' }]);
});

test('one that hangs is the only one', async () => {
  let asked = 0;
  const hanging = new Heartbeat({
    url: 'http://127.0.0.1/x',
    clock,
    log: { info() {}, warn() {}, error() {} },
    fetch: () => {
      asked += 1;
      return new Promise(() => {});
    },
  });
  for (let n = 0; n < 3; n++) {
    void hanging.heard({ at: clock.now(), isWell: true, findings: [] });
    clock.set(clock.now() + 120_000);
  }
  expect(asked).toBe(1);
});
