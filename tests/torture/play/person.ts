import { setTimeout as delay } from 'node:timers/promises';
import type { City } from '../city.ts';
import { hasButton, type Message } from '../sink/message.ts';
import { conversationOf, type Sink } from '../sink/sink.ts';
import type { Answer, Ask } from './ask.ts';

interface PersonParts {
  readonly sink: Sink;
  readonly ask: Ask;
  readonly city: City;
}

const CARD_WITHIN_MS = 40_000;

/** Somebody with a chat window: reads what has arrived and presses what is on it. */
export class Person {
  readonly id: string;
  readonly #parts: PersonParts;

  constructor(id: string, parts: PersonParts) {
    this.id = id;
    this.#parts = parts;
  }

  /** Until the bot knows where to write to: its first card arrives, or is refused. */
  async install(): Promise<void> {
    const { sink, ask } = this.#parts;
    const isKnown = () =>
      sink.at(this.id).length > 0 || sink.refusals.some(({ person }) => person === this.id);
    while (!isKnown()) {
      await ask.say(this.#activity({ type: 'installationUpdate', action: 'add' }));
      for (let waited = 0; waited < 3_000 && !isKnown(); waited += 100) await delay(100);
    }
  }

  /** General Affairs' channel gets the app. */
  async installInChannel(): Promise<void> {
    const { channel, tenantId } = this.#parts.city;
    const added = this.#activity({
      type: 'installationUpdate',
      action: 'add',
      conversation: { id: channel, conversationType: 'channel', isGroup: true, tenantId },
      channelData: { tenant: { id: tenantId }, channel: { id: channel } },
    });
    while (!(await this.#parts.ask.say(added))) await delay(200);
  }

  say(text: string): Promise<boolean> {
    return this.#parts.ask.say(this.#activity({ type: 'message', text }));
  }

  /** A button of the home card, which every press of this kind is made on anew. */
  call(verb: string, draft: string): Promise<Answer | undefined> {
    return this.#parts.ask.press(this.#tap(verb, { draft }, `home-${this.id}`));
  }

  /** The newest card of the case with this button, once there is one; undefined when none comes. */
  async find(code: string, verb: string): Promise<Message | undefined> {
    const giveUpAt = Date.now() + CARD_WITHIN_MS;
    while (Date.now() < giveUpAt) {
      const found = this.cards(code).findLast((message) => hasButton(message.now, verb));
      if (found !== undefined) return found;
      await delay(200);
    }
    return undefined;
  }

  /** Presses again until a card comes back; undefined when none does. */
  async pressOn(message: Message, verb: string): Promise<Answer | undefined> {
    const button = message.now.buttons.find(({ data }) => data.verb === verb);
    if (button === undefined) return undefined;
    return this.#parts.ask.press(this.#tap(verb, button.data, message.id));
  }

  /** The newest card of any case. */
  newest(): Message | undefined {
    return this.#parts.sink.at(this.id).findLast(({ code, isDeleted }) => code !== undefined && !isDeleted);
  }

  cards(code: string): Message[] {
    return this.#parts.sink.of(code).filter(({ person, isDeleted }) => person === this.id && !isDeleted);
  }

  #tap(verb: string, data: object, pressed: string): object {
    return this.#activity({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: pressed,
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
    });
  }

  #activity(fields: object): object {
    const { sink, city } = this.#parts;
    return {
      serviceUrl: sink.serviceUrl,
      from: { id: `29:${this.id}`, aadObjectId: this.id },
      recipient: { id: '28:bot' },
      conversation: { id: conversationOf(this.id), conversationType: 'personal', tenantId: city.tenantId },
      channelData: { tenant: { id: city.tenantId } },
      ...fields,
    };
  }
}
