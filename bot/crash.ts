import type { Log } from '../services/log.ts';

/**
 * A defect that nobody has caught ends the process: what is owed is saved, and a new process goes on with it. Without
 * this Node.js prints the whole message, and messages quote what people wrote (promise 7).
 */
export function logCrashes(log: Log): void {
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'crashed');
    process.exit(1);
  });
}
