import { openCasework } from '../../harness/casework.ts';
import { type Place as CosmosPlace, LocalCosmos } from '../../harness/cosmos/place.ts';
import type { Benchmark, Options } from '../benchmark.ts';
import { makeCity } from '../live/city.ts';
import { Place } from '../live/place.ts';
import type { Table } from '../table.ts';
import { type Charges, chargedStore, type Kind, noCharges } from './chargedStore.ts';
import { CHAPTERS } from './life.ts';
import { queryUnits } from './requestUnits.ts';

export const cosmosLife: Benchmark = {
  about: 'requests and estimated request units of one case’s whole life on Cosmos DB, and of doing nothing',
  async run(options) {
    const cosmos = await LocalCosmos.start();
    try {
      options.progress('a case');
      const life = await aLife(cosmos);
      options.progress('a minute without a case');
      return { tables: [lifeTable(life), idleTable(await idle(cosmos, options))], notes: NOTES };
    } finally {
      await cosmos.stop();
    }
  },
};

type Life = readonly { readonly name: string; readonly charges: Charges }[];

async function aLife(cosmos: LocalCosmos): Promise<Life> {
  const place = await cosmos.provide();
  let charges = noCharges();
  const store = chargedStore(await place.open(), () => charges);
  const city = await openCasework({ store });
  const life: { name: string; charges: Charges }[] = [];
  for (const { name, happen } of CHAPTERS) {
    charges = noCharges();
    await happen(city);
    life.push({ name, charges });
  }
  await city.world.close();
  return life;
}

function lifeTable(life: Life): Table {
  const sum = (charges: Charges, of: 'calls' | 'least' | 'most') =>
    Object.values(charges).reduce((total, charge) => total + charge[of], 0);
  const row = (name: string, charges: Charges) => ({
    name,
    ...Object.fromEntries(KINDS.map((kind) => [kind, charges[kind].calls])),
    all: sum(charges, 'calls'),
    kb: Math.max(...Object.values(charges).map(({ bytes }) => bytes)) / 1_024,
    least: sum(charges, 'least'),
    most: sum(charges, 'most'),
  });
  const whole = noCharges();
  for (const { charges } of life)
    for (const kind of KINDS) {
      const { calls, bytes, least, most } = charges[kind];
      const to = whole[kind];
      to.calls += calls;
      to.bytes = Math.max(to.bytes, bytes);
      to.least += least;
      to.most += most;
    }
  return {
    title: 'One case, calls of the store and estimated RU',
    columns: [
      { key: 'name', title: 'what happens' },
      ...KINDS.map((kind) => ({ key: kind, title: `${kind}s` })),
      { key: 'all', title: 'all' },
      { key: 'kb', title: 'largest item, KB', digits: 1 },
      { key: 'least', title: 'RU' },
      { key: 'most', title: 'RU, replaces twice' },
    ],
    rows: [...life.map(({ name, charges }) => row(name, charges)), row('whole life', whole)],
  };
}

const KINDS: readonly Kind[] = ['read', 'create', 'replace', 'list'];

interface Idle {
  readonly seconds: number;
  readonly kinds: Readonly<Record<string, number>>;
}

/** The real process, everybody quiet. */
async function idle(cosmos: LocalCosmos, { isQuick }: Options): Promise<Idle> {
  const seconds = isQuick ? 5 : 60;
  const { settings }: CosmosPlace = await cosmos.provide();
  return Place.within(makeCity(30), async (place) => {
    await place.startProduct({
      environment: {
        MAMORI_STORE: 'cosmos',
        COSMOS_ENDPOINT: settings.endpoint,
        COSMOS_DATABASE: settings.database,
        COSMOS_CONTAINER: settings.container,
        COSMOS_KEY: settings.key ?? '',
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const before = cosmos.front.log.length;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    const seen = cosmos.front.log.slice(before);
    const kinds: Record<string, number> = {};
    for (const { kind } of seen) kinds[kind] = (kinds[kind] ?? 0) + 1;
    return { seconds, kinds };
  });
}

function idleTable({ seconds, kinds }: Idle): Table {
  return {
    title: 'An instance without any case, a minute',
    columns: [
      { key: 'kind', title: 'requests' },
      { key: 'perMinute', title: 'a minute' },
      { key: 'units', title: 'RU a second', digits: 1 },
    ],
    rows: Object.entries(kinds).map(([kind, count]) => ({
      kind,
      perMinute: (count * 60) / seconds,
      units: kind === 'query' ? (count * queryUnits()) / seconds : null,
    })),
  };
}

const NOTES: readonly string[] = [
  'The product’s own code with the real SDK on the local Cosmos server, which charges nothing: calls are counted, and request units are estimated from the size of each item as it lies in the container.',
  'Assumed: Microsoft’s published table of point reads and writes by size; reads twice, for bounded staleness; few paths are indexed here, which makes writes cheaper than the table. Its page on costs says that replacing costs twice an insert: the last column. A query of one partition: 3 RU, twice for bounded staleness.',
  'A read, create or replace is one request. A list is a sorted query: by the source of the SDK three requests of the service, a refusal, a plan and the answer; only the last is charged here.',
  'What the engine’s polls cost does not depend on cases and stands in the second table.',
];
