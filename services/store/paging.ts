import { finite } from './encoding.ts';
import { type ListQuery, StoreError } from './store.ts';

/** A place in the order of a list: a page goes on behind it. */
export interface Position {
  readonly sortAt: number;
  readonly id: string;
}

/** Before every document: larger than any time. */
export const START: Position = { sortAt: Number.MAX_VALUE, id: '' };

/** The order of every list: newest first, then by id as UTF-8 sorts, which is not how JavaScript compares text. */
export const inOrder = (a: Position, b: Position): number =>
  b.sortAt - a.sortAt || Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));

/** The stretch of the order that a page is taken from. Flat and without gaps: databases take it as parameters. */
export interface Stretch {
  /** Documents of this time are in it when their id is greater than `id`, older ones always. */
  readonly sortAt: number;
  /** `null`: no document of that time. */
  readonly id: string | null;
  /** The oldest time in it. */
  readonly from: number;
}

/**
 * Cursor and range as one stretch. That `to` becomes a position too leaves a single upper bound: given two, a
 * database may start at the wrong one and walk over everything up to the cursor.
 *
 * @throws StoreError `bad-cursor`
 * @throws TypeError when `from` or `to` is no time
 */
export function stretchOf(query: Pick<ListQuery, 'cursor' | 'from' | 'to'>): Stretch {
  const start = decodeCursor(query.cursor);
  const from = query.from === undefined ? -Number.MAX_VALUE : finite(query.from, 'from');
  const to = query.to === undefined ? undefined : finite(query.to, 'to');
  return to !== undefined && to <= start.sortAt ? { sortAt: to, id: null, from } : { ...start, from };
}

export const MAX_PAGE = 200;

/** Items a page: 1–200, whatever was asked for. */
export const pageSize = (limit: number): number =>
  Number.isNaN(limit) ? 1 : Math.max(1, Math.min(MAX_PAGE, Math.trunc(limit)));

/** A cursor is opaque to callers; it holds a place in the order, no content. */
export const encodeCursor = ({ sortAt, id }: Position): string =>
  Buffer.from(JSON.stringify([sortAt, id])).toString('base64url');

/** @throws StoreError `bad-cursor` for anything `encodeCursor` did not write */
export function decodeCursor(cursor: string | undefined): Position {
  if (cursor === undefined) return START;
  const position = parse(cursor);
  // Buffers skip over characters that are no base64url; only the exact form is ours.
  if (position === undefined || encodeCursor(position) !== cursor) {
    throw new StoreError('bad-cursor', 'This page of the list is no longer known.');
  }
  return position;
}

function parse(cursor: string): Position | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (!Array.isArray(value) || value.length !== 2) return undefined;
    const [sortAt, id]: unknown[] = value;
    return typeof sortAt === 'number' && typeof id === 'string' ? { sortAt, id } : undefined;
  } catch {
    return undefined;
  }
}
