import { OUTPUTS } from './signals.ts';

/** The committed file (`npm run train` writes it). Numbers are little-endian, in base64. */
export interface StoredModel {
  readonly outputs: readonly string[];
  readonly bias: readonly number[];
  /** A threshold a category, and one for danger. */
  readonly thresholds: readonly number[];
  readonly hidden: {
    readonly bias: readonly number[];
    /** `out[unit * outputs + output]`. */
    readonly out: readonly number[];
    readonly outBias: readonly number[];
  };
  /** A weight is its byte times the scale of its column: the outputs, then the hidden units. */
  readonly scale: readonly number[];
  /** 32-bit hashes of the features, rising. */
  readonly features: string;
  /** A row of signed bytes a feature. */
  readonly weights: string;
}

/** What the two parts of the model say, as one probability: the mean of their logits. */
export const joined = (linear: number, hidden: number): number => logistic((linear + hidden) / 2);
const logistic = (z: number): number => 1 / (1 + Math.exp(-z));

/** Weights ready to be looked up. */
export class Model {
  readonly thresholds: readonly number[];
  /** Columns: the outputs of the linear part, then the units of the hidden layer. */
  readonly width: number;
  private readonly stored: StoredModel;
  private readonly scale: Float64Array;
  private readonly bytes: Int8Array;
  /** Open addressing: a hash, and the row of it plus one (0: free). */
  private readonly hashes: Int32Array;
  private readonly rows: Int32Array;
  private readonly mask: number;
  /** Which text a row was last seen in, so that each n-gram counts once. */
  private readonly lastSeen: Int32Array;
  private text = 0;

  /** @throws Error when the file was written for other outputs */
  constructor(stored: StoredModel) {
    if (stored.outputs.join() !== OUTPUTS.join())
      throw new Error('the model is of another version: npm run train');
    this.stored = stored;
    this.thresholds = stored.thresholds;
    this.scale = Float64Array.from(stored.scale);
    this.width = stored.scale.length;
    const weights = Buffer.from(stored.weights, 'base64');
    this.bytes = new Int8Array(weights.buffer, weights.byteOffset, weights.length);
    const features = Buffer.from(stored.features, 'base64');
    const size = features.length / 4;
    const room = 2 ** Math.ceil(Math.log2(Math.max(8, size * 2)));
    this.mask = room - 1;
    this.hashes = new Int32Array(room);
    this.rows = new Int32Array(room);
    this.lastSeen = new Int32Array(size);
    for (let row = 0; row < size; row += 1) this.put(features.readInt32LE(row * 4), row);
  }

  /** From here on every row is new again. */
  beginText(): void {
    this.text += 1;
  }

  /** The row of a feature that was not seen in this text yet, or -1. */
  newRow(hash: number): number {
    const row = this.rowOf(hash);
    if (row < 0 || this.lastSeen[row] === this.text) return -1;
    this.lastSeen[row] = this.text;
    return row;
  }

  /** The row of a feature, or -1. */
  rowOf(hash: number): number {
    for (let slot = spread(hash) & this.mask; ; slot = (slot + 1) & this.mask) {
      const row = this.rows[slot] as number;
      if (row === 0) return -1;
      if (this.hashes[slot] === hash) return row - 1;
    }
  }

  /** Adds `value` times a row to sums of `width` columns, in units of the columns' scales. */
  add(sums: Float64Array, row: number, value: number): void {
    const from = row * this.width;
    for (let column = 0; column < this.width; column += 1)
      sums[column] = (sums[column] as number) + value * (this.bytes[from + column] as number);
  }

  /** Probabilities of all outputs. */
  probabilities(sums: Float64Array): number[] {
    const active = this.activate(sums);
    const { bias, hidden } = this.stored;
    return OUTPUTS.map((_, o) => {
      let z = hidden.outBias[o] ?? 0;
      for (let unit = 0; unit < active.length; unit += 1)
        z += (active[unit] as number) * (hidden.out[unit * OUTPUTS.length + o] ?? 0);
      return joined((sums[o] as number) * (this.scale[o] as number) + (bias[o] ?? 0), z);
    });
  }

  /** How much one of a row moves the logit of an output near these sums: for quotations. */
  influence(sums: Float64Array, output: number): (row: number) => number {
    const slope = new Float64Array(this.width);
    slope[output] = (this.scale[output] as number) / 2;
    this.activate(sums).forEach((active, unit) => {
      const column = OUTPUTS.length + unit;
      const out = this.stored.hidden.out[unit * OUTPUTS.length + output] ?? 0;
      slope[column] = ((this.scale[column] as number) * out * (1 - active * active)) / 2;
    });
    return (row) => {
      let sum = 0;
      for (let column = 0; column < this.width; column += 1)
        sum += (slope[column] as number) * (this.bytes[row * this.width + column] as number);
      return sum;
    };
  }

  private activate(sums: Float64Array): Float64Array {
    const { bias } = this.stored.hidden;
    return Float64Array.from(bias, (one, unit) => {
      const column = OUTPUTS.length + unit;
      return Math.tanh((sums[column] as number) * (this.scale[column] as number) + one);
    });
  }

  private put(hash: number, row: number): void {
    let slot = spread(hash) & this.mask;
    while (this.rows[slot] !== 0) slot = (slot + 1) & this.mask;
    this.hashes[slot] = hash;
    this.rows[slot] = row + 1;
  }
}

const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0;
