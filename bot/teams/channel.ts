import {
  type Channel,
  type OutgoingMessage,
  type Priority,
  type Reach,
  type Recipient,
  SEND_DEADLINE_MS,
  type SendOutcome,
} from '../../services/channel.ts';
import type { Clock } from '../../services/clock.ts';
import type { PersonId } from '../../services/directory/directory.ts';
import type { People } from '../../services/people/people.ts';
import { paced } from '../../services/sending/paced.ts';
import type { Pacer } from '../../services/sending/pacer.ts';
import type { Connector } from './connector.ts';
import { type Contact, contact } from './firstContact.ts';
import { isUnknown, outcomeOf, reachOf } from './outcome.ts';
import {
  type ConversationReference,
  decodeReference,
  encodeReference,
  isAllowedServiceUrl,
} from './reference.ts';
import type { Answer } from './request.ts';
import type { ServiceAddress } from './serviceAddress.ts';

interface Parts {
  readonly people: People;
  readonly connector: Connector;
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly serviceHosts: readonly string[];
  readonly serviceAddress: ServiceAddress;
  /** Who first contacts come from; a reference says its own. */
  readonly bot: { readonly id: string; readonly tenantId: string };
}

/** Teams behind the `Channel` port. */
export interface TeamsChannel extends Channel {
  /** Says something in the conversation that an activity came from (a group, say). */
  say(reference: ConversationReference, message: OutgoingMessage): Promise<SendOutcome>;
  /** An activity came from there: where the tenant is served. */
  heard(reference: ConversationReference): Promise<void>;
}

const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

function activityOf(message: OutgoingMessage) {
  return {
    type: 'message',
    summary: message.summary,
    attachments: [{ contentType: CARD_TYPE, content: message.card }],
    ...(message.alert ? { channelData: { notification: { alert: true } } } : {}),
  };
}

type Found = ConversationReference | Contact | SendOutcome;

const unreachable = (reason: string): SendOutcome => ({ kind: 'unreachable', reason });
const NOT_ALLOWED = 'service address not allowed';
/** Less than this is too little for a request: it would only come to be uncertain. */
const SHORTEST_REQUEST_MS = 1_000;
/** A conversation that was created later than this is for the next attempt. */
const FIRST_CONTACT_MS = 4_000;

export function createTeamsChannel(parts: Parts): TeamsChannel {
  const { people, connector, pacer, clock, serviceAddress } = parts;
  const isAllowed = (serviceUrl: string) => isAllowedServiceUrl(serviceUrl, parts.serviceHosts);

  async function stored(id: string): Promise<ConversationReference | undefined> {
    return decodeReference((await people.read(id)).reference);
  }

  /** Undefined: nobody knows where the tenant is served. */
  async function firstContact(person: PersonId): Promise<Contact | undefined> {
    const serviceUrl = await serviceAddress.read();
    const { id: botId, tenantId } = parts.bot;
    return serviceUrl === undefined ? undefined : { person, serviceUrl, botId, tenantId };
  }

  /** Where to, or why nowhere. The port never throws: a store that does not answer means that nothing was sent. */
  async function find(to: Recipient): Promise<Found> {
    try {
      const reference = await stored('person' in to ? to.person : `channel:${to.channel}`);
      const place = reference ?? ('person' in to ? await firstContact(to.person) : undefined);
      if (place === undefined) return unreachable('no conversation');
      return isAllowed(place.serviceUrl) ? place : unreachable(NOT_ALLOWED);
    } catch {
      return { kind: 'retry', reason: 'address not readable' };
    }
  }

  /** One request when its turn has come, given up when the whole send has taken as long as it may. */
  function attempt(
    wanted: Parameters<typeof paced>[1],
    startedAt: number,
    request: (signal: AbortSignal) => Promise<SendOutcome>,
  ): Promise<SendOutcome> {
    return paced(pacer, wanted, () => {
      // A clock that has been set back gives nobody more time than there is.
      const left = Math.min(startedAt + SEND_DEADLINE_MS - clock.now(), SEND_DEADLINE_MS);
      if (left < SHORTEST_REQUEST_MS) return Promise.resolve({ kind: 'retry', reason: 'no time left' });
      return within(left, clock, request);
    });
  }

  async function post(
    to: ConversationReference,
    message: OutgoingMessage,
    startedAt: number,
    answered: (answer: Answer) => void = () => {},
  ): Promise<SendOutcome> {
    const { serviceUrl, conversationId } = to;
    return attempt(wantedFor(conversationId, message, 'news'), startedAt, async (signal) => {
      const answer = await connector.put({ serviceUrl, conversationId }, activityOf(message), signal);
      answered(answer);
      return outcomeOf(answer, false);
    });
  }

  /** Two requests, each at its turn. The first may be repeated: without its answer nothing was sent. */
  async function postFirst(to: Contact, message: OutgoingMessage, startedAt: number): Promise<SendOutcome> {
    let reference: ConversationReference | undefined;
    const created = await attempt(wantedFor(to.person, message, 'news'), startedAt, async (signal) => {
      const contacted = await contact({ connector, people }, to, signal);
      reference = contacted.reference;
      const outcome = outcomeOf(contacted.answer, false);
      return outcome.kind === 'uncertain' ? { ...outcome, kind: 'retry' } : outcome;
    });
    if (reference === undefined) return created;
    if (clock.now() - startedAt > FIRST_CONTACT_MS)
      return { kind: 'retry', reason: 'no time left', retryAfterMs: 0 };
    return post(reference, message, startedAt);
  }

  /** A conversation that Teams does not know any more (installed anew, say) is created anew where that is possible. */
  async function renewed(person: PersonId, lost: ConversationReference): Promise<Contact | undefined> {
    try {
      const to = await firstContact(person);
      if (to === undefined || !isAllowed(to.serviceUrl)) return undefined;
      const text = encodeReference(lost);
      await people.renew(person, ({ reference }) => (reference === text ? { reference: null } : {}));
      return to;
    } catch {
      return undefined;
    }
  }

  async function send(to: Recipient, message: OutgoingMessage): Promise<SendOutcome> {
    const startedAt = clock.now();
    const found = await find(to);
    if ('kind' in found) return found;
    if ('person' in found) return postFirst(found, message, startedAt);
    let isLost = false;
    const outcome = await post(found, message, startedAt, (answer) => {
      isLost = isUnknown(answer);
    });
    const again = isLost && 'person' in to ? await renewed(to.person, found) : undefined;
    return again === undefined ? outcome : postFirst(again, message, startedAt);
  }

  async function update(to: Recipient, activityId: string, message: OutgoingMessage): Promise<SendOutcome> {
    const startedAt = clock.now();
    const found = await find(to);
    if ('kind' in found) return found;
    if ('person' in found) return unreachable('no conversation');
    const { serviceUrl, conversationId } = found;
    const activity = { ...activityOf({ ...message, alert: false }), id: activityId };
    const wanted = {
      ...wantedFor(conversationId, message, 'card'),
      replaces: `${conversationId}|${activityId}`,
    };
    return attempt(wanted, startedAt, async (signal) => {
      const answer = await connector.put({ serviceUrl, conversationId, activityId }, activity, signal);
      return outcomeOf(answer, true, activityId);
    });
  }

  /** From where the person is known, else from where the tenant is served. */
  async function contactOf(person: PersonId): Promise<Contact | undefined> {
    const reference = await stored(person);
    if (reference === undefined) return firstContact(person);
    const { serviceUrl, botId, tenantId } = reference;
    return { person, serviceUrl, botId, tenantId };
  }

  async function reach(person: PersonId): Promise<Reach> {
    const startedAt = clock.now();
    let to: Contact | undefined;
    try {
      to = await contactOf(person);
    } catch {
      return { kind: 'unknown', reason: 'address not readable' };
    }
    if (to === undefined) return { kind: 'unreachable', why: 'no-address', reason: 'no conversation' };
    if (!isAllowed(to.serviceUrl)) return { kind: 'unreachable', why: 'no-address', reason: NOT_ALLOWED };
    const found = to;
    let reached: Reach | undefined;
    const outcome = await attempt({ thread: person, priority: 'card' }, startedAt, async (signal) => {
      const { answer } = await contact({ connector, people }, found, signal);
      reached = reachOf(answer);
      return outcomeOf(answer, false);
    });
    if (reached !== undefined || outcome.kind !== 'retry')
      return reached ?? { kind: 'unknown', reason: outcome.kind };
    const { reason, retryAfterMs } = outcome;
    return { kind: 'unknown', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }

  return {
    send,
    update,
    reach,
    async say(reference, message) {
      if (!isAllowed(reference.serviceUrl)) return unreachable(NOT_ALLOWED);
      return post(reference, message, clock.now());
    },
    heard: ({ serviceUrl }) => serviceAddress.seen(serviceUrl),
  };
}

/** What has ended needs no deadline any more: thousands of them would wait for nothing. */
async function within<R>(ms: number, clock: Clock, request: (signal: AbortSignal) => Promise<R>): Promise<R> {
  const controller = new AbortController();
  const cancel = clock.after(ms, () => controller.abort());
  try {
    return await request(controller.signal);
  } finally {
    cancel();
  }
}

const wantedFor = (thread: string, message: OutgoingMessage, priority: Priority) => ({
  thread,
  priority: message.priority ?? priority,
  stillOwed: message.stillOwed,
  ...(message.since === undefined ? {} : { since: message.since }),
});
