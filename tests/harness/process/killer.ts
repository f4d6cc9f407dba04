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

type Run = (this: StatementSync, ...parameters: unknown[]) => unknown;
const prototype = StatementSync.prototype as unknown as { run: Run };
const run = prototype.run;
prototype.run = function (...parameters) {
  const isCall = (parameters[0] as { kind?: string } | undefined)?.kind === 'call';
  if (isCall) passPoint();
  const result = run.apply(this, parameters);
  if (isCall) passPoint();
  return result;
};
