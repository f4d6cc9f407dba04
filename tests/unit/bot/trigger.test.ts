import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Server } from 'restify';
import { createServer } from '../../../bot/server.ts';
import { HEADERS } from '../../../services/alarm/signature.ts';
import { silentLog } from '../../../services/log.ts';
import { INSIDE } from '../../harness/hostile.ts';
import { BUTTON, freshId, type PressOptions, signed } from '../../harness/trigger.ts';
import { World } from '../../harness/world.ts';

/** The route as a device sees it: a real server, real requests. */
let world: World;
let server: Server;
let url: string;

beforeAll(async () => {
  world = await World.open();
  server = createServer({
    authentication: { authenticateRequest: async () => undefined },
    receive: world.app.receive,
    trigger: world.app.trigger,
    ready: () => ({ isReady: true, reasons: [] }),
    log: silentLog,
    local: undefined,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${server.address().port}`;
});
afterAll(async () => {
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await world.close();
});
beforeEach(() => {
  // Past the limit of calls a minute.
  world.clock.set(world.clock.now() + 61_000);
});

interface Got {
  readonly status: number;
  readonly text: string;
}

async function post(
  path: string,
  headers: Record<string, string>,
  body: string | Uint8Array<ArrayBuffer>,
): Promise<Got> {
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}

function press(options: PressOptions = {}, path = '/api/trigger'): Promise<Got> {
  const { timestamp, id, signature, body } = signed(world.clock.now(), options);
  const headers = {
    [HEADERS.timestamp]: timestamp,
    [HEADERS.id]: id,
    [HEADERS.signature]: signature,
    'Content-Type': 'application/json',
  };
  return post(path, headers, new Uint8Array(body));
}

const casesOf = async () => (await world.app.calls.casesOf(`place:${BUTTON}`, 50)).items;

describe('POST /api/trigger', () => {
  test('200 with code and state; the lamp asks for the same', async () => {
    const pressed = await press({ level: 'emergency' });
    expect(pressed.status).toBe(200);
    const answer = JSON.parse(pressed.text);
    expect(answer).toEqual({
      state: 'calling',
      how: 'opened',
      code: expect.stringMatching(/^K-[0-9A-Z]+$/),
      level: 'emergency',
      text: '呼び出しています。まだ誰も確認していません。',
    });
    const { how: _, ...state } = answer;
    const asked = await press({ ask: 'state' }, '/api/trigger/state');
    expect(JSON.parse(asked.text)).toEqual(state);
    expect((await casesOf())[0]).toMatchObject({ code: answer.code, status: 'open' });
  });

  test('the body as it was sent is what counts: spaces and order are the sender’s', async () => {
    const body = `{ "level":"assist",\n  "place" : "${BUTTON}" }`;
    expect((await press({ body })).status).toBe(200);
  });

  test.each([
    ['signature', () => press({ secret: 'x'.repeat(40) }), 401],
    ['signature', () => press({ place: 'nowhere' }), 401],
    ['malformed', () => press({ body: '[]' }), 400],
    ['level', () => press({ level: 'advice' }), 403],
  ])('%s', async (error, act, status) => {
    const before = await casesOf();
    const got = await act();
    expect(got.status).toBe(status);
    expect(JSON.parse(got.text)).toEqual({ error, text: expect.stringContaining('内線 2119') });
    expect(await casesOf()).toEqual(before);
  });

  test('no headers at all', async () => {
    expect((await post('/api/trigger', {}, JSON.stringify({ place: BUTTON }))).status).toBe(401);
  });

  test('a body beyond every request: 413', async () => {
    const body = JSON.stringify({ place: BUTTON, id: 'x'.repeat(4_000) });
    expect(await press({ body })).toEqual({ status: 413, text: '{"code":413}' });
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s is refused', async (method) => {
    expect((await fetch(`${url}/api/trigger`, { method })).status).toBe(405);
  });

  test('asking never calls; a question that somebody recorded does not call at the other address either', async () => {
    const before = await casesOf();
    const question = { ask: 'state', id: freshId() } as const;
    expect((await press(question, '/api/trigger/state')).status).toBe(200);
    expect((await press(question)).status).toBe(400);
    expect(await casesOf()).toEqual(before);
  });

  test('a press that somebody recorded is no question', async () => {
    expect((await press({}, '/api/trigger/state')).status).toBe(400);
  });

  test('five hundred pieces of nonsense: never a 5xx, never a word of the inside, nobody is called', async () => {
    const before = await casesOf();
    const header = fc.oneof(
      fc.stringMatching(/^[ -~]{0,140}$/),
      fc.constantFrom('', '1795482000', `v1=${'0'.repeat(64)}`, 'press-000001', '__proto__'),
    );
    const nonsense = fc.record({
      headers: fc.record({ [HEADERS.timestamp]: header, [HEADERS.id]: header, [HEADERS.signature]: header }),
      body: fc.oneof(fc.string(), fc.json(), fc.constant(JSON.stringify({ place: BUTTON }))),
    });
    for (const { headers, body } of fc.sample(nonsense, 500)) {
      const { status, text } = await post('/api/trigger', headers, body);
      expect([400, 401]).toContain(status);
      expect(text).not.toMatch(INSIDE);
    }
    expect(await casesOf()).toEqual(before);
  }, 30_000);
});

test('a server that serves no places says so', async () => {
  const bare = createServer({
    authentication: { authenticateRequest: async () => undefined },
    receive: world.app.receive,
    ready: () => ({ isReady: true, reasons: [] }),
    log: silentLog,
    local: undefined,
  });
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
  const response = await fetch(`http://127.0.0.1:${bare.address().port}/api/trigger`, {
    method: 'POST',
    body: '{}',
  });
  expect(response.status).toBe(404);
  await response.text();
  await new Promise<void>((resolve) => bare.close(() => resolve()));
});
