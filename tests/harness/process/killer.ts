/**
 * Preloaded into the real process (`node --import`): dies at the n-th point around writes of call documents.
 * Point 2k is right before the k-th such write, point 2k+1 right after it. `MAMORI_TEST_CLOCK_SHIFT` moves the
 * clock, so that a restarted process finds the claims of the dead one expired.
 */
import { StatementSync } from 'node:sqlite';

const killAt = Number(process.env.MAMORI_TEST_KILL_AT ?? -1);
const shift = Number(process.env.MAMORI_TEST_CLOCK_SHIFT ?? 0);

const realNow = Date.now;
Date.now = () => realNow() + shift;

let point = 0;
function passPoint(): void {
  if (point === killAt) process.kill(process.pid, 'SIGKILL');
  point += 1;
}

const isCall = (document: unknown): boolean => (document as { kind?: string } | undefined)?.kind === 'call';

type Run = (this: StatementSync, ...parameters: unknown[]) => unknown;
const statement = StatementSync.prototype as unknown as { run: Run };
const run = statement.run;
statement.run = function (...parameters) {
  if (!isCall(parameters[0])) return run.apply(this, parameters);
  passPoint();
  const result = run.apply(this, parameters);
  passPoint();
  return result;
};

if (process.env.MAMORI_STORE === 'cosmos' && killAt >= 0) {
  const { CosmosStore } = await import('../../../services/store/cosmos/cosmosStore.ts');
  type Write = (this: unknown, document: unknown, etag?: string) => Promise<unknown>;
  const store = CosmosStore.prototype as unknown as Record<'create' | 'replace', Write>;
  for (const name of ['create', 'replace'] as const) {
    const write = store[name];
    store[name] = async function (document, etag) {
      if (!isCall(document)) return write.call(this, document, etag);
      passPoint();
      const result = await write.call(this, document, etag);
      passPoint();
      return result;
    };
  }
}
