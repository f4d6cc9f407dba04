import type { StoredModel } from '../learned/model.ts';
import { OUTPUTS } from '../learned/signals.ts';
import type { Learned } from './learn.ts';

/** One byte a weight: the biggest of an output becomes 127. Features whose bytes are all 0 are left out. */
export function storedModel(
  { vocabulary, fits }: Learned,
  thresholds: readonly number[],
  lean: readonly number[],
): StoredModel {
  const scale = fits.map(({ weights }) => biggest(weights) / 127);
  const hashes: number[] = [];
  const bytes: number[] = [];
  vocabulary.hashes.forEach((hash, place) => {
    const row = fits.map(({ weights }, o) => Math.round((weights[place] ?? 0) / (scale[o] || 1)));
    if (row.every((byte) => byte === 0)) return;
    hashes.push(hash);
    bytes.push(...row);
  });
  return {
    outputs: OUTPUTS,
    bias: fits.map(({ bias }) => Math.round(bias * 1e6) / 1e6),
    scale: scale.map((one) => Number(one.toPrecision(8))),
    thresholds,
    lean,
    features: Buffer.from(Int32Array.from(hashes).buffer).toString('base64'),
    weights: Buffer.from(Int8Array.from(bytes).buffer).toString('base64'),
  };
}

const biggest = (weights: Float64Array): number => weights.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
