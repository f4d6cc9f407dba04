/** A report as the learner sees it: indices of features, rising, and their values. */
export interface Row {
  readonly index: Int32Array;
  readonly value: Float64Array;
}

export interface Fit {
  readonly weights: Float64Array;
  bias: number;
}

interface Options {
  /** Strength of the quadratic penalty. */
  readonly l2: number;
  /** How much a positive example counts beside a negative one. */
  readonly positive: number;
  readonly iterations: number;
}

/**
 * Logistic regression with a quadratic penalty, by limited-memory BFGS on the whole set: deterministic, no seed.
 * `weightOf` lets some examples count more.
 */
export function fitLogistic(
  rows: readonly Row[],
  targets: readonly boolean[],
  size: number,
  options: Options,
  importance: readonly number[] = rows.map(() => 1),
): Fit {
  const goal = (x: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (let i = 0; i < rows.length; i += 1) {
      const { index, value } = rows[i] as Row;
      let z = x[size] as number;
      for (let k = 0; k < index.length; k += 1) z += (x[index[k] as number] as number) * (value[k] as number);
      const y = targets[i] ? 1 : 0;
      const count = (y ? options.positive : 1) * (importance[i] ?? 1);
      const p = 1 / (1 + Math.exp(-z));
      loss += count * (z > 0 ? Math.log1p(Math.exp(-z)) + (1 - y) * z : Math.log1p(Math.exp(z)) - y * z);
      const slope = count * (p - y);
      for (let k = 0; k < index.length; k += 1)
        gradient[index[k] as number] =
          (gradient[index[k] as number] as number) + slope * (value[k] as number);
      gradient[size] = (gradient[size] as number) + slope;
    }
    for (let j = 0; j < size; j += 1) {
      const w = x[j] as number;
      if (w === 0) continue;
      loss += 0.5 * options.l2 * w * w;
      gradient[j] = (gradient[j] as number) + options.l2 * w;
    }
    return loss;
  };
  const x = minimise(goal, size + 1, options.iterations);
  return { weights: x.subarray(0, size), bias: x[size] as number };
}

type Goal = (x: Float64Array, gradient: Float64Array) => number;
const MEMORY = 8;

function minimise(goal: Goal, length: number, iterations: number): Float64Array {
  let x: Float64Array = new Float64Array(length);
  let gradient: Float64Array = new Float64Array(length);
  let value = goal(x, gradient);
  const steps: Float64Array[] = [];
  const changes: Float64Array[] = [];
  for (let turn = 0; turn < iterations; turn += 1) {
    const direction = descend(gradient, steps, changes);
    const slope = dot(direction, gradient);
    if (slope > -1e-9) break;
    let rate = turn === 0 ? 1 / Math.sqrt(-slope) : 1;
    const nextGradient = new Float64Array(length);
    let next = plus(x, direction, rate);
    let nextValue = goal(next, nextGradient);
    for (let tries = 0; tries < 30 && nextValue > value + 1e-4 * rate * slope; tries += 1) {
      rate /= 2;
      next = plus(x, direction, rate);
      nextValue = goal(next, nextGradient);
    }
    const step = new Float64Array(length);
    const change = new Float64Array(length);
    for (let j = 0; j < length; j += 1) {
      step[j] = (next[j] as number) - (x[j] as number);
      change[j] = (nextGradient[j] as number) - (gradient[j] as number);
    }
    if (dot(step, change) > 1e-12) {
      steps.push(step);
      changes.push(change);
      if (steps.length > MEMORY) {
        steps.shift();
        changes.shift();
      }
    }
    const gain = value - nextValue;
    x = next;
    gradient = nextGradient;
    value = nextValue;
    if (gain < 1e-5 * Math.max(1, Math.abs(value))) break;
  }
  return x;
}

/** The two-loop recursion. */
function descend(gradient: Float64Array, steps: Float64Array[], changes: Float64Array[]): Float64Array {
  const q = gradient.map((g) => -g);
  const alphas: number[] = [];
  for (let i = steps.length - 1; i >= 0; i -= 1) {
    const [s, y] = [steps[i] as Float64Array, changes[i] as Float64Array];
    const alpha = dot(s, q) / dot(s, y);
    alphas[i] = alpha;
    add(q, y, -alpha);
  }
  const last = steps.length - 1;
  if (last >= 0) {
    const [s, y] = [steps[last] as Float64Array, changes[last] as Float64Array];
    const scale = dot(s, y) / dot(y, y);
    for (let j = 0; j < q.length; j += 1) q[j] = (q[j] as number) * scale;
  }
  for (let i = 0; i < steps.length; i += 1) {
    const [s, y] = [steps[i] as Float64Array, changes[i] as Float64Array];
    add(q, s, (alphas[i] as number) - dot(y, q) / dot(s, y));
  }
  return q;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j += 1) sum += (a[j] as number) * (b[j] as number);
  return sum;
}

function add(to: Float64Array, from: Float64Array, times: number): void {
  for (let j = 0; j < to.length; j += 1) to[j] = (to[j] as number) + times * (from[j] as number);
}

function plus(x: Float64Array, direction: Float64Array, rate: number): Float64Array {
  const sum = new Float64Array(x);
  add(sum, direction, rate);
  return sum;
}
