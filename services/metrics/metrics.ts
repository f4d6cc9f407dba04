import type { COUNTERS, GAUGES, HISTOGRAMS } from './catalogue.ts';

type Labels<I> = I extends { readonly labels: infer L } ? { readonly [Name in keyof L]: string } : never;

type Counter = keyof typeof COUNTERS;
type Histogram = keyof typeof HISTOGRAMS;
type Gauge = keyof typeof GAUGES;

/** Where numbers go (docs/operations.md). What may be measured stands in `catalogue.ts`. */
export interface Metrics {
  count<Name extends Counter>(name: Name, labels: Labels<(typeof COUNTERS)[Name]>, by?: number): void;
  observe<Name extends Histogram>(
    name: Name,
    labels: Labels<(typeof HISTOGRAMS)[Name]>,
    seconds: number,
  ): void;
  /** Read whenever somebody asks for the numbers; it must not throw. */
  watch(name: Gauge, read: () => number): void;
}

export const OTHER = 'other';

/** Only values of the catalogue get out. */
export function boundedLabels(
  allowed: Readonly<Record<string, readonly string[]>>,
  labels: Readonly<Record<string, string>>,
): Record<string, string> {
  const bounded: Record<string, string> = {};
  for (const name in allowed) {
    const value = labels[name] ?? OTHER;
    bounded[name] = allowed[name]?.includes(value) === true ? value : OTHER;
  }
  return bounded;
}
