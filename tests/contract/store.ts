import { describe } from '@jest/globals';
import { describeAll } from './store/all.ts';
import { type Backing, type Bench, useBench } from './store/bench.ts';
import { describeConcurrency } from './store/concurrency.ts';
import { describeLifecycle } from './store/lifecycle.ts';
import { describeListing } from './store/listing.ts';
import { describePaging } from './store/paging.ts';
import { describeRanges } from './store/ranges.ts';
import { describeValues } from './store/values.ts';
import { describeWakeups } from './store/wakeups.ts';
import { describeWriting } from './store/writing.ts';

/**
 * What every adapter of the `DocumentStore` port promises. The suite knows no adapter: it is given a place for data
 * (`provide`, a fresh and empty one for each test), opens stores on it, and sees only the port.
 */
export function describeStoreContract(name: string, provide: () => Promise<Backing>): void {
  describe(`${name}: contract of the document store`, () => {
    const bench = useBench(provide);
    describe('writing', () => describeWriting(bench));
    describe('several writers', () => describeConcurrency(bench));
    describe('values', () => describeValues(bench));
    describeQueries(bench);
    describe('life', () => describeLifecycle(bench));
  });
}

/** Only what is found by searching: for one more way in which the same store may be asked. */
export function describeStoreQueries(name: string, provide: () => Promise<Backing>): void {
  describe(`${name}: contract of the document store, searching`, () => describeQueries(useBench(provide)));
}

function describeQueries(bench: Bench): void {
  describe('wake-ups', () => describeWakeups(bench));
  describe('lists', () => describeListing(bench));
  describe('pages of a list', () => describePaging(bench));
  describe('parts of a list', () => describeRanges(bench));
  describe('everything', () => describeAll(bench));
}
