import type { PersonId } from '../directory/directory.ts';

/**
 * What is known of whether one person can be paged. No time of an answer is kept anywhere: how fast somebody confirmed
 * a test cannot be shown, since nobody wrote it down (promise 8).
 */
export interface PersonReach {
  readonly person: PersonId;
  /** What the last check that could tell has found; null: none could so far. */
  readonly found: Found | null;
  /** The last check that asked. */
  readonly asked: { readonly run: number; readonly at: number; readonly isTold: boolean } | null;
  /** The latest 通知テスト that they were part of. */
  readonly test: PersonTest | null;
}

/**
 * - `not-installed`: the app is not there for them, and never was as far as we know; `uninstalled`: it was.
 * - `blocked`: they have blocked the bot.
 * - `unknown-person`: Teams knows nobody by this id: a mistake in the organisation file, or an account that is gone.
 * - `no-address`: the address of the service is not known (local mode).
 */
export const STATUSES = [
  'reachable',
  'not-installed',
  'uninstalled',
  'blocked',
  'unknown-person',
  'no-address',
] as const;
export type Status = (typeof STATUSES)[number];

export interface Found {
  readonly status: Status;
  readonly since: number;
  /** The check that found it first: what is news is told by this, whatever the clocks of two instances say. */
  readonly run: number;
}

export interface PersonTest {
  /** The day it began, `2026-12-01`. */
  readonly id: string;
  /** `away`: on leave when it began, so nothing was sent. */
  readonly page: 'queued' | 'sent' | 'unreachable' | 'away';
  readonly isConfirmed: boolean;
}
