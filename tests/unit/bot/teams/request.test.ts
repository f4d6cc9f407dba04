import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { send } from '../../../../bot/teams/request.ts';

/** The other side of a connection, which does nothing but what a test wants. */
let server: Server;
let open: Socket[];
let react: (socket: Socket, said: string) => void;
let port: number;

/** A port of this machine that is the same in all tests: the proxy's address is read when the client is loaded. */
beforeAll(async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  ({ port } = probe.address() as AddressInfo);
  await new Promise((resolve) => probe.close(resolve));
});

beforeEach(async () => {
  open = [];
  react = () => {};
  server = createServer((socket) => {
    open.push(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => react(socket, bytes.toString('latin1')));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

/** The client as it is in a city whose network has a proxy. */
async function client(): Promise<typeof send> {
  for (const name of ['https_proxy', 'no_proxy', 'NO_PROXY']) delete process.env[name];
  process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
  return (await import('../../../../bot/teams/request.ts')).send;
}

async function attempt(url: string, ms = 300) {
  const request = { method: 'POST', url, body: {}, signal: AbortSignal.timeout(ms) } as const;
  return (await client())(request);
}

describe('every request settles', () => {
  test('a proxy that never answers: given up at the deadline, and nothing was sent', async () => {
    expect(await attempt('https://teams.example/')).toEqual({ kind: 'unsent', reason: 'timeout' });
  });

  test('a proxy that connects, and then nobody shows a certificate: nothing was sent either', async () => {
    const said: string[] = [];
    react = (socket, text) => {
      said.push(text);
      if (text.startsWith('CONNECT')) socket.write('HTTP/1.1 200 OK\r\n\r\n');
    };
    expect(await attempt('https://teams.example/')).toEqual({ kind: 'unsent', reason: 'timeout' });
    // The first words of the encryption, and no more.
    expect(said).toHaveLength(2);
  });

  test('a proxy that hangs up: nothing was sent, and nobody goes on trying for whoever has been answered', async () => {
    let calls = 0;
    react = (socket) => {
      calls += 1;
      socket.destroy();
    };
    const answer = await attempt('https://teams.example/');
    expect(answer).toEqual({ kind: 'unsent', reason: expect.stringMatching(/^proxy: \w+$/) });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(calls).toBe(1);
  });

  test('a proxy that wants a password: nothing was sent, and the log says why', async () => {
    react = (socket) =>
      socket.write('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    expect(await attempt('https://teams.example/')).toEqual({ kind: 'unsent', reason: 'proxy: HTTP 407' });
  });

  test('nobody listens: nothing was sent', async () => {
    const answer = await attempt('http://127.0.0.1:1/');
    expect(answer).toEqual({ kind: 'unsent', reason: 'ECONNREFUSED' });
  });

  test('a connection that is reset in the middle of an answer, or before any: the one is known, the other is not', async () => {
    react = (socket) => socket.resetAndDestroy();
    expect(await attempt(`http://127.0.0.1:${port}/`)).toEqual({
      kind: 'lost',
      reason: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/),
    });
    react = (socket) =>
      socket.write('HTTP/1.1 201 Created\r\ncontent-length: 100\r\n\r\n{', () => socket.resetAndDestroy());
    expect(await attempt(`http://127.0.0.1:${port}/`)).toEqual({
      kind: 'answered',
      status: 201,
      retryAfter: undefined,
      body: undefined,
    });
  });

  test('a redirect is not followed, and an answer that never ends is not read', async () => {
    const said: string[] = [];
    react = (socket, text) => {
      said.push(text);
      socket.write(`HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:${port}/there\r\n`);
      socket.write('content-length: 99999999\r\n\r\n');
      socket.write('x'.repeat(200_000));
    };
    const answer = await attempt(`http://127.0.0.1:${port}/`, 5_000);
    expect(answer).toEqual({ kind: 'answered', status: 307, retryAfter: undefined, body: undefined });
    expect(said).toHaveLength(1);
  });

  test.each<[string, (socket: Socket) => void, string]>([
    ['silence', () => {}, 'timeout'],
    ['a reset', (socket) => void setTimeout(() => socket.resetAndDestroy(), 20), 'ECONNRESET'],
  ])('「being worked on」 (1xx) and then %s: nobody knows whether it was taken', async (_, then, reason) => {
    react = (socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n');
      then(socket);
    };
    expect(await attempt(`http://127.0.0.1:${port}/`)).toEqual({ kind: 'lost', reason });
  });

  test('「being worked on」 (1xx) and then the answer: the answer counts', async () => {
    react = (socket) => {
      socket.write(
        'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 10\r\n\r\n{"id":"a"}',
      );
    };
    expect(await attempt(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 201, body: { id: 'a' } });
  });

  test('what is no address, or cannot be written, was not sent', async () => {
    expect(await attempt('teams.example')).toMatchObject({ kind: 'unsent', reason: 'ERR_INVALID_URL' });
    const signal = AbortSignal.timeout(300);
    const bad = {
      method: 'POST',
      url: `http://127.0.0.1:${port}/`,
      body: {},
      token: 'a\nb',
      signal,
    } as const;
    expect(await (await client())(bad)).toMatchObject({ kind: 'unsent' });
  });

  test('an answer that only offers another protocol (101): nobody knows whether it was taken', async () => {
    react = (socket) =>
      socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n');
    // At once, and not at the deadline.
    const answer = await attempt(`http://127.0.0.1:${port}/`, 10_000);
    expect(answer).toEqual({ kind: 'lost', reason: 'UND_ERR_SOCKET' });
  });

  test('an answer whose rest does not come by the deadline: its status is known all the same', async () => {
    react = (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{');
    const answer = await attempt(`http://127.0.0.1:${port}/`);
    expect(answer).toEqual({ kind: 'answered', status: 200, retryAfter: undefined, body: undefined });
  });
});
