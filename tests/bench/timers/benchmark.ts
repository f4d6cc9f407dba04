import { join } from 'node:path';
import type { Document } from '../../../services/store/store.ts';
import type { Benchmark, Options } from '../benchmark.ts';
import { makeCity } from '../live/city.ts';
import { OpenCalls } from '../live/openCalls.ts';
import { load, Place } from '../live/place.ts';
import { seedFile } from '../live/seedFile.ts';
import { codeOf } from '../stores/documents.ts';
import { latencyCells, latencyColumns, type Table } from '../table.ts';
import type { FirstWrites } from './firstWrites.ts';

export const timers: Benchmark = {
  about: 'how late timers are, among 100,000 that wait',
  async run(options) {
    const before = load();
    const rows: Row[] = [];
    for (const limits of ['none', 'of Teams'] as const) {
      options.progress(`limits: ${limits}`);
      rows.push(...(await measured(limits, options)));
    }
    return { tables: [tableOf(rows)], notes: [...NOTES, `Before: ${before}; after: ${load()}.`] };
  },
};

/** Goal (docs/benchmarks.md), at the 99th percentile. */
const GOAL = { at: 'p99', ms: 250 } as const;
const WAIT_MS = 30_000;
const DAY_MS = 86_400_000;
const A_SECOND = 50;
const BURST = 200;
/** From the start of the product to the first of them: everything is loaded, compilers have seen some work. */
const HEAD_START_MS = 12_000;
/** What making and storing one of them takes at most. */
const SEEDING_MS = 2;

interface Row {
  readonly limits: string;
  readonly when: string;
  readonly lateness: readonly number[];
  readonly due: number;
}

async function measured(limits: 'none' | 'of Teams', options: Options): Promise<Row[]> {
  const count = options.isQuick ? 2_000 : 100_000;
  const seconds = options.isQuick ? 5 : 60;
  const city = makeCity(WAIT_MS / 1_000);
  return Place.within(city, async (place) => {
    await place.install(city.everybody);
    const calls = new OpenCalls(city);
    const file = join(place.data, 'mamori.sqlite');
    const steady = seconds * A_SECOND;
    const near = steady + BURST;
    // Made first and dated when the others are there: making 100,000 calls takes its time.
    const soon = Array.from({ length: near }, (_, n) => calls.dueAt(n, AS_MADE, WAIT_MS));
    const fromThenOn = Date.now() + SEEDING_MS * count + 2 * HEAD_START_MS;
    seedFile(file, spread(calls, near, count, fromThenOn));
    const startAt = Date.now() + HEAD_START_MS + SEEDING_MS * near;
    const dueOf = (n: number): number =>
      startAt + (n < steady ? Math.floor((n * 1_000) / A_SECOND) : seconds * 1_000 + 3_000);
    seedFile(file, dated(soon, dueOf));
    const writtenAt = new Map<string, number>();
    const onMessage = (message: unknown) => {
      for (const [code, at] of message as FirstWrites) writtenAt.set(code, at);
    };
    const preload =
      limits === 'none' ? 'tests/bench/timers/unlimited.ts' : 'tests/bench/timers/firstWrites.ts';
    await place.startProduct({ preload, onMessage });
    if (Date.now() > startAt) options.progress('not ready in time: the first timers are late by that');
    await new Promise((resolve) => setTimeout(resolve, dueOf(steady) + 15_000 - Date.now()));
    const lateness = (from: number, to: number) =>
      Array.from(
        { length: to - from },
        (_, n) => (writtenAt.get(codeOf(from + n)) ?? Number.NaN) - dueOf(from + n),
      );
    const row = (when: string, from: number, to: number): Row => ({
      limits,
      when,
      lateness: lateness(from, to).filter((ms) => !Number.isNaN(ms)),
      due: to - from,
    });
    return [
      row(`${A_SECOND} a second for ${seconds} s`, 0, steady),
      row(`${BURST} at the same moment`, steady, steady + BURST),
    ];
  });
}

/** When the calls are due as they are made: times of this size are told from other numbers. */
const AS_MADE = Date.UTC(2040, 0);

/** The others, over a day. */
function* spread(calls: OpenCalls, first: number, count: number, from: number): Iterable<Document> {
  for (let n = first; n < count; n += 1)
    yield calls.dueAt(n, from + Math.floor(((n - first) * DAY_MS) / count), WAIT_MS);
}

/** Every time in a document moved by as much: the call was opened that much earlier. */
function* dated(documents: readonly Document[], dueOf: (n: number) => number): Iterable<Document> {
  for (const [n, document] of documents.entries()) {
    const by = dueOf(n) - AS_MADE;
    const moved = JSON.stringify(document).replaceAll(/(?<=[:[,])\d{13}(?=[,}\]])/g, (time) =>
      String(Number(time) + by),
    );
    yield JSON.parse(moved) as Document;
  }
}

const SHARES = ['p50', 'p95', 'p99'] as const;

const tableOf = (rows: readonly Row[]): Table => ({
  title: 'From due to committed, ms',
  columns: [
    { key: 'when', title: 'timers that fall due' },
    { key: 'limits', title: 'limits' },
    { key: 'fired', title: 'committed' },
    ...latencyColumns(SHARES),
  ],
  rows: rows.map(({ when, limits, lateness, due }) => ({
    when,
    limits,
    fired: `${lateness.length} of ${due}`,
    ...latencyCells(lateness, SHARES, { ...GOAL, count: due }),
  })),
});

const NOTES: readonly string[] = [
  'The product as `npm run serve` starts it, SQLite, with the machine’s clock. Open calls made by its own rules: General Affairs has answered, and nobody of the section. Each timer ends a step, which pages the next person and shows three cards anew; half a minute later the first person is paged again. That is 200 messages a second and more, four times what Teams takes from one bot. "none": the sink takes them all. "of Teams": the pacer holds them back, and what it holds back is written again.',
  'Committed: the write in which the timer has fired, when SQLite has it on the disk.',
];
