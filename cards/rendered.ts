export type Language = 'ja' | 'en';

/** A finished card and the line a notification shows for it (no personal detail: promise 7). */
export interface Rendered {
  readonly card: object;
  readonly summary: string;
}
