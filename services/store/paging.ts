import { StoreError } from './store.ts';

/** Where a page ended: the last item shown. */
export interface Position {
  readonly sortAt: number;
  readonly id: string;
}

/** Before every document: larger than any time. */
export const START: Position = { sortAt: Number.MAX_VALUE, id: '' };

const MAX_PAGE = 200;

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
