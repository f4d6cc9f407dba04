import type { Call } from './call.ts';
import type { Level } from './level.ts';

/** What a write has brought about that is told to operators: of the call as a whole, and of nobody in it (promise 8). */
export type Milestone =
  | { readonly kind: 'opened'; readonly level: Level }
  /** The first page has been delivered; milliseconds since the request arrived. */
  | { readonly kind: 'paged'; readonly level: Level; readonly ms: number }
  /** The first 向かいます, 電話で支援します or 到着しました. */
  | { readonly kind: 'acknowledged'; readonly level: Level; readonly ms: number }
  | { readonly kind: 'closed'; readonly how: 'ended' | 'cancelled' };

/** Times come from the document alone: a restart in between loses none of them. */
export function milestones(before: Call | undefined, after: Call): Milestone[] {
  const { level } = after;
  const since = (at: number) => Math.max(0, at - (after.arrivedAt ?? after.openedAt));
  const found: Milestone[] = [];
  if (before === undefined) found.push({ kind: 'opened', level });
  if (after.firstPageAt !== undefined && before?.firstPageAt === undefined)
    found.push({ kind: 'paged', level, ms: since(after.firstPageAt) });
  if (after.firstAnswerAt !== undefined && before?.firstAnswerAt === undefined)
    found.push({ kind: 'acknowledged', level, ms: since(after.firstAnswerAt) });
  if (after.status !== 'open' && (before === undefined || before.status === 'open'))
    found.push({ kind: 'closed', how: after.status });
  return found;
}
