import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import type { DocumentStore } from '../../../services/store/store.ts';
import type { Options } from '../benchmark.ts';
import { percentile } from '../percentile.ts';
import type { Table } from '../table.ts';
import { measure, type Sizes } from './measure.ts';
import { type City, type Operation, READS, WRITES } from './operations.ts';
import { pagesRead } from './pages.ts';
import { mostRows } from './rows.ts';
import { readThrough, seed } from './seed.ts';

/** Goal (docs/benchmarks.md): a store of a million documents is no more than twice as slow as one of ten thousand. */
const GOAL = 2;

interface FiledCity extends City {
  readonly store: DocumentStore;
  readonly file: string;
  readonly megabytes: number;
}

/** The embedded store with few and with many documents, in a temporary folder that is removed at the end. */
export async function measureSqlite(options: Options): Promise<Table> {
  const counts = options.isQuick ? { small: 1_000, large: 20_000 } : { small: 10_000, large: 1_000_000 };
  const folder = await mkdtemp(join(tmpdir(), 'mamori-bench-'));
  // Gigabytes must not stay behind when somebody has seen enough.
  const interrupted = () =>
    void rm(folder, { recursive: true, force: true }).finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  try {
    const cities = {
      small: await fill(join(folder, 'small.sqlite'), counts.small, options),
      large: await fill(join(folder, 'large.sqlite'), counts.large, options),
    };
    return tableOf(cities, await measureAll(cities, options));
  } finally {
    process.off('SIGINT', interrupted);
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(file: string, count: number, { progress }: Options): Promise<FiledCity> {
  const bytes = await seed(file, count, (done) => {
    if (done % 200_000 === 0 || done === count) progress(`${done.toLocaleString('en')} documents`);
  });
  await readThrough(file);
  return { store: await openSqliteStore({ path: file }), count, file, megabytes: Math.round(bytes / 1e6) };
}

/** Turns that no measurement comes to. */
const LATER = 100_000;

interface Row {
  readonly operation: string;
  readonly samples: Sizes<number[]>;
  /** Of writes and openings SQLite does not tell. */
  readonly rows: Sizes<number> | undefined;
  readonly pages: Sizes<number | undefined>;
}

async function measureAll(cities: Sizes<FiledCity>, { isQuick, progress }: Options): Promise<Row[]> {
  const rows: Row[] = [];
  const add = async (operation: Operation, turns: number, counted: boolean) => {
    progress(operation.name);
    const pace = isQuick ? { warmUp: 5, turns: 20 } : { warmUp: 200, turns };
    const looked = async ({ file, ...city }: FiledCity) =>
      mostRows(operation, city, file, isQuick ? 20 : 200);
    const pages = (city: City) => pagesRead(operation, city, LATER, isQuick ? 20 : 200);
    rows.push({
      operation: operation.name,
      pages: { small: await pages(cities.small), large: await pages(cities.large) },
      rows: counted ? { small: await looked(cities.small), large: await looked(cities.large) } : undefined,
      samples: await measure(operation, cities, pace),
    });
  };
  for (const operation of READS) await add(operation, 2_000, true);
  // Reads first: writes add to what is there.
  for (const operation of WRITES) await add(operation, 2_000, false);
  const opening = openings(cities);
  await add(opening.operation, 200, false);
  await opening.close();
  for (const { store } of Object.values(cities)) await store.close();
  return rows;
}

/** A further process opens the file. Closing is not measured. */
function openings(cities: Sizes<FiledCity>): { operation: Operation; close(): Promise<void> } {
  let opened: DocumentStore | undefined;
  const close = async () => opened?.close();
  return {
    close,
    operation: {
      name: 'open',
      async prepare({ count }) {
        await close();
        const { file } = count === cities.small.count ? cities.small : cities.large;
        return async () => {
          opened = await openSqliteStore({ path: file });
        };
      },
    },
  };
}

function tableOf({ small, large }: Sizes<FiledCity>, rows: readonly Row[]): Table {
  const size = ({ count }: City) => (count >= 1e6 ? `${count / 1e6}M` : `${count / 1e3}k`);
  const [few, many] = [size(small), size(large)];
  return {
    title: `SQLite, µs (${few}: ${small.megabytes} MB, ${many}: ${large.megabytes.toLocaleString('en')} MB)`,
    columns: [
      { key: 'operation', title: 'operation' },
      { key: 'smallP50', title: `p50 ${few}`, digits: 0 },
      { key: 'largeP50', title: `p50 ${many}`, digits: 0 },
      { key: 'ratioP50', title: 'ratio', digits: 2 },
      { key: 'isMet', title: `≤ ${GOAL}×` },
      { key: 'smallP99', title: `p99 ${few}`, digits: 0 },
      { key: 'largeP99', title: `p99 ${many}`, digits: 0 },
      { key: 'ratioP99', title: 'ratio', digits: 2 },
      { key: 'smallRows', title: `rows ${few}` },
      { key: 'largeRows', title: `rows ${many}` },
      { key: 'smallPages', title: `pages ${few}`, digits: 1 },
      { key: 'largePages', title: `pages ${many}`, digits: 1 },
    ],
    rows: rows.map(({ operation, samples, rows: looked, pages }) => {
      const at = (share: number) =>
        [percentile(samples.small, share), percentile(samples.large, share)] as const;
      const [smallP50, largeP50] = at(0.5);
      const [smallP99, largeP99] = at(0.99);
      const ratioP50 = largeP50 / smallP50;
      return {
        operation,
        smallP50,
        largeP50,
        ratioP50,
        isMet: ratioP50 <= GOAL,
        smallP99,
        largeP99,
        ratioP99: largeP99 / smallP99,
        smallRows: looked?.small ?? null,
        largeRows: looked?.large ?? null,
        smallPages: pages.small ?? null,
        largePages: pages.large ?? null,
      };
    }),
  };
}
