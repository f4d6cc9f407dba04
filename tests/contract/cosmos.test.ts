import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { externalCosmos } from '../harness/cosmos/external.ts';
import { everyNth, FAULTS } from '../harness/cosmos/faults.ts';
import { LocalCosmos } from '../harness/cosmos/place.ts';
import { NOT_PROVEN } from '../harness/cosmos/server.ts';
import type { Backing } from './store/bench.ts';
import { describeStoreContract, describeStoreQueries } from './store.ts';

/** One process is client, front and server at once: on a busy machine that takes its time. */
jest.setTimeout(30_000);

const { COSMOS_ENDPOINT = '' } = process.env;

if (COSMOS_ENDPOINT === '') {
  describe('real SDK → fault front → local server', () => {
    let cosmos: LocalCosmos;
    beforeAll(async () => {
      cosmos = await LocalCosmos.start();
    });
    afterAll(async () => {
      await cosmos.stop();
      process.stdout.write(NOT_PROVEN);
    });

    describeStoreContract('Cosmos DB', () => cosmos.provide());

    describe('two physical partitions, merged by the SDK', () => {
      const provide = async () => {
        const place = await cosmos.provide();
        cosmos.front.isPartitioned = true;
        return place;
      };
      describeStoreQueries('Cosmos DB', provide);

      test('queries went to both', () => {
        const asked = cosmos.front.log.map(({ partition }) => partition);
        expect([...new Set(asked)].sort()).toEqual(['0', '1', undefined]);
      });
    });

    describe('every 20th answer faulty', () => {
      const script = everyNth(20, 20_261_124);
      describeStoreContract('Cosmos DB', () => cosmos.provide(script, { limits: { attemptMs: 300 } }));

      test('each fault was met, reads, writes and queries among them', () => {
        const met = cosmos.front.log.filter(({ fault }) => fault !== undefined);
        expect([...new Set(met.map(({ fault }) => fault))].sort()).toEqual([...FAULTS].sort());
        expect(new Set(met.map(({ kind }) => kind))).toEqual(
          new Set(['create', 'replace', 'read', 'query', 'other']),
        );
      });
    });
  });
} else {
  let provide: () => Promise<Backing>;
  beforeAll(async () => {
    provide = await externalCosmos(COSMOS_ENDPOINT);
  });
  describeStoreContract(`Cosmos DB at ${COSMOS_ENDPOINT}`, () => provide());
}
