import type { Roster } from './roster.ts';

/** Whom a check asks, and for which day. */
export interface RiskScope {
  readonly roster: Roster;
  /** A day in Japan, `2026-12-01`. */
  readonly today: string;
}
