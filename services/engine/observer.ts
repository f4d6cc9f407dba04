import type { Log } from '../log.ts';
import type { Key } from '../store/store.ts';
import type { Effect, Envelope } from './envelope.ts';

/**
 * Why a document is left alone for a while.
 * - `undecodable`: what is stored is no document, or none that any version could serve.
 * - `newer`: a newer version of the program has to serve it, or the only one that knows its kind.
 * - `defect`: a rule threw, or what it decided can never be written.
 */
export type SkipReason = 'undecodable' | 'newer' | 'defect';

interface Committed {
  readonly key: Key;
  /** Undefined: the document has just been created. */
  readonly before: Envelope<unknown> | undefined;
  readonly after: Envelope<unknown>;
}

export interface Attempt {
  readonly key: Key;
  /** As it was claimed: `claim` names the attempt. */
  readonly effect: Effect;
  /** State of the document when it was claimed. */
  readonly state: unknown;
}

/**
 * What the engine does, told to whoever watches: the audit, the metrics, the log of cases. It is told after the fact
 * and changes nothing; states hold narratives, so nothing of them may be passed on but codes, levels and times.
 */
export interface EngineObserver {
  /** A write of this process has been saved: exactly one instance tells of each. */
  committed(change: Committed): void;
  timerFired(timer: { readonly key: Key; readonly name: string; readonly lateMs: number }): void;
  attemptBegan(attempt: Attempt): void;
  /** The performer has answered, or thrown (`defect`). Whether the result could be recorded is another matter. */
  attemptEnded(attempt: Attempt & { readonly outcome: unknown; readonly ms: number }): void;
  /** A pass over the document went through: it was served, or there was nothing to do. */
  documentServed(key: Key): void;
  documentSkipped(key: Key, reason: SkipReason): void;
}

const EVENTS = [
  'committed',
  'timerFired',
  'attemptBegan',
  'attemptEnded',
  'documentServed',
  'documentSkipped',
] as const satisfies readonly (keyof EngineObserver)[];

/** One observer that tells them all. One that throws is logged and harms neither the engine nor the others. */
export function observedBy(log: Log, ...observers: readonly Partial<EngineObserver>[]): EngineObserver {
  const tell =
    (event: keyof EngineObserver) =>
    (...what: unknown[]): void => {
      for (const observer of observers) {
        try {
          (observer[event] as ((...what: unknown[]) => void) | undefined)?.(...what);
        } catch (error) {
          log.error({ err: error, event }, 'observer failed');
        }
      }
    };
  return Object.fromEntries(EVENTS.map((event) => [event, tell(event)])) as unknown as EngineObserver;
}

/** The timers that a pass over a document has fired, and how late. */
export function firedTimers(
  before: Envelope<unknown>,
  after: Envelope<unknown>,
  now: number,
): { readonly name: string; readonly lateMs: number }[] {
  return Object.entries(before.timers)
    .filter(([name, at]) => at <= now && after.timers[name] !== at)
    .map(([name, at]) => ({ name, lateMs: now - at }));
}
