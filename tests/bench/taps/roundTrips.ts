import { LocalCosmos } from '../../harness/cosmos/place.ts';
import type { Options } from '../benchmark.ts';
import { makeCity, NO_STEP_ENDS, says } from '../live/city.ts';
import { Place } from '../live/place.ts';
import type { Program } from '../live/program.ts';
import type { Sink } from '../live/sink.ts';
import { percentile } from '../percentile.ts';
import type { Table } from '../table.ts';
import { CALL } from './pair.ts';

interface RoundTrips {
  readonly who: string;
  /** Requests to the store from the tap to the first message of the case. */
  readonly requests: number;
  /** How many of them one after another: as many answers' delays as the first page is late by. */
  readonly inTurn: number;
}

const GOAL = 2;
/** By which the front delays every answer when told to (`harness/cosmos/front.ts`). */
const DELAY_MS = 30;

/**
 * How often the store is asked before the first page leaves, on Cosmos DB through the real SDK: there, each request is a
 * way to another machine. When every answer comes 30 ms later and the page 60 ms, two had to wait for each other.
 */
export async function roundTrips({ isQuick, progress }: Options): Promise<RoundTrips[]> {
  progress('round trips to the store');
  const turns = isQuick ? 2 : 15;
  const cosmos = await LocalCosmos.start();
  try {
    return await Place.within(makeCity(NO_STEP_ENDS), async (place) => {
      const { city, sink } = place;
      const { settings, open } = await cosmos.provide();
      const store = await open();
      await place.install(
        [...city.callers.slice(0, WARM_UP + 4 * turns), ...city.duty, city.generalAffairs],
        store,
      );
      await store.close();
      const environment = {
        MAMORI_STORE: 'cosmos',
        COSMOS_ENDPOINT: settings.endpoint,
        COSMOS_DATABASE: settings.database,
        COSMOS_CONTAINER: settings.container,
        COSMOS_KEY: settings.key ?? '',
      };
      const product = await place.startProduct({ environment, preload: 'tests/bench/live/unlimited.ts' });
      const tap = (n: number) => firstPage(cosmos, sink, product, city.callers[n] ?? '');
      for (let n = 0; n < WARM_UP; n += 1) await tap(n);
      const strangers: Pairs = { soon: [], late: [] };
      const known: Pairs = { soon: [], late: [] };
      for (let turn = 0; turn < 2 * turns; turn += 1) {
        const when = turn % 2 === 0 ? 'soon' : 'late';
        const caller = city.callers[WARM_UP + turn] ?? '';
        cosmos.front.script = () => (when === 'late' ? 'slow' : undefined);
        strangers[when].push(await tap(WARM_UP + turn));
        cosmos.front.script = () => undefined;
        await product.post(says(caller, '取消', sink.serviceUrl));
        await sink.quiet(1_500);
        cosmos.front.script = () => (when === 'late' ? 'slow' : undefined);
        known[when].push(await tap(WARM_UP + turn));
      }
      return [
        { who: 'of somebody not heard of for a minute', ...tripsOf(strangers) },
        { who: 'of somebody heard of within a minute', ...tripsOf(known) },
      ];
    });
  } finally {
    await cosmos.stop();
  }
}

const WARM_UP = 10;

interface First {
  readonly ms: number;
  readonly requests: number;
}
interface Pairs {
  readonly soon: First[];
  readonly late: First[];
}

/** The engine also looks at the store now and then: the median is of taps that it did not meet. */
function tripsOf({ soon, late }: Pairs): Omit<RoundTrips, 'who'> {
  const ms = (all: readonly First[]) =>
    percentile(
      all.map((one) => one.ms),
      0.5,
    );
  return {
    requests: percentile(
      soon.map((one) => one.requests),
      0.5,
    ),
    inTurn: (ms(late) - ms(soon)) / DELAY_MS,
  };
}

async function firstPage(
  { front }: LocalCosmos,
  sink: Sink,
  product: Program,
  caller: string,
): Promise<First> {
  await sink.quiet(100);
  const before = front.log.length;
  const startedAt = performance.now();
  const first = new Promise<First>((resolve) => {
    sink.onTaken = ({ method, arrivedAt }) => {
      if (method === 'POST') resolve({ ms: arrivedAt - startedAt, requests: front.log.length - before });
    };
  });
  const answered = product.post(says(caller, CALL, sink.serviceUrl));
  const found = await first;
  await answered;
  return found;
}

export const roundTripsTable = (rows: readonly RoundTrips[]): Table => ({
  title: 'Requests to the store before the first page (Cosmos DB, local server)',
  columns: [
    { key: 'who', title: 'a tap' },
    { key: 'requests', title: 'requests' },
    { key: 'inTurn', title: 'one after another', digits: 1 },
    { key: 'goal', title: 'goal' },
    { key: 'isMet', title: 'met' },
  ],
  rows: rows.map((row) => ({ ...row, goal: `≤ ${GOAL}`, isMet: Math.round(row.inTurn) <= GOAL })),
});
