import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** So many characters of reports leave some dozen megabytes of garbage behind; a sweep takes some dozen milliseconds. */
const CHARACTERS = 300_000;

/**
 * Keeps the heap of a long batch small: told how much was read, it collects garbage every few hundred thousand characters.
 * Left alone V8 lets its young generation and the buffers behind typed arrays grow to several times what is in use,
 * as there is memory to be had. The kind of last resort is the only one that gives both back.
 */
export function createSweeper(): (characters: number) => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options: CollectOptions) => void;
  let since = 0;
  return (characters) => {
    since += characters;
    if (since < CHARACTERS) return;
    since = 0;
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  };
}

interface CollectOptions {
  readonly type: 'major';
  readonly execution: 'sync';
  readonly flavor: 'last-resort';
}
