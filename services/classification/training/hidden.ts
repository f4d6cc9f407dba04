import type { Row } from './logistic.ts';
import { random } from './random.ts';

/** A layer between features and outputs, shared by all outputs: what threats have in common helps to see danger. */
export interface Hidden {
  readonly units: number;
  /** `units` numbers a feature. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** One number a unit and output: `out[unit * outputs + output]`. */
  readonly out: Float32Array;
  readonly outBias: Float32Array;
}

const UNITS = 32;
const ROUNDS = 12;
/** Share of the features of a report that is left out each time it is seen, so that no one word decides. */
const LEFT_OUT = 0.3;
const RATE = { feature: 0.03, other: 0.009 };
const DECAY = 1e-5;
/** A layer each: what one sees by the chance of its beginning, the others outvote. */
const SEEDS = [7932, 8033, 8134];
/** Before anything is learned, every output is unlikely. */
const UNLIKELY = -2;

/** Layers that began differently, side by side as one: it says the mean of what they say. */
export function fitHidden(
  rows: readonly Row[],
  targets: readonly (readonly boolean[])[],
  size: number,
  counts: readonly number[],
): Hidden {
  const layers = SEEDS.map((seed) => fitLayer(rows, targets, size, counts, seed));
  const units = UNITS * layers.length;
  const weights = new Float32Array(size * units);
  layers.forEach((layer, at) => {
    for (let place = 0; place < size; place += 1)
      weights.set(layer.weights.subarray(place * UNITS, (place + 1) * UNITS), place * units + at * UNITS);
  });
  const mean = (value: number): number => value / layers.length;
  return {
    units,
    weights,
    bias: Float32Array.from(layers.flatMap(({ bias }) => [...bias])),
    out: Float32Array.from(layers.flatMap(({ out }) => [...out]).map(mean)),
    outBias: Float32Array.from(counts, (_, o) =>
      mean(layers.reduce((sum, { outBias }) => sum + (outBias[o] as number), 0)),
    ),
  };
}

/**
 * Trained report by report (AdaGrad), in an order that the seed decides: the same data give the same layer.
 *
 * @param counts how much a positive example of an output counts beside a negative one
 */
function fitLayer(
  rows: readonly Row[],
  targets: readonly (readonly boolean[])[],
  size: number,
  counts: readonly number[],
  seed: number,
): Hidden {
  const outputs = counts.length;
  const next = random(seed);
  const layer: Hidden = {
    units: UNITS,
    weights: Float32Array.from({ length: size * UNITS }, () => (next() - 0.5) * 0.1),
    bias: new Float32Array(UNITS),
    out: Float32Array.from({ length: UNITS * outputs }, () => ((next() - 0.5) * 2) / Math.sqrt(UNITS)),
    outBias: new Float32Array(outputs).fill(UNLIKELY),
  };
  const steps = [layer.weights, layer.bias, layer.out, layer.outBias].map(
    (one) => new Float32Array(one.length),
  );
  const [weightSteps, biasSteps, outSteps, outBiasSteps] = steps as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const order = rows.map((_, at) => at);
  for (let round = 0; round < ROUNDS; round += 1) {
    shuffle(order, next);
    const slower = 1 - round / ROUNDS + 0.05;
    for (const at of order) {
      const { index, value } = thinned(rows[at] as Row, next);
      const active = activate(layer, index, value);
      const slopes = slopesOf(layer, active, targets[at] ?? [], counts);
      const back = backwards(layer, active, slopes);
      for (let unit = 0; unit < UNITS; unit += 1) {
        for (let o = 0; o < outputs; o += 1) {
          const place = unit * outputs + o;
          const slope =
            (slopes[o] as number) * (active[unit] as number) + DECAY * (layer.out[place] as number);
          move(layer.out, outSteps, place, slope, RATE.other * slower);
        }
        move(layer.bias, biasSteps, unit, back[unit] as number, RATE.other * slower);
      }
      for (let o = 0; o < outputs; o += 1)
        move(layer.outBias, outBiasSteps, o, slopes[o] as number, RATE.other * slower);
      for (let k = 0; k < index.length; k += 1) {
        const from = (index[k] as number) * UNITS;
        for (let unit = 0; unit < UNITS; unit += 1) {
          const slope =
            (back[unit] as number) * (value[k] as number) + DECAY * (layer.weights[from + unit] as number);
          move(layer.weights, weightSteps, from + unit, slope, RATE.feature * slower);
        }
      }
    }
  }
  return layer;
}

/** Logits of a report, before they are joined with the linear ones. */
export function hiddenLogits(layer: Hidden, { index, value }: Row): number[] {
  const active = activate(layer, index, value);
  const outputs = layer.outBias.length;
  return Array.from(layer.outBias, (bias, o) => {
    let z = bias;
    for (let unit = 0; unit < layer.units; unit += 1)
      z += (active[unit] as number) * (layer.out[unit * outputs + o] as number);
    return z;
  });
}

function activate({ units, weights, bias }: Hidden, index: Int32Array, value: Float64Array): Float32Array {
  const active = new Float32Array(bias);
  for (let k = 0; k < index.length; k += 1) {
    const from = (index[k] as number) * units;
    const x = value[k] as number;
    for (let unit = 0; unit < units; unit += 1)
      active[unit] = (active[unit] as number) + (weights[from + unit] as number) * x;
  }
  for (let unit = 0; unit < units; unit += 1) active[unit] = Math.tanh(active[unit] as number);
  return active;
}

function slopesOf(
  layer: Hidden,
  active: Float32Array,
  wanted: readonly boolean[],
  counts: readonly number[],
): Float32Array {
  const outputs = counts.length;
  const slopes = new Float32Array(outputs);
  for (let o = 0; o < outputs; o += 1) {
    let z = layer.outBias[o] as number;
    for (let unit = 0; unit < UNITS; unit += 1)
      z += (active[unit] as number) * (layer.out[unit * outputs + o] as number);
    const p = 1 / (1 + Math.exp(-z));
    slopes[o] = wanted[o] ? (counts[o] as number) * (p - 1) : p;
  }
  return slopes;
}

function backwards(layer: Hidden, active: Float32Array, slopes: Float32Array): Float32Array {
  const back = new Float32Array(UNITS);
  for (let unit = 0; unit < UNITS; unit += 1) {
    let sum = 0;
    for (let o = 0; o < slopes.length; o += 1)
      sum += (slopes[o] as number) * (layer.out[unit * slopes.length + o] as number);
    back[unit] = sum * (1 - (active[unit] as number) ** 2);
  }
  return back;
}

/** AdaGrad: what was moved often is moved less. */
function move(to: Float32Array, steps: Float32Array, place: number, slope: number, rate: number): void {
  const step = (steps[place] as number) + slope * slope;
  steps[place] = step;
  to[place] = (to[place] as number) - (rate * slope) / (Math.sqrt(step) + 1e-3);
}

function thinned({ index, value }: Row, next: () => number): Row {
  const kept: number[] = [];
  for (let k = 0; k < index.length; k += 1) if (next() >= LEFT_OUT) kept.push(k);
  return {
    index: Int32Array.from(kept, (k) => index[k] as number),
    value: Float64Array.from(kept, (k) => (value[k] as number) / (1 - LEFT_OUT)),
  };
}

function shuffle(order: number[], next: () => number): void {
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
}
