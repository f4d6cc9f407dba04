import type { StoredModel } from '../learned/model.ts';
import { OUTPUTS } from '../learned/signals.ts';
import type { Learned } from './learn.ts';

/**
 * One byte a weight: the biggest of a column becomes 127. Every feature is kept, the light ones too: they were learned
 * together with the rest, and thousands of small weights that are missing shift every answer.
 */
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
  const bytes = new Int8Array(vocabulary.hashes.length * scale.length);
  vocabulary.hashes.forEach((_, place) => {
    columnsOf(place).forEach((weight, column) => {
      bytes[place * scale.length + column] = Math.round(weight / (scale[column] || 1));
    });
  });
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
    features: Buffer.from(Int32Array.from(vocabulary.hashes).buffer).toString('base64'),
    weights: Buffer.from(bytes.buffer).toString('base64'),
  };
}

const precise = (value: number): number => Number(value.toPrecision(6));
