import type { Write } from './writes.ts';

/** The versions of one call in the order in which the store took them. */
export interface History {
  readonly code: string;
  readonly writes: readonly Write[];
  /** Writes whose place is not known: their worker died, or was not told. */
  readonly loose: readonly Write[];
}

/**
 * Follows each version to the write that is conditional on it. After a write of which nobody noted the end comes the
 * next one that is conditional on a version that nobody noted either.
 */
export function historyOf(code: string, writes: readonly Write[]): History {
  const left = new Set(writes.filter((write) => write.code === code && !write.isRefused));
  const made = new Set([...left].map(({ after }) => after));
  const ordered: Write[] = [];
  let version: string | null | undefined = null;
  for (;;) {
    const next: Write | undefined = nextOf(version, left) ?? earliestOrphan(left, made);
    if (next === undefined) break;
    left.delete(next);
    ordered.push(next);
    version = next.after;
  }
  return { code, writes: ordered, loose: [...left] };
}

/** The write that this version was replaced by: of several tries the one that is known to have been done. */
function nextOf(version: string | null | undefined, left: ReadonlySet<Write>): Write | undefined {
  if (version === undefined) return undefined;
  const tries = [...left].filter(({ before }) => before === version);
  return tries.find(({ after }) => after !== undefined) ?? tries[0];
}

function earliestOrphan(left: ReadonlySet<Write>, made: ReadonlySet<string | undefined>): Write | undefined {
  return [...left]
    .filter(({ before, after }) => before !== null && !made.has(before) && after !== undefined)
    .sort((a, b) => a.at - b.at)[0];
}
