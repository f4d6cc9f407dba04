import type { ConversationReference } from '../../bot/teams/reference.ts';
import type { OutgoingMessage, Priority, Reach, Recipient, SendOutcome } from '../../services/channel.ts';
import type { Clock } from '../../services/clock.ts';
import { paced } from '../../services/sending/paced.ts';
import { type Pacer, unpaced } from '../../services/sending/pacer.ts';
import { type Shown, shownOf } from './shown.ts';
import type { TeamsLimits } from './teamsLimits.ts';

export interface Message {
  readonly activityId: string;
  readonly to: string;
  readonly at: number;
  readonly alert: boolean;
  readonly summary: string;
  card: Shown;
  /** Card JSON as it stands now. */
  json: object;
  updates: number;
}

type Fault = SendOutcome | 'answer-lost' | ((message: OutgoingMessage) => SendOutcome | undefined);

/**
 * Teams as it really behaves, which the local client hides: people who have not installed the bot, answers that
 * get lost after the message arrived, throttling, updates of activities that are gone.
 */
export class FakeChannel {
  readonly #clock: Clock;
  readonly messages: Message[] = [];
  /** Not installed: 403 on everything. */
  readonly unreachable = new Set<string>();
  readonly #faults = new Map<string, Fault[]>();
  readonly #gone = new Set<string>();
  #count = 0;
  /** Runs before each attempt; a test may wait in it or kill the process. */
  before: (to: string, message: OutgoingMessage) => Promise<void> | void = () => {};

  readonly #pacer: Pacer;
  readonly #limits: TeamsLimits | undefined;

  /** @param sending who lets requests out, and what Teams refuses: by default everything goes */
  constructor(clock: Clock, sending: { readonly pacer?: Pacer; readonly limits?: TeamsLimits } = {}) {
    this.#clock = clock;
    this.#pacer = sending.pacer ?? unpaced;
    this.#limits = sending.limits;
  }

  /** The next attempts to this recipient fail like this, one after another. */
  fail(to: string, ...faults: Fault[]): void {
    this.#faults.set(to, [...(this.#faults.get(to) ?? []), ...faults]);
  }

  /** The person deleted this message. */
  forget(activityId: string): void {
    this.#gone.add(activityId);
  }

  async send(to: Recipient, message: OutgoingMessage): Promise<SendOutcome> {
    const address = 'person' in to ? to.person : to.channel;
    return this.#paced(threadOf(to), message, 'news', () => this.#post(address, message));
  }

  async say(reference: ConversationReference, message: OutgoingMessage): Promise<SendOutcome> {
    const { conversationId } = reference;
    return this.#paced(conversationId, message, 'news', () => this.#post(conversationId, message));
  }

  async update(to: Recipient, activityId: string, message: OutgoingMessage): Promise<SendOutcome> {
    const address = 'person' in to ? to.person : to.channel;
    return this.#paced(
      threadOf(to),
      message,
      'card',
      () => this.#put(address, activityId, message),
      `${address}|${activityId}`,
    );
  }

  #paced(
    thread: string,
    message: OutgoingMessage,
    priority: Priority,
    attempt: () => Promise<SendOutcome>,
    replaces?: string,
  ): Promise<SendOutcome> {
    const { since, stillOwed } = message;
    const wanted = {
      thread,
      priority: message.priority ?? priority,
      stillOwed,
      ...(since === undefined ? {} : { since }),
      ...(replaces === undefined ? {} : { replaces }),
    };
    return paced(
      this.#pacer,
      wanted,
      async () => this.#limits?.refusal(thread, this.#clock.now()) ?? attempt(),
    );
  }

  async #put(address: string, activityId: string, message: OutgoingMessage): Promise<SendOutcome> {
    await this.before(address, message);
    const fault = this.#fault(address, message);
    if (fault !== undefined && fault !== 'answer-lost') return fault;
    const found = this.messages.find((m) => m.activityId === activityId);
    if (found === undefined || this.#gone.has(activityId)) return { kind: 'gone', reason: '404' };
    found.json = message.card;
    found.card = shownOf(message.card);
    found.updates += 1;
    if (fault === 'answer-lost') return { kind: 'uncertain', reason: 'reset' };
    return { kind: 'delivered', activityId };
  }

  /** Not installed when `unreachable`; a fault of the recipient is used up by it as by a send. */
  async reach(person: string): Promise<Reach> {
    if (this.unreachable.has(person))
      return { kind: 'unreachable', why: 'not-installed', reason: 'HTTP 403 ForbiddenOperationException' };
    const fault = this.#faults.get(person)?.shift();
    if (fault === undefined || typeof fault === 'function') return { kind: 'reachable' };
    if (fault === 'answer-lost') return { kind: 'unknown', reason: 'reset' };
    if (fault.kind === 'delivered') return { kind: 'reachable' };
    if (fault.kind === 'unreachable')
      return { kind: 'unreachable', why: 'not-installed', reason: fault.reason };
    return { kind: 'unknown', reason: fault.reason };
  }

  async #post(to: string, message: OutgoingMessage): Promise<SendOutcome> {
    await this.before(to, message);
    const fault = this.#fault(to, message);
    if (fault !== undefined && fault !== 'answer-lost') return fault;
    this.#count += 1;
    const activityId = `message-${this.#count}`;
    this.messages.push({
      activityId,
      to,
      at: this.#clock.now(),
      alert: message.alert,
      summary: message.summary,
      json: message.card,
      card: shownOf(message.card),
      updates: 0,
    });
    if (fault === 'answer-lost') return { kind: 'uncertain', reason: 'reset' };
    return { kind: 'delivered', activityId };
  }

  #fault(to: string, message: OutgoingMessage): SendOutcome | 'answer-lost' | undefined {
    if (this.unreachable.has(to)) return { kind: 'unreachable', reason: '403' };
    const fault = this.#faults.get(to)?.shift();
    return typeof fault === 'function' ? fault(message) : fault;
  }
}

/** As the world's activities name the chat of a person. */
const threadOf = (to: Recipient): string => ('person' in to ? `chat-${to.person}` : to.channel);
