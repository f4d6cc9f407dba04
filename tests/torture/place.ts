import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { StoreName } from './options.ts';

/** Where the workers of one run keep their data. */
export interface Place {
  readonly environment: Readonly<Record<string, string>>;
  /** Share of a worker's calls of the store that its preload makes fail. */
  readonly workerFaults: number;
  /** No faults from now on; resolves with how often each kind came. */
  calm(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<void>;
}

export async function openPlace(store: StoreName, folder: string, seed: string): Promise<Place> {
  return store === 'sqlite' ? sqlitePlace(folder) : cosmosPlace(folder, seed);
}

/** The file is on this machine and has no way on which an answer could be lost: the preload loses some. */
const sqlitePlace = (folder: string): Place => ({
  environment: { MAMORI_DATA: folder },
  workerFaults: 0.006,
  calm: async () => ({}),
  close: async () => {},
});

/** The local server behind the front, in a process of their own: a busy driver must not look like a slow database. */
async function cosmosPlace(folder: string, seed: string): Promise<Place> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'cosmosProcess.ts'), seed], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [environment] = (await once(child, 'message')) as [Record<string, string>];
  return {
    environment: { ...environment, MAMORI_DATA: folder },
    workerFaults: 0,
    calm: () => ask(child, 'calm'),
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function ask(child: ChildProcess, what: string): Promise<Record<string, number>> {
  const answer = once(child, 'message');
  child.send(what);
  const [counts] = (await answer) as [Record<string, number>];
  return counts;
}
