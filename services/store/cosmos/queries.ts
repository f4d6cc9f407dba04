import type { Stretch } from '../paging.ts';
import { BEHIND_ALL, encodeId, FIRST } from './ids.ts';

/** The texts never change, so that whoever plans them can remember the plan. */
export interface Query {
  readonly query: string;
  readonly parameters: { readonly name: string; readonly value: string | number }[];
}

/** Below every time. */
const EARLIEST = -Number.MAX_VALUE;

/** Crosses partitions, served by the composite index (dueAt, kind, pk). A `dueAt` of null lies in no range. */
export const dueQuery = (now: number, limit: number): Query => ({
  query:
    'SELECT TOP @limit c.kind, c.pk FROM c WHERE c.dueAt >= @earliest AND c.dueAt <= @now ORDER BY c.dueAt, c.kind, c.pk',
  parameters: [
    { name: '@limit', value: limit },
    { name: '@earliest', value: EARLIEST },
    { name: '@now', value: now },
  ],
});

export const nextDueQuery = (): Query => ({
  query: 'SELECT TOP 1 VALUE c.dueAt FROM c WHERE c.dueAt >= @earliest ORDER BY c.dueAt',
  parameters: [{ name: '@earliest', value: EARLIEST }],
});

/** The kind that follows this one. */
export const nextKindQuery = (kind: string): Query => ({
  query: 'SELECT TOP 1 VALUE c.kind FROM c WHERE c.kind > @kind ORDER BY c.kind',
  parameters: [{ name: '@kind', value: kind }],
});

/**
 * The documents of a kind in the order of their ids: one property to sort by, so that it needs no composite index.
 *
 * @param after id of the last one that is known
 */
export const keysQuery = (kind: string, after: string | undefined, limit: number): Query => ({
  query: 'SELECT TOP @limit c.kind, c.pk FROM c WHERE c.kind = @kind AND c.pk >= @pk ORDER BY c.pk',
  parameters: [
    { name: '@limit', value: limit },
    { name: '@kind', value: kind },
    { name: '@pk', value: after === undefined ? '' : encodeId(after) + FIRST },
  ],
});

/**
 * One stretch of a list: keyset paging, no OFFSET, whose cost would grow with every page. Served by the composite
 * index (kind, sortAt DESC, pk): a property that is filtered for equality stands first in ORDER BY so that the index
 * is used for both.
 */
export const listQuery = (kind: string, term: string, stretch: Stretch, limit: number): Query => ({
  query:
    'SELECT TOP @limit c.pk, c.sortAt, c.summary FROM c WHERE c.kind = @kind AND ARRAY_CONTAINS(c.terms, @term) AND c.sortAt <= @sortAt AND c.sortAt >= @from AND (c.sortAt < @sortAt OR (c.sortAt = @sortAt AND c.pk > @pk)) ORDER BY c.kind, c.sortAt DESC, c.pk',
  parameters: [
    { name: '@limit', value: limit },
    { name: '@kind', value: kind },
    { name: '@term', value: term },
    { name: '@sortAt', value: stretch.sortAt },
    { name: '@from', value: stretch.from },
    { name: '@pk', value: stretch.id === null ? BEHIND_ALL : encodeId(stretch.id) },
  ],
});
