import type { Aggregate } from './aggregate.ts';
import { apply } from './apply.ts';
import type { Envelope } from './envelope.ts';
import type { Schema } from './schema.ts';

/** A rule or a performer that throws is tried again after this long: others go on meanwhile. */
export const DEFECT_DELAY_MS = 30_000;

/** The document after every timer that is due, the earliest first. The same one comes back when none was. */
export function fireTimers(
  aggregate: Aggregate<unknown, unknown>,
  before: Envelope<unknown>,
  now: number,
  schema: Schema,
  onDefect: (timer: string, error: unknown) => void,
): Envelope<unknown> {
  let envelope = before;
  const due = Object.entries(before.timers).filter(([, at]) => at <= now);
  for (const [name, at] of due.sort((a, b) => a[1] - b[1])) {
    // One that fired before may have moved or cancelled it.
    if (envelope.timers[name] !== at) continue;
    try {
      const { [name]: _fired, ...timers } = envelope.timers;
      const moment = { now, nextRev: envelope.rev + 1 };
      const decision = aggregate.decide(envelope.state, { type: 'timer', name }, moment);
      envelope = decision.ok
        ? apply({ ...envelope, timers }, decision, now, undefined, schema)
        : { ...envelope, timers };
    } catch (error) {
      onDefect(name, error);
      envelope = { ...envelope, timers: { ...envelope.timers, [name]: now + DEFECT_DELAY_MS } };
    }
  }
  return envelope;
}
