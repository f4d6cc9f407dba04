/**
 * Preloaded into the product: tells the parent when each call was written for the first time, after the write has been
 * committed. Told in batches, so that telling does not become what is measured.
 */
import { StatementSync } from 'node:sqlite';

export type FirstWrites = readonly (readonly [code: string, at: number])[];

const EVERY_MS = 500;
const seen = new Set<string>();
let batch: [string, number][] = [];

type Run = (this: StatementSync, ...parameters: unknown[]) => { changes: number | bigint };
const statement = StatementSync.prototype as unknown as { run: Run };
const run = statement.run;
statement.run = function (...parameters) {
  const result = run.apply(this, parameters);
  const { kind, id } = (parameters[0] ?? {}) as { kind?: string; id?: string };
  if (kind === 'call' && id !== undefined && result.changes === 1 && !seen.has(id)) {
    seen.add(id);
    batch.push([id, Date.now()]);
  }
  return result;
};

setInterval(() => {
  if (batch.length > 0) process.send?.(batch);
  batch = [];
}, EVERY_MS).unref();
