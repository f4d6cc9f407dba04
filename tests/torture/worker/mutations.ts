import { registerHooks } from 'node:module';
import type { Mutation } from '../options.ts';

/** Replaces text of one source file when it is loaded. A text that is not there any more stops the process. */
export function replaceSource(file: string, from: string | RegExp, to: string): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(file)) return loaded;
      const before = String(loaded.source);
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} reads otherwise now: mend tests/torture/worker`);
      return { ...loaded, source: after };
    },
  });
}

/** `settle-before-send` is in `tag.ts`. */
export function useMutation(mutation: Mutation | undefined): void {
  // A claim that keeps nobody off: whoever looks next takes the same effect.
  if (mutation === 'no-claim')
    replaceSource('/services/engine/claims.ts', 'claimedUntil: now + CLAIM_MS,', 'claimedUntil: null,');
}
