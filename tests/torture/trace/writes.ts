import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { TracedCall, TraceLine } from './line.ts';

/** One write of a call that a worker tried, with what is known of its end. */
export interface Write {
  readonly worker: string;
  readonly code: string;
  readonly at: number;
  readonly before: string | null;
  readonly call: TracedCall;
  /** The version it made; undefined when the worker did not live to note it, or was not told. */
  after: string | undefined;
  /** Certainly not done. */
  isRefused: boolean;
}

export function readWrites(files: readonly string[]): Write[] {
  return files.flatMap((file) => {
    const worker = basename(file, '.jsonl');
    const writes = new Map<number, Write>();
    for (const line of linesIn(file)) {
      const known = writes.get(line.n);
      if (line.e === 'try') {
        const { id, at, before, call } = line;
        writes.set(line.n, { worker, code: id, at, before, call, after: undefined, isRefused: false });
      } else if (known !== undefined && line.e === 'done') known.after = line.after;
      else if (known !== undefined) known.isRefused = true;
    }
    return [...writes.values()];
  });
}

/** The last line of a killed process may be cut off. */
function linesIn(file: string): TraceLine[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // Killed before it had opened it.
  }
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as TraceLine];
    } catch {
      return [];
    }
  });
}
