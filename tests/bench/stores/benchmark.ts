import type { Benchmark } from '../benchmark.ts';
import { countCosmos } from './cosmos.ts';
import { measureSqlite } from './sqlite.ts';

export const stores: Benchmark = {
  about: 'what a call of the store costs, with few and with many documents',
  async run(options) {
    return { tables: [await measureSqlite(options), await countCosmos(options)], notes: NOTES };
  },
};

const NOTES: readonly string[] = [
  'SQLite: calls (3 KB, three to ten terms) over ten years; 600 of them are what people work on, in both sizes. The product opens the file, in the folder for temporary files; commits wait for the disk.',
  'Both sizes by turns, call by call, after a warm-up. The goal is looked at in the median: p99 also holds what else the machine did.',
  'The operating system has read the files before: a cold start is not measured. "pages" are those that the cache of the store (2 MB) does not have, in the mean; where memory does not hold the file, some of them are reads of the disk.',
  '"rows" are the most that SQLite looked at in one call.',
  'Cosmos DB: requests are counted on the local server with one partition and with two. It scans in memory and charges nothing, so times and request units would prove nothing there. By the source of the SDK a sorted query takes three requests of the service also with one partition: a refusal, a plan, the answer.',
];
