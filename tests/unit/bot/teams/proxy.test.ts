import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { useProxy } from '../../../../bot/teams/proxy.ts';
import { ConfigError } from '../../../../services/config.ts';

// A real process; the bound only ends a test that hangs.
jest.setTimeout(60_000);

/** A city's proxy that lets nobody through: whom it is asked for shows who goes by it. */
let proxy: Server;
let askedFor: Set<string>;

beforeEach(async () => {
  askedFor = new Set();
  proxy = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (bytes) => {
      askedFor.add(/^CONNECT (\S+):443 /.exec(bytes.toString('latin1'))?.[1] ?? 'something else');
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
    });
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
afterEach(async () => {
  proxy.close();
  await once(proxy, 'close');
});

async function goesOut(environment: Readonly<Record<string, string>>): Promise<string[]> {
  const script = join(import.meta.dirname, '../../../harness/process/behindProxy.ts');
  const child = spawn(process.execPath, [script], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      MAMORI_ORGANIZATION: 'none',
      MAMORI_HEARTBEAT_URL: 'https://heartbeat.invalid/',
      MicrosoftAppId: '11111111-1111-4111-8111-111111111111',
      MicrosoftAppPassword: 'secret',
      MicrosoftAppTenantId: '22222222-2222-4222-8222-222222222222',
      ...environment,
    },
  });
  expect(await once(child, 'exit')).toEqual([0, null]);
  return [...askedFor].sort();
}

const address = (): string => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

test('everything that goes out takes the proxy: sign of life, keys of the caller, tokens', async () => {
  expect(await goesOut({ HTTPS_PROXY: address(), https_proxy: '' })).toEqual([
    'heartbeat.invalid',
    'login.botframework.com',
    'login.microsoftonline.com',
  ]);
});

test('but what is excepted, with all below it', async () => {
  expect(await goesOut({ HTTPS_PROXY: address(), NO_PROXY: 'invalid' })).toEqual([
    'login.botframework.com',
    'login.microsoftonline.com',
  ]);
});

test('a Node.js that cannot do it says so at the start, and only where there is a proxy', () => {
  const real = http.setGlobalProxyFromEnv;
  Object.assign(http, { setGlobalProxyFromEnv: undefined });
  try {
    expect(() => useProxy({ HTTPS_PROXY: address() })).toThrow(ConfigError);
    expect(() => useProxy({})).not.toThrow();
  } finally {
    Object.assign(http, { setGlobalProxyFromEnv: real });
  }
});
