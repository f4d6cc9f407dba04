import { writeSync } from 'node:fs';
import { setting } from './readSetting.ts';
import { DOOM_LINE, type Point } from './setting.ts';

let left = setting.doom?.nth ?? -1;

/** Dies or stops here when this is the point that was drawn for this process. */
export function pass(point: Point): void {
  const { doom } = setting;
  if (doom?.point !== point || left < 0) return;
  if (left === 0) {
    // Synchronous: the line is out before the process is gone.
    writeSync(2, `${DOOM_LINE} ${doom.signal} ${point}\n`);
    process.kill(process.pid, doom.signal);
  }
  left -= 1;
}

/** The machine's clock: what is traced is told in one time. */
export const machineNow = Date.now;

export function shiftClock(ms: number): void {
  Date.now = () => machineNow() + ms;
}

/** Nobody is left to end it. */
export function endWithDriver(): void {
  const driver = process.ppid;
  setInterval(() => {
    if (process.ppid !== driver) process.exit(1);
  }, 1_000).unref();
}
