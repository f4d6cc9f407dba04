import type { Benchmark, Options, Result } from '../benchmark.ts';
import { makeCity, NO_STEP_ENDS } from '../live/city.ts';
import { load, Place } from '../live/place.ts';
import { percentile } from '../percentile.ts';
import type { Table } from '../table.ts';
import { type Latency, latency } from './latency.ts';
import { type Bot, startPair } from './pair.ts';
import { roundTrips, roundTripsTable } from './roundTrips.ts';
import { type Batch, throughput } from './throughput.ts';

export const taps: Benchmark = {
  about: 'what a call for help costs, against a bare bot that sends the same cards',
  async run(options) {
    const before = load();
    const tables = [...(await measured(options)), roundTripsTable(await roundTrips(options))];
    return { tables, notes: [...NOTES, `Before: ${before}; after: ${load()}.`] };
  },
};

/** Goals (docs/benchmarks.md). */
const GOALS = { 0: 2, 150: 1.1, cpu: 1.5 } as const;

function measured({ isQuick, progress }: Options): Promise<Result['tables']> {
  const pace = isQuick
    ? { warmUp: 20, turns: { 0: 20, 150: 5 }, batches: 2, taps: 20 }
    : { warmUp: 100, turns: { 0: 300, 150: 150 }, batches: 6, taps: 200 };
  return Place.within(makeCity(NO_STEP_ENDS), async (place) => {
    const { sink } = place;
    const pair = await startPair(place);
    progress('warm-up');
    await throughput(pair, sink, { batches: 2, taps: pace.warmUp / 2, atOnce: 4 });
    const samples: Record<string, Record<Bot, Latency>> = {};
    for (const answerMs of [0, 150] as const) {
      progress(`sink that answers after ${answerMs} ms`);
      sink.answerMs = answerMs;
      samples[answerMs] = await latency(pair, sink, pace.turns[answerMs]);
    }
    sink.answerMs = 0;
    progress('as many as they can');
    const batches = await throughput(pair, sink, { ...pace, atOnce: 8 });
    return [latencyTable(samples), cpuTable(batches)];
  });
}

const SHARES = [50, 95, 99] as const;

function latencyTable(samples: Record<string, Record<Bot, Latency>>): Table {
  const rows = Object.entries(samples).flatMap(([answerMs, { bare, product }]) =>
    (['taken', 'arrived'] as const).flatMap((what) =>
      SHARES.map((share) => {
        const of = ({ [what]: times }: Latency) => percentile(times, share / 100);
        const ratio = of(product) / of(bare);
        // What the goal says: the 95th percentile, at the sink.
        const goal = what === 'taken' && share === 95 ? GOALS[Number(answerMs) as 0 | 150] : null;
        return {
          sink: answerMs === '0' ? 'at once' : `${answerMs} ms`,
          what: `both pages ${what}, p${share}`,
          bare: of(bare),
          product: of(product),
          ratio,
          goal: goal === null ? '' : `≤ ${goal}×`,
          isMet: goal === null ? null : ratio <= goal,
        };
      }),
    ),
  );
  return { title: 'From tap to page, ms', columns: COLUMNS('sink', 'what'), rows };
}

function cpuTable(batches: Record<Bot, Batch[]>): Table {
  const row = (what: string, of: (batch: Batch) => number, goal?: number) => {
    const [bare, product] = [batches.bare, batches.product].map((all) => percentile(all.map(of), 0.5));
    const ratio = (product ?? 0) / (bare ?? 0);
    const isMet = goal === undefined ? null : ratio <= goal;
    return {
      what,
      bare: bare ?? null,
      product: product ?? null,
      ratio,
      goal: goal ? `≤ ${goal}×` : '',
      isMet,
    };
  };
  return {
    title: 'As many taps as possible, no limits, median of batches',
    columns: COLUMNS('what'),
    rows: [
      row('CPU a tap, ms', ({ cpuMs }) => cpuMs, GOALS.cpu),
      row('taps a second', ({ tapsPerSecond }) => tapsPerSecond),
      row('requests to the sink a tap', ({ requests }) => requests),
    ],
  };
}

const COLUMNS = (...names: readonly string[]): Table['columns'] => [
  ...names.map((name) => ({ key: name, title: name })),
  { key: 'bare', title: 'bare', digits: 1 },
  { key: 'product', title: 'product', digits: 1 },
  { key: 'ratio', title: 'ratio', digits: 2 },
  { key: 'goal', title: 'goal' },
  { key: 'isMet', title: 'met' },
];

const NOTES: readonly string[] = [
  'Product: the process that `npm run serve` starts, with SQLite on the disk of temporary files (every commit waits for it), 1,992 people in 61 sections. The limits of Teams are lifted (its pacer works, and never makes anybody wait). Every tap is 「応援 2番窓口」 of somebody who has not called before: a new case, two pages, the caller’s card, then updates.',
  'Bare: botbuilder’s CloudAdapter and restify. On a message it sends two pages (continueConversation, references in memory) and a card to the caller, all at once, with the cards that the product has sent; nothing is saved and nothing decided, and there are no updates.',
  'Both by turns in one run, one tap at a time; the next one when nothing more is being sent. That the pages have gone is shown to the caller a second later, amid later taps. "arrived": both pages are at the sink. "taken": it has answered, too. The goals are looked at in "taken": only then is a page in a chat, and only there the 150 ms are part of the way; a bot that sends its pages side by side waits for no answer before.',
  'CPU: user and system time of the process, all threads, from /proc, in batches of 200 taps, each with what follows from it a second later, and the moment after that.',
];
