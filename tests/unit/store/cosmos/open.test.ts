import type { ContainerRequest, CosmosClient } from '@azure/cosmos';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { silentLog } from '../../../../services/log.ts';
import { clientOptions, createClient } from '../../../../services/store/cosmos/client.ts';
import { containerDefinition } from '../../../../services/store/cosmos/containerDefinition.ts';
import { openContainer } from '../../../../services/store/cosmos/openContainer.ts';
import { type CosmosOptions, openCosmosStore } from '../../../../services/store/cosmos/openCosmosStore.ts';
import { provision } from '../../../../services/store/cosmos/provision.ts';
import { openStore } from '../../../../services/store/openStore.ts';
import { LocalCosmos } from '../../../harness/cosmos/place.ts';

let cosmos: LocalCosmos;
beforeAll(async () => {
  cosmos = await LocalCosmos.start();
});
afterAll(() => cosmos.stop());

const SETTINGS = { kind: 'cosmos', database: 'test', container: 'mamori', key: 'any' } as const;
const settings = (over: Partial<CosmosOptions> = {}): CosmosOptions => ({
  ...SETTINGS,
  endpoint: cosmos.front.endpoint,
  limits: { attemptMs: 500, deadlineMs: 1_000 },
  ...over,
});

/** A container as an operator might have made it. */
async function made(id: string, over: Partial<ContainerRequest>): Promise<CosmosOptions> {
  const client = await createClient(settings());
  const { database } = await client.databases.createIfNotExists({ id: 'test' });
  await database.containers.create({ ...containerDefinition(id), ...over });
  return settings({ container: id });
}

describe('opening', () => {
  test('what the settings name is opened', async () => {
    await provision(settings());
    const store = await openStore(settings(), silentLog);
    await expect(store.ping()).resolves.toBeUndefined();
    await store.close();
  });

  test('a container that is not there is not made: it says what to do', async () => {
    const absent = settings({ container: 'absent' });
    await expect(openCosmosStore(absent)).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringMatching(/no container test\/absent at http.*npm run store:provision/),
    });
    await expect(openCosmosStore(absent)).rejects.toThrow();
    expect(cosmos.front.log.filter(({ method }) => method === 'POST').length).toBeLessThan(5);
  });

  test.each<[string, Partial<ContainerRequest>, RegExp]>([
    ['wrong partition key', { partitionKey: { paths: ['/id'] } }, /partition key is \/id and must be \/pk/],
    ['a time to live', { defaultTtl: 3_600 }, /deletes items after 3600 seconds/],
    [
      'no composite indexes',
      { indexingPolicy: { compositeIndexes: [] } },
      /no composite index \(\/kind ascending, \/sortAt descending, \/pk ascending\).*\(\/dueAt ascending/,
    ],
    [
      'too few indexes',
      { indexingPolicy: { ...containerDefinition('').indexingPolicy, includedPaths: [{ path: '/kind/?' }] } },
      /does not index \/dueAt\/\?, \/sortAt\/\?/,
    ],
  ])('a container with %s is refused', async (name, over, expected) => {
    const wrong = await made(name.replaceAll(' ', '-'), over);
    await expect(openCosmosStore(wrong)).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringMatching(expected),
    });
  });

  test('more indexes than needed, and a time to live that is off, are no problem', async () => {
    const indexingPolicy = { ...containerDefinition('').indexingPolicy, includedPaths: [{ path: '/*' }] };
    const store = await openCosmosStore(await made('indexed-all', { indexingPolicy, defaultTtl: -1 }));
    await store.close();
  });

  test('where nobody listens it is unavailable', async () => {
    const nowhere = settings({ endpoint: 'http://127.0.0.1:1', limits: { deadlineMs: 200, attemptMs: 100 } });
    await expect(openCosmosStore(nowhere)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Cosmos DB could not do it (ECONNREFUSED).',
    });
  });
});

describe('an account', () => {
  const ACCOUNT = { ...SETTINGS, endpoint: 'https://city.documents.azure.com/' };
  const { signal } = new AbortController();

  /** A client of an account that answers this. */
  const client = (account: () => Promise<{ resource: { consistencyPolicy: string } }>): CosmosClient =>
    ({
      getDatabaseAccount: account,
      database: () => ({
        container: () => ({ read: async () => ({ resource: containerDefinition('mamori') }) }),
      }),
    }) as unknown as CosmosClient;
  const level = (consistencyPolicy: string) =>
    openContainer(
      client(async () => ({ resource: { consistencyPolicy } })),
      ACCOUNT,
      signal,
    );

  test.each(['Strong', 'BoundedStaleness'] as const)('%s is enough', async (name) => {
    await expect(level(name)).resolves.toBeDefined();
  });

  test.each(['Session', 'ConsistentPrefix', 'Eventual'] as const)('%s is not', async (name) => {
    await expect(level(name)).rejects.toMatchObject({
      code: 'incompatible',
      message: expect.stringContaining(`consistency of the account is ${name}. Set the account's default`),
    });
  });

  test.each([
    [401, 'unavailable', /refuses this identity \(401\).*Built-in Data Contributor/],
    [403, 'unavailable', /refuses this identity \(403\)/],
    [400, 'incompatible', /refuses reads of the level BoundedStaleness/],
  ])('a refusal with %p is explained', async (code, expected, message) => {
    const refusing = client(() => Promise.reject(Object.assign(new Error('secret'), { code })));
    await expect(openContainer(refusing, ACCOUNT, signal)).rejects.toMatchObject({
      code: expected,
      message: expect.stringMatching(message),
    });
  });

  test('is read with an explicit consistency, an emulator with its own', () => {
    expect(clientOptions(ACCOUNT.endpoint, undefined).consistencyLevel).toBe('BoundedStaleness');
    expect(clientOptions('https://localhost:8081', undefined)).not.toHaveProperty('consistencyLevel');
  });

  test('is asked by the SDK once: what is repeated, and when, is ours to say', () => {
    expect(clientOptions(ACCOUNT.endpoint, undefined).connectionPolicy).toMatchObject({
      enableEndpointDiscovery: false,
      retryOptions: { maxRetryAttemptCount: 0 },
    });
  });

  test('gets no key, whatever is set', async () => {
    const credential = { getToken: async () => null };
    const { clientContext } = (await createClient(ACCOUNT, undefined, credential)) as unknown as {
      clientContext: { cosmosClientOptions: Record<string, unknown> };
    };
    expect(clientContext.cosmosClientOptions).toMatchObject({ aadCredentials: credential });
    expect(clientContext.cosmosClientOptions.key).toBeUndefined();
  });
});

describe('npm run store:provision', () => {
  test('makes database and container once, and says so', async () => {
    const fresh = settings({ database: 'fresh' });
    expect(await provision(fresh)).toEqual(['database fresh: made', 'container fresh/mamori: made']);
    expect(await provision(fresh)).toEqual([
      'database fresh: was there already',
      'container fresh/mamori: was there already',
    ]);
  });

  test('says what is wrong with a container that was there', async () => {
    const wrong = await made('wrong', { partitionKey: { paths: ['/id'] } });
    expect((await provision(wrong)).at(-1)).toMatch(/its partition key is \/id/);
  });

  test.each(['https://city.documents.azure.com/', 'https://127.0.0.1.example/', 'https://cosmos.internal'])(
    'makes nothing at %s',
    async (endpoint) => {
      await expect(provision(settings({ endpoint }))).rejects.toThrow(/^COSMOS_ENDPOINT: /);
    },
  );
});

describe('the debug log', () => {
  test('has purpose, status, charge and activity id of each request, and no content', async () => {
    const lines: object[] = [];
    const keep = (fields: object) => void lines.push(fields);
    const log = { ...silentLog, debug: keep };
    await provision(settings());
    const counted: object[] = [];
    const onRequest = (request: object) => void counted.push(request);
    const store = await openCosmosStore({ ...settings({ log }), onRequest });
    const document = {
      kind: 'call',
      id: 'K-7F3Q',
      dueAt: null,
      terms: ['語'],
      sortAt: 1,
      summary: '語',
      body: '語',
    };
    await store.create(document);
    await store.create(document).catch(() => {});
    await store.list({ kind: 'call', term: '語', limit: 1 });
    cosmos.front.script = ({ kind }) => (kind === 'read' ? 'reset' : undefined);
    await store.read(document).catch(() => {});
    cosmos.front.script = () => undefined;
    const common = { requestUnits: 1, activityId: expect.any(String), ms: expect.any(Number) };
    expect(lines).toEqual(
      expect.arrayContaining([
        { operation: 'open', status: 200, ...common },
        { operation: 'create', key: 'call/K-7F3Q', status: 201, ...common },
        { operation: 'create', key: 'call/K-7F3Q', status: 409, ...common },
        { operation: 'list', status: 200, ...common },
        { operation: 'read', key: 'call/K-7F3Q', reason: 'ECONNRESET', ms: expect.any(Number) },
      ]),
    );
    const ms = expect.any(Number);
    expect(counted).toEqual(
      expect.arrayContaining([
        { operation: 'open', status: 200, requestUnits: 1, ms },
        { operation: 'create', status: 409, requestUnits: 1, ms },
        { operation: 'read', requestUnits: 0, ms },
      ]),
    );
    expect(JSON.stringify(lines)).not.toMatch(/語/);
    await store.close();
  });
});
