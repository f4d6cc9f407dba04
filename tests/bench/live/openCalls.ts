import type { Call, Participant } from '../../../services/calls/call.ts';
import type { CallCommand } from '../../../services/calls/commands.ts';
import { createCallAggregate } from '../../../services/calls/decide.ts';
import { listingOf } from '../../../services/calls/listing.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import type { Directory } from '../../../services/directory/directory.ts';
import { parseOrganization } from '../../../services/directory/organization.ts';
import type { EngineCommand } from '../../../services/engine/aggregate.ts';
import { apply } from '../../../services/engine/apply.ts';
import { type Envelope, encode } from '../../../services/engine/envelope.ts';
import type { Document } from '../../../services/store/store.ts';
import { codeOf } from '../stores/documents.ts';
import type { City } from './city.ts';

/** Makes calls as the product leaves them when the first pages have been taken: by its own rules. */
export class OpenCalls {
  readonly #city: City;
  readonly #directory: Directory;
  readonly #aggregate: ReturnType<typeof createCallAggregate>;

  constructor(city: City) {
    this.#city = city;
    this.#directory = createDirectory(parseOrganization(city.organization));
    this.#aggregate = createCallAggregate({ directory: this.#directory, hasAlarm: false });
  }

  /**
   * Call `n`, opened so that the first step of the colleagues ends at `dueAt`: from then on the engine owes it the next
   * one. General Affairs has answered.
   */
  dueAt(n: number, dueAt: number, waitMs: number): Document {
    const { callers } = this.#city;
    const by = this.#participant(callers[n % callers.length] ?? '');
    const now = dueAt - waitMs;
    const code = codeOf(n);
    const place = this.#directory.resolvePlace('2番窓口', this.#directory.person(by.id));
    const open = {
      type: 'open',
      code,
      number: Math.floor(n / callers.length) + 1,
      by,
      level: 'assist',
      place,
      affected: null,
      excluded: [],
    } as const;
    let envelope = this.#decided(undefined, open, now);
    envelope = this.#allSent(envelope, code, now);
    const officer = this.#participant(this.#city.generalAffairs);
    const answer = { type: 'answer', by: officer, verb: 'going', tap: `going:${officer.id}:1` } as const;
    envelope = this.#allSent(this.#decided(envelope, answer, now), code, now);
    return encode('call', code, envelope, listingOf(envelope.state));
  }

  /** Pages and cards, and the cards once more that follow from them. */
  #allSent(before: Envelope<Call>, code: string, now: number): Envelope<Call> {
    let envelope = before;
    for (let round = 0; round < 4 && envelope.outbox.length > 0; round += 1)
      for (const effect of envelope.outbox)
        envelope = this.#sent(envelope, effect.key, `${code}-${effect.person}`, now);
    return envelope;
  }

  #sent(envelope: Envelope<Call>, key: string, activityId: string, now: number): Envelope<Call> {
    const effect = envelope.outbox.find((owed) => owed.key === key);
    if (effect === undefined) return envelope;
    const outcome = { kind: 'delivered', activityId };
    const settled = { type: 'settled', effect, outcome, shownRev: envelope.rev } as const;
    const without = { ...envelope, outbox: envelope.outbox.filter((owed) => owed !== effect) };
    return this.#decided(without, settled, now);
  }

  #decided(
    before: Envelope<Call> | undefined,
    command: CallCommand | EngineCommand,
    now: number,
  ): Envelope<Call> {
    const moment = { now, nextRev: (before?.rev ?? 0) + 1 };
    const decision = this.#aggregate.decide(before?.state, command, moment);
    if (!decision.ok) throw new Error(`refused: ${decision.reason}`);
    return apply(before, decision, now, command.type === 'open' ? 'seeded' : undefined);
  }

  #participant(id: string): Participant {
    const person = this.#directory.person(id);
    if (person === undefined) throw new Error(`nobody is ${id}`);
    return { id, name: person.name, kind: person.kind };
  }
}
