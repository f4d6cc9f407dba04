import { join } from 'node:path';
import type { Benchmark, Options } from '../benchmark.ts';
import { makeCity } from '../live/city.ts';
import { OpenCalls } from '../live/openCalls.ts';
import { load, Place } from '../live/place.ts';
import { seedFile } from '../live/seedFile.ts';
import { latencyCells, latencyColumns, type Table } from '../table.ts';

export const recovery: Benchmark = {
  about: 'how long it takes to be ready again after SIGKILL, with 10,000 open calls',
  async run(options) {
    const before = load();
    const open = options.isQuick ? 500 : 10_000;
    const [none, many] = await restarts([0, open], options);
    const tables = [
      tableOf([
        { open: 0, ms: none ?? [] },
        { open, ms: many ?? [] },
      ]),
    ];
    return { tables, notes: [...NOTES, `Before: ${before}; after: ${load()}.`] };
  },
};

/** Goal (docs/benchmarks.md). */
const GOAL = { at: 'p50', ms: 3_000 } as const;
const WAIT_MS = 30_000;
/** The next timers of the open calls are spread over this. */
const SPREAD_MS = 3_600_000;
/** How long it works before it is killed. */
const WORKS_MS = 2_000;

/** By turns, so that what else the machine does meets all alike. */
async function restarts(
  counts: readonly number[],
  { isQuick, progress }: Options,
): Promise<readonly (readonly number[])[]> {
  const city = makeCity(WAIT_MS / 1_000);
  const samples = counts.map((): number[] => []);
  const calls = new OpenCalls(city);
  const within = async (places: readonly Place[]): Promise<void> => {
    const count = counts[places.length];
    if (count !== undefined) {
      return Place.within(city, async (place) => {
        progress(`${count.toLocaleString('en')} open calls`);
        await place.install(city.everybody);
        const now = Date.now();
        const documents = function* () {
          for (let n = 0; n < count; n += 1)
            yield calls.dueAt(n, now + Math.floor((n * SPREAD_MS) / count), WAIT_MS);
        };
        seedFile(join(place.data, 'mamori.sqlite'), documents());
        await within([...places, place]);
      });
    }
    for (let turn = 0; turn < (isQuick ? 2 : 9); turn += 1) {
      for (const [n, place] of places.entries()) {
        const startedAt = performance.now();
        const product = await place.startProduct();
        const ms = performance.now() - startedAt;
        // The first start was not after a kill.
        if (turn > 0) samples[n]?.push(ms);
        await new Promise((resolve) => setTimeout(resolve, WORKS_MS));
        await product.kill();
      }
    }
  };
  await within([]);
  return samples;
}

const SHARES = ['p50'] as const;

const tableOf = (rows: readonly { open: number; ms: readonly number[] }[]): Table => ({
  title: 'From the start of the process to 200 of /readyz, ms',
  columns: [
    { key: 'open', title: 'open calls' },
    { key: 'times', title: 'starts' },
    ...latencyColumns(SHARES),
  ],
  rows: rows.map(({ open, ms }) => ({ open, times: ms.length, ...latencyCells(ms, SHARES, GOAL) })),
});

const NOTES: readonly string[] = [
  'The product as `npm run serve` starts it, on SQLite, with the organisation file of 1,992 people; killed with SIGKILL two seconds after it was ready, while pages were being sent, and started again at once. The open calls wait for their next step, spread over an hour. Most of it is Node that loads the program, as the row without calls shows.',
];
