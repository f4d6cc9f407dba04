import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { TAG_HEADER, type Tag } from '../worker/setting.ts';
import type { SinkFault, SinkWeather } from './faults.ts';
import { type Activity, CHANNEL, codeOn, type Message, shownIn } from './message.ts';

/** A page that was refused: its person is not reachable. */
interface Refusal {
  readonly person: string;
  readonly code: string | undefined;
  readonly at: number;
}

interface SinkParts {
  readonly weather: SinkWeather;
  readonly unreachable: ReadonlySet<string>;
  /** Conversation of General Affairs' channel. */
  readonly channel: string;
}

export const conversationOf = (person: string): string => `chat-${person}`;

/** The messenger: keeps every message that arrives, apart from the workers, and is as unreliable as the real one. */
export class Sink {
  readonly messages: Message[] = [];
  readonly refusals: Refusal[] = [];
  onMessage: (message: Message) => void = () => {};
  requests = 0;
  readonly #byCase = new Map<string, Message[]>();
  readonly #byPerson = new Map<string, Message[]>();
  readonly #byId = new Map<string, Message>();
  readonly #parts: SinkParts;
  readonly #server: Server;

  private constructor(parts: SinkParts) {
    this.#parts = parts;
    this.#server = createServer((req, res) => {
      this.#serve(req, res).catch(() => req.socket.destroy());
    });
    // A connection that it gives up while a worker writes on it would be a reset that nobody drew.
    this.#server.keepAliveTimeout = 300_000;
  }

  static async open(parts: SinkParts): Promise<Sink> {
    const sink = new Sink(parts);
    await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get serviceUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/_connector`;
  }

  of(code: string): readonly Message[] {
    return this.#byCase.get(code) ?? [];
  }

  at(person: string): readonly Message[] {
    return this.#byPerson.get(person) ?? [];
  }

  /** Codes of all cases that anybody was told of. */
  codes(): string[] {
    return [...this.#byCase.keys()];
  }

  byId(id: string): Message | undefined {
    return this.#byId.get(id);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Activity;
    this.requests += 1;
    const [, conversation = '', id] =
      /conversations\/([^/]+)(?:\/activities)?(?:\/([^/?]+))?/.exec(req.url ?? '') ?? [];
    const person = this.#personOf(decodeURIComponent(conversation));
    if (conversation === '') return this.#created(body, res);
    if (this.#parts.unreachable.has(person)) {
      this.refusals.push({ person, code: codeOn(shownIn(body)), at: Date.now() });
      return answer(res, 403, { error: { code: 'MessageWritesBlocked' } });
    }
    const { weather } = this.#parts;
    const fault = weather.next(req.method === 'PUT');
    if (fault === 'slow') await delay(weather.slowMs());
    if (fault !== undefined && this.#isRefused(fault, req, res, id)) return;
    const message = req.method === 'PUT' ? this.#update(id, body) : this.#arrive(person, body, req);
    if (message === undefined) return answer(res, 404, { error: { code: 'ActivityNotFound' } });
    if (fault?.endsWith('-after') === true) {
      if (req.method === 'POST') message.isAnswerLost = true;
      if (fault === 'reset-after') req.socket.resetAndDestroy();
      if (fault === 'unavailable-after') answer(res, 503, {});
      return;
    }
    answer(res, 201, { id: message.id });
  }

  /** Whether the request ends here, without having arrived. */
  #isRefused(fault: SinkFault, req: IncomingMessage, res: ServerResponse, id: string | undefined): boolean {
    if (fault === 'throttled') {
      const seconds = String(this.#parts.weather.retryAfterSeconds());
      answer(res, 429, {}, { 'retry-after': seconds });
    } else if (fault === 'unavailable') answer(res, 503, {});
    else if (fault === 'reset') req.socket.resetAndDestroy();
    else if (fault === 'gone') {
      const message = this.#byId.get(id ?? '');
      if (message !== undefined) message.isDeleted = true;
      answer(res, 404, { error: { code: 'ActivityNotFound' } });
    } else return fault === 'hangs';
    return true;
  }

  #update(id: string | undefined, body: Activity): Message | undefined {
    const message = this.#byId.get(id ?? '');
    if (message === undefined || message.isDeleted) return undefined;
    message.now = shownIn(body);
    return message;
  }

  #arrive(person: string, body: Activity, req: IncomingMessage): Message {
    const header = req.headers[TAG_HEADER];
    const tag = typeof header === 'string' ? (JSON.parse(header) as Tag) : undefined;
    const shown = shownIn(body);
    const message: Message = {
      id: tag?.id ?? `m${this.messages.length}`,
      person,
      code: codeOn(shown),
      at: Date.now(),
      alert: body.channelData?.notification?.alert === true,
      tag,
      first: shown,
      now: shown,
      isAnswerLost: false,
      isDeleted: false,
    };
    this.messages.push(message);
    this.#byId.set(message.id, message);
    listed(this.#byPerson, person).push(message);
    if (message.code !== undefined) listed(this.#byCase, message.code).push(message);
    this.onMessage(message);
    return message;
  }

  /** The conversation with a person, made or found. */
  #created(body: object, res: ServerResponse): void {
    const [member] = (body as { members?: readonly { id?: string }[] }).members ?? [];
    const person = (member?.id ?? '').replace(/^29:/, '');
    const isRefused = this.#parts.unreachable.has(person);
    if (isRefused) answer(res, 403, { error: { code: 'BotNotInRoster' } });
    else answer(res, 201, { id: conversationOf(person) });
  }

  #personOf(conversation: string): string {
    return conversation === this.#parts.channel ? CHANNEL : conversation.replace(/^chat-/, '');
  }
}

function answer(res: ServerResponse, status: number, body: object, headers = {}): void {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(body));
}

function listed<T>(lists: Map<string, T[]>, key: string): T[] {
  const known = lists.get(key);
  if (known !== undefined) return known;
  const made: T[] = [];
  lists.set(key, made);
  return made;
}
