/**
 * Structured log. Fields carry case codes, effect keys, counts and error codes: never a narrative, a quote or a
 * name of a citizen (promise 7).
 */
export interface Log {
  /** For looking closely (`MAMORI_LOG_LEVEL=debug`); a log may do without. */
  debug?(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silentLog: Log = { info() {}, warn() {}, error() {} };
