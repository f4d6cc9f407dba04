import type { Call, Participant } from '../../services/calls/call.ts';
import type { AnyCallCommand, CallCommand } from '../../services/calls/commands.ts';
import { decideCall } from '../../services/calls/decide.ts';
import type { SendOutcome } from '../../services/channel.ts';
import type { Directory } from '../../services/directory/directory.ts';
import type { Decision } from '../../services/engine/aggregate.ts';
import { apply } from '../../services/engine/apply.ts';
import type { Effect, Envelope } from '../../services/engine/envelope.ts';

interface PageRecord {
  readonly key: string;
  readonly person: string;
  readonly lane: string;
  readonly at: number;
}

/** One call without store and channel: commands, passing time, and what becomes of each send. */
export class Simulation {
  readonly directory: Directory;
  now: number;
  envelope: Envelope<Call> | undefined;
  /** Pages in the order they were committed. */
  readonly pages: PageRecord[] = [];
  #claims = 0;

  constructor(directory: Directory, start: number) {
    this.directory = directory;
    this.now = start;
  }

  get call(): Call {
    if (this.envelope === undefined) throw new Error('no call yet');
    return this.envelope.state;
  }

  command(command: CallCommand): Decision<Call> {
    return this.#decide(command);
  }

  /** Fires the earliest timer, at its time. */
  fireNext(): string | undefined {
    const next = Object.entries(this.envelope?.timers ?? {}).sort((a, b) => a[1] - b[1])[0];
    if (next === undefined || this.envelope === undefined) return undefined;
    const [name, at] = next;
    this.now = Math.max(this.now, at);
    const { [name]: _fired, ...timers } = this.envelope.timers;
    this.envelope = { ...this.envelope, timers };
    this.#decide({ type: 'timer', name });
    return name;
  }

  /** One owed effect is attempted, with this outcome. */
  settle(index: number, outcome: SendOutcome['kind']): void {
    const open = this.envelope?.outbox.filter((effect) => effect.readyAt <= this.now) ?? [];
    const effect = open[index % Math.max(1, open.length)];
    if (effect === undefined || this.envelope === undefined) return;
    this.#claims += 1;
    const result = (
      outcome === 'delivered'
        ? { kind: outcome, activityId: `a${this.#claims}` }
        : { kind: outcome, reason: 'test' }
    ) as SendOutcome;
    const { rev } = this.envelope;
    const decision = this.#decide({ type: 'settled', effect, outcome: result, shownRev: rev });
    if (!decision.ok) return;
    const outbox = this.envelope.outbox.flatMap((e): Effect[] =>
      e.key !== effect.key
        ? [e]
        : decision.retryAt === undefined
          ? []
          : [{ ...e, readyAt: decision.retryAt }],
    );
    this.envelope = { ...this.envelope, outbox };
  }

  #decide(command: AnyCallCommand): Decision<Call> {
    const before = this.envelope;
    const frozen = JSON.stringify(before);
    const moment = { now: this.now, nextRev: (before?.rev ?? 0) + 1 };
    const decision = decideCall(
      { directory: this.directory, hasAlarm: true },
      before?.state,
      command,
      moment,
    );
    if (JSON.stringify(before) !== frozen) throw new Error(`${command.type} changed its input`);
    if (!decision.ok) return decision;
    this.envelope = apply(before, decision, this.now);
    for (const effect of decision.effects) {
      if (effect.kind !== 'page') continue;
      this.pages.push({
        key: effect.key,
        person: effect.person,
        lane: String(effect.data?.lane),
        at: this.now,
      });
    }
    return decision;
  }
}

export const participant = (directory: Directory, id: string): Participant => {
  const person = directory.person(id);
  if (person === undefined) return { id, name: '登録のない職員', kind: 'guest' };
  return { id, name: person.name, kind: person.kind };
};
