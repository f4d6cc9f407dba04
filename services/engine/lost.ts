import type { Aggregate } from './aggregate.ts';
import { apply } from './apply.ts';
import type { Effect, Envelope } from './envelope.ts';
import type { Schema } from './schema.ts';

/**
 * The document after the rules have been told of every attempt whose claim has expired, before it is claimed anew or
 * forgotten: its message may stand on somebody's screen. The same one comes back when there was none.
 *
 * @param onDefect a rule that fails on it does not keep the document from being served
 */
export function tellLost<S>(
  aggregate: Pick<Aggregate<S, never>, 'lost'>,
  before: Envelope<S>,
  now: number,
  schema: Schema,
  onDefect: (effect: Effect, error: unknown) => void,
): Envelope<S> {
  if (aggregate.lost === undefined) return before;
  let envelope = before;
  for (const effect of before.outbox) {
    if (effect.claimedUntil === null || effect.claimedUntil > now) continue;
    try {
      const decision = aggregate.lost(envelope.state, effect, { now, nextRev: envelope.rev + 1 });
      envelope = apply(envelope, decision, now, undefined, schema);
    } catch (error) {
      onDefect(effect, error);
    }
  }
  return envelope;
}
