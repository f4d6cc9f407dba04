import type { Mutation } from '../options.ts';

/** Where a worker may die or stop by its own hand. The driver does the same at any moment. */
export const POINTS = [
  'before-write',
  'after-write',
  /** Claimed and committed, nothing sent. */
  'claimed',
  /** The request has been written to the messenger. */
  'requested',
  /** The messenger has answered, nothing settled. */
  'answered',
] as const;
export type Point = (typeof POINTS)[number];

export interface Doom {
  readonly point: Point;
  /** At the how-many-th passing, from 0. */
  readonly nth: number;
  readonly signal: 'SIGKILL' | 'SIGSTOP';
}

/** What the driver tells a worker's preload, as JSON in `MAMORI_TORTURE`. */
export interface WorkerSetting {
  readonly name: string;
  /** File for the trace of this process's writes. */
  readonly trace: string;
  readonly clockShiftMs: number;
  readonly doom: Doom | undefined;
  /** Share of the calls of the embedded store that are slow, or whose answer gets lost. */
  readonly storeFaults: number;
  readonly mutation: Mutation | undefined;
}

/** Which attempt a message belongs to; sent along with it as a header. */
export interface Tag {
  readonly worker: string;
  readonly code: string;
  readonly key: string;
  readonly attempt: number;
  readonly claim: string;
  /** The id that the message is to get: `settle-before-send` records it before there is a message. */
  readonly id?: string;
}
export const TAG_HEADER = 'x-mamori-torture';

/** Lines on the worker's standard error that the driver listens for. */
export const DOOM_LINE = 'torture doom';
