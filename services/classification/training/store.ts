import type { StoredModel } from '../learned/model.ts';
import { OUTPUTS } from '../learned/signals.ts';
import type { Learned } from './learn.ts';

/** The file stays below some megabytes: what weighs least is left out. */
const MOST_FEATURES = 36_000;

/** One byte a weight: the biggest of a column becomes 127. */
export function storedModel(
  { vocabulary, fits, hidden }: Learned,
  thresholds: readonly number[],
): StoredModel {
  const columnsOf = (place: number): number[] => [
    ...fits.map(({ weights }) => weights[place] ?? 0),
    ...hidden.weights.subarray(place * hidden.units, (place + 1) * hidden.units),
  ];
  const scale = columnsOf(0).map(() => 0);
  vocabulary.hashes.forEach((_, place) => {
    columnsOf(place).forEach((weight, column) => {
      scale[column] = Math.max(scale[column] ?? 0, Math.abs(weight) / 127);
    });
  });
  const rows = vocabulary.hashes.map((hash, place) => {
    const bytes = columnsOf(place).map((weight, column) => Math.round(weight / (scale[column] || 1)));
    return { hash, bytes, weight: bytes.reduce((sum, byte) => sum + Math.abs(byte), 0) };
  });
  const least = rows.map(({ weight }) => weight).sort((a, b) => b - a)[MOST_FEATURES - 1] ?? 1;
  const kept = rows.filter(({ weight }) => weight >= Math.max(1, least));
  const hashes = kept.map(({ hash }) => hash);
  const bytes = kept.flatMap((row) => row.bytes);
  return {
    outputs: OUTPUTS,
    bias: fits.map(({ bias }) => precise(bias)),
    thresholds,
    hidden: {
      bias: Array.from(hidden.bias, precise),
      out: Array.from(hidden.out, precise),
      outBias: Array.from(hidden.outBias, precise),
    },
    scale: scale.map(precise),
    features: Buffer.from(Int32Array.from(hashes).buffer).toString('base64'),
    weights: Buffer.from(Int8Array.from(bytes).buffer).toString('base64'),
  };
}

const precise = (value: number): number => Number(value.toPrecision(6));
