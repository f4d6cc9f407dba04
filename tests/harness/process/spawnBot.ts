import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const ROOT = join(import.meta.dirname, '../../..');

/**
 * The real process in local mode, on a free port, as `npm run serve` runs it, and nothing of this one's environment.
 *
 * @param preload a module that is loaded before it
 */
export const spawnBot = (
  preload: string,
  environment: Readonly<Record<string, string>>,
): ChildProcessByStdio<null, Readable, Readable> =>
  spawn(process.execPath, ['--import', preload, join(ROOT, 'bot/main.ts')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      // It is started again and again.
      NODE_COMPILE_CACHE: join(tmpdir(), 'mamori-compile-cache'),
      MAMORI_MODE: 'local',
      PORT: '0',
      ...environment,
    },
  });
