import { random } from '../training/random.ts';
import { type Figures, figuresOf, type Judged } from './metrics.ts';

export type Interval = readonly [number, number];

/** 95% of what other samples of this size would show: the set is drawn again with replacement. Seeded, repeatable. */
export function intervalsOf(
  judged: readonly Judged[],
  valuesOf: (figures: Figures) => readonly number[],
  draws = 500,
): Interval[] {
  const next = random(20261001);
  const drawn: number[][] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const sample = judged.map(() => judged[Math.floor(next() * judged.length)] as Judged);
    drawn.push([...valuesOf(figuresOf(sample))]);
  }
  return (drawn[0] ?? []).map((_, at) => {
    const values = drawn.map((one) => one[at] ?? 0).sort((a, b) => a - b);
    return [values[Math.floor(draws * 0.025)] ?? 0, values[Math.floor(draws * 0.975)] ?? 0];
  });
}
