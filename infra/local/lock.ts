import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LocalError } from './error.ts';

/**
 * Keeps two local runs off the same data folder: both would page the same people from one database.
 * @returns releases the folder
 * @throws LocalError when another run holds it
 */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'run.lock');
  if (!take(file)) {
    const holder = holderOf(file);
    if (holder !== undefined) {
      throw new LocalError(
        [
          `${folder} は別の実行（プロセス ${holder}）が使っています。先にそちらを Ctrl+C で止めてください。`,
          `もう動いていないときは ${file} を削除してください。`,
        ].join('\n'),
      );
    }
    rmSync(file, { force: true });
    if (!take(file)) throw new LocalError(`${file} を作れません。`);
  }
  return () => rmSync(file, { force: true });
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new LocalError(`${file} を作れません: ${(error as Error).message}`);
  }
}

/** The process that holds the lock; undefined when it ended without releasing it. */
function holderOf(file: string): number | undefined {
  const pid = Number(readFileSync(file, 'utf8'));
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // EPERM: it lives, but is somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined;
  }
}
