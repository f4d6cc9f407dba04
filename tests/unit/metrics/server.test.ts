import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type MetricsServer, openMetricsServer } from '../../../bot/metrics/server.ts';

let server: MetricsServer;
let fails = false;
let logged: string[];

beforeEach(async () => {
  [fails, logged] = [false, []];
  const keep = (_: object, message: string) => void logged.push(message);
  server = await openMetricsServer({
    port: 0,
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    text: async () => {
      if (fails) throw new Error('inside');
      return 'mamori_ready 1\n';
    },
    log: { info: keep, warn: keep, error: keep },
  });
});
afterEach(() => server.close());

const ask = (path: string, { method = 'GET', host }: { method?: string; host?: string } = {}) =>
  new Promise<{ status: number; text: string; type: string }>((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    const req = request(new URL(path, server.url), { method, headers }, (res) => {
      let text = '';
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () =>
        resolve({ status: res.statusCode ?? 0, text, type: res.headers['content-type'] ?? '' }),
      );
    });
    req.on('error', reject);
    req.end();
  });

test('on loopback, on a port of its own', async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
  expect(await ask('/metrics')).toEqual({
    status: 200,
    text: 'mamori_ready 1\n',
    type: 'text/plain; version=0.0.4; charset=utf-8',
  });
});

test('nothing else is there', async () => {
  expect((await ask('/')).status).toBe(404);
  expect((await ask('/metrics', { method: 'POST' })).status).toBe(405);
});

test('a page in a browser cannot get here under a name of its own', async () => {
  expect((await ask('/metrics', { host: 'evil.example' })).status).toBe(403);
  expect((await ask('/metrics', { host: 'localhost:9464' })).status).toBe(200);
});

test('a failure tells nothing of the inside', async () => {
  fails = true;
  expect(await ask('/metrics')).toMatchObject({ status: 500, text: 'failed\n' });
  expect(logged).toEqual(['metrics not collected']);
});
