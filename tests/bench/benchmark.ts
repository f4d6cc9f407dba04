import type { Table } from './table.ts';

/** Something of the product that is measured. It never fails by the clock: tables say whether a goal is met. */
export interface Benchmark {
  /** One line, for whoever chooses. */
  readonly about: string;
  run(options: Options): Promise<Result>;
}

export interface Options {
  /** Far fewer documents and repetitions: shows that a benchmark works, and measures nothing. */
  readonly isQuick: boolean;
  /** What goes on, while it does. */
  readonly progress: (line: string) => void;
}

/** Written as JSON as it is. */
export interface Result {
  readonly tables: readonly Table[];
  /** How it was measured, and what it does not show. */
  readonly notes: readonly string[];
}

/** By the name that `npm run bench -- <name>` takes. Loaded one by one: what one needs costs the others nothing. */
export const BENCHMARKS: Readonly<Record<string, () => Promise<Benchmark>>> = {
  taps: async () => (await import('./taps/benchmark.ts')).taps,
  storm: async () => (await import('./storm/benchmark.ts')).storm,
  timers: async () => (await import('./timers/benchmark.ts')).timers,
  recovery: async () => (await import('./recovery/benchmark.ts')).recovery,
  'cosmos-life': async () => (await import('./cosmosLife/benchmark.ts')).cosmosLife,
  stores: async () => (await import('./stores/benchmark.ts')).stores,
  sending: async () => (await import('./sending/benchmark.ts')).sending,
};
