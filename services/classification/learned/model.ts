import { OUTPUTS } from './signals.ts';

/** The committed file (`npm run train` writes it). Numbers are little-endian, in base64. */
export interface StoredModel {
  readonly outputs: readonly string[];
  readonly bias: readonly number[];
  /** A weight is its byte times the scale of its output. */
  readonly scale: readonly number[];
  readonly thresholds: readonly number[];
  /** Added to the three assessments before the highest is taken. */
  readonly lean: readonly number[];
  /** 32-bit hashes of the features, rising. */
  readonly features: string;
  /** A row of signed bytes a feature. */
  readonly weights: string;
}

/** Weights ready to be looked up. */
export class Model {
  readonly bias: readonly number[];
  readonly thresholds: readonly number[];
  readonly lean: readonly number[];
  readonly width: number;
  /** Features that it knows. */
  readonly size: number;
  private readonly scale: readonly number[];
  private readonly bytes: Int8Array;
  /** Open addressing: a hash, and the row of it plus one (0: free). */
  private readonly hashes: Int32Array;
  private readonly rows: Int32Array;
  private readonly mask: number;

  /** @throws Error when the file was written for other outputs */
  constructor(stored: StoredModel) {
    if (stored.outputs.join() !== OUTPUTS.join()) throw new Error('the model is of another version: npm run train');
    this.bias = stored.bias;
    this.thresholds = stored.thresholds;
    this.lean = stored.lean;
    this.scale = stored.scale;
    this.width = OUTPUTS.length;
    const weights = Buffer.from(stored.weights, 'base64');
    this.bytes = new Int8Array(weights.buffer, weights.byteOffset, weights.length);
    const features = Buffer.from(stored.features, 'base64');
    this.size = features.length / 4;
    const room = 2 ** Math.ceil(Math.log2(Math.max(8, this.size * 2)));
    this.mask = room - 1;
    this.hashes = new Int32Array(room);
    this.rows = new Int32Array(room);
    for (let row = 0; row < this.size; row += 1) this.put(features.readInt32LE(row * 4), row);
  }

  /** The row of a feature, or -1. */
  rowOf(hash: number): number {
    for (let slot = spread(hash) & this.mask; ; slot = (slot + 1) & this.mask) {
      const row = this.rows[slot] as number;
      if (row === 0) return -1;
      if (this.hashes[slot] === hash) return row - 1;
    }
  }

  weight(row: number, output: number): number {
    return (this.bytes[row * this.width + output] as number) * (this.scale[output] as number);
  }

  /** Adds `value` times the weights of a row to the sums, which are still in units of `scale`. */
  add(sums: Float64Array, row: number, value: number): void {
    const from = row * this.width;
    for (let o = 0; o < this.width; o += 1)
      sums[o] = (sums[o] as number) + value * (this.bytes[from + o] as number);
  }

  /** Probabilities of the sums. */
  finish(sums: Float64Array): number[] {
    return Array.from(sums, (sum, o) => logistic(sum * (this.scale[o] ?? 0) + (this.bias[o] ?? 0)));
  }

  private put(hash: number, row: number): void {
    let slot = spread(hash) & this.mask;
    while (this.rows[slot] !== 0) slot = (slot + 1) & this.mask;
    this.hashes[slot] = hash;
    this.rows[slot] = row + 1;
  }
}

const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0;
export const logistic = (z: number): number => 1 / (1 + Math.exp(-z));
