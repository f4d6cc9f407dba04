import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeReference } from '../../../../bot/teams/reference.ts';
import { createServiceAddress } from '../../../../bot/teams/serviceAddress.ts';
import { answers, OddService, type Reaction, refuses } from '../../../harness/oddService.ts';
import { memoryPeople, referenceTo, teamsChannel } from '../../../harness/teamsChannel.ts';

const message = { card: { type: 'AdaptiveCard' }, summary: '【応援】2番窓口', alert: true };
const PERSON = '11111111-2222-4333-8444-555555555555';

let service: OddService;
beforeEach(async () => {
  service = await OddService.open();
});
afterEach(() => service.close());

/** Teams, where this is the conversation that is created. */
const teams =
  (created: Reaction, posted: Reaction = answers(201, { id: 'a7' })): Reaction =>
  (res, req) =>
    (req.url.endsWith('/v3/conversations') ? created : posted)(res, req);

const conversation = answers(201, { id: 'a:1' });

function open(references: Record<string, string> = {}, configured = service.url) {
  const people = memoryPeople(references);
  const channel = teamsChannel({ people, serviceAddress: createServiceAddress(people, configured) });
  const referenceOf = (id: string) => decodeReference(people.known.get(id)?.reference ?? null);
  return { people, channel, referenceOf };
}

describe('somebody who has never opened the bot', () => {
  test('gets the conversation created by their Entra object id, and the message', async () => {
    service.reaction = teams(conversation);
    const { channel, referenceOf } = open();
    expect(await channel.send({ person: PERSON }, message)).toEqual({ kind: 'delivered', activityId: 'a7' });
    const [created, posted] = service.requests;
    expect(created).toMatchObject({ method: 'POST', url: '/_connector/v3/conversations' });
    expect(JSON.parse(created?.body ?? '')).toEqual({
      bot: { id: '28:app' },
      members: [{ id: PERSON }],
      isGroup: false,
      tenantId: 't',
      channelData: { tenant: { id: 't' } },
    });
    expect(posted?.url).toBe('/_connector/v3/conversations/a%3A1/activities');
    expect(referenceOf(PERSON)).toMatchObject({ conversationId: 'a:1', serviceUrl: service.url });
  });

  test('the second message goes there without asking again', async () => {
    service.reaction = teams(conversation);
    const { channel } = open();
    await channel.send({ person: PERSON }, message);
    await channel.send({ person: PERSON }, message);
    expect(service.requests.map(({ url }) => url.endsWith('/v3/conversations'))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('has not installed the app: unreachable, and nothing is sent', async () => {
    service.reaction = teams(refuses(403, 'ForbiddenOperationException'));
    const { channel, referenceOf } = open();
    expect(await channel.send({ person: PERSON }, message)).toEqual({
      kind: 'unreachable',
      reason: 'HTTP 403 ForbiddenOperationException',
    });
    expect(service.requests).toHaveLength(1);
    expect(referenceOf(PERSON)).toBeUndefined();
  });

  test.each([
    ['502', answers(502, {})],
    ['a reset', ((res) => res.socket?.destroy()) satisfies Reaction],
    ['an answer without an id', answers(201, {})],
    ['429', answers(429, {}, { 'retry-after': '3' })],
  ])('%s to the first request: no message can have arrived', async (_, reaction) => {
    service.reaction = teams(reaction);
    const { channel } = open();
    expect((await channel.send({ person: PERSON }, message)).kind).toBe('retry');
    expect(service.requests).toHaveLength(1);
  });

  test('a reset at the message itself leaves it uncertain', async () => {
    service.reaction = teams(conversation, (res) => res.socket?.destroy());
    const { channel } = open();
    expect((await channel.send({ person: PERSON }, message)).kind).toBe('uncertain');
    expect(service.requests).toHaveLength(2);
  });

  test('a store that does not keep it does not keep the message', async () => {
    service.reaction = teams(conversation);
    const { channel, people } = open();
    people.renew = async () => Promise.reject(new Error('store'));
    expect((await channel.send({ person: PERSON }, message)).kind).toBe('delivered');
  });

  test('has no card yet that could be updated', async () => {
    const { channel } = open();
    expect((await channel.update({ person: PERSON }, 'a1', message)).kind).toBe('unreachable');
    expect(service.requests).toEqual([]);
  });
});

describe('a conversation that Teams has forgotten', () => {
  const forgotten: Reaction = (res, req) =>
    req.url.includes('old') ? refuses(404, 'ConversationNotFound')(res, req) : teams(conversation)(res, req);

  test('is created anew, and the message goes there', async () => {
    service.reaction = forgotten;
    const { channel, referenceOf } = open({ [PERSON]: referenceTo(service.url, 'old') });
    expect((await channel.send({ person: PERSON }, message)).kind).toBe('delivered');
    expect(service.requests).toHaveLength(3);
    expect(referenceOf(PERSON)?.conversationId).toBe('a:1');
  });

  test('stays as it is in local mode, where no other can be created', async () => {
    service.reaction = forgotten;
    const people = memoryPeople({ [PERSON]: referenceTo(service.url, 'old') });
    expect((await teamsChannel({ people }).send({ person: PERSON }, message)).kind).toBe('unreachable');
    expect(people.known.get(PERSON)?.reference).toBe(referenceTo(service.url, 'old'));
  });
});

describe('whether somebody can be reached', () => {
  test('is asked without a message; the conversation is kept', async () => {
    service.reaction = teams(conversation);
    const { channel, referenceOf } = open();
    expect(await channel.reach(PERSON)).toEqual({ kind: 'reachable' });
    expect(service.requests).toHaveLength(1);
    expect(referenceOf(PERSON)?.conversationId).toBe('a:1');
  });

  test('by the same request where they are known; what they wrote from stays', async () => {
    service.reaction = teams(answers(201, { id: 'a:other' }));
    const { channel, referenceOf } = open({ [PERSON]: referenceTo(service.url) });
    expect(await channel.reach(PERSON)).toEqual({ kind: 'reachable' });
    expect(JSON.parse(service.requests[0]?.body ?? '')).toMatchObject({ bot: { id: '28:bot' } });
    expect(referenceOf(PERSON)?.conversationId).toBe('chat-1');
  });

  test.each([
    [refuses(403, 'ForbiddenOperationException'), { kind: 'unreachable', why: 'not-installed' }],
    [refuses(403, 'ConversationBlockedByUser'), { kind: 'unreachable', why: 'blocked' }],
    [refuses(404, 'NotFound'), { kind: 'unreachable', why: 'unknown-person' }],
    [answers(429, {}, { 'retry-after': '5' }), { kind: 'unknown', retryAfterMs: 5_000 }],
    [answers(503, {}), { kind: 'unknown' }],
  ])('says why not (%#)', async (reaction, expected) => {
    service.reaction = teams(reaction);
    expect(await open().channel.reach(PERSON)).toMatchObject(expected);
  });

  test('in local mode nobody is who has not opened a window', async () => {
    const channel = teamsChannel({ people: memoryPeople({}) });
    expect(await channel.reach(PERSON)).toMatchObject({ kind: 'unreachable', why: 'no-address' });
  });
});

describe('where the tenant is served', () => {
  test('is where its activities came from, and after a restart still', async () => {
    service.reaction = teams(conversation);
    const { channel, people } = open({}, 'https://smba.trafficmanager.net/teams/');
    await channel.heard({
      serviceUrl: service.url,
      conversationId: 'c',
      botId: '28:app',
      userId: '29:x',
      tenantId: 't',
    });
    const address = createServiceAddress(people, 'https://smba.trafficmanager.net/teams/');
    expect(await address.read()).toBe(service.url);
    expect(await channel.reach(PERSON)).toEqual({ kind: 'reachable' });
  });

  test('is what is configured until then', async () => {
    expect(await createServiceAddress(memoryPeople({}), 'https://x/').read()).toBe('https://x/');
  });

  test('is written once, not with each activity', async () => {
    const people = memoryPeople({});
    let writes = 0;
    const { update } = people;
    people.update = (id, change) => {
      writes += 1;
      return update(id, change);
    };
    const address = createServiceAddress(people, 'https://x/');
    for (let n = 0; n < 5; n++) await address.seen('https://y/');
    expect(writes).toBe(1);
  });

  test('must be allowed: a tampered row leaks no token', async () => {
    const { channel } = open({ 'service:teams': 'http://127.0.0.2:1/' });
    expect(await channel.reach(PERSON)).toMatchObject({ kind: 'unreachable', why: 'no-address' });
    expect((await channel.send({ person: PERSON }, message)).kind).toBe('unreachable');
  });
});
