import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Quota } from './quota.ts';

/** One request that the sink has answered. Times are of `performance.now()`. */
export interface Taken {
  /** `POST`: a new message. `PUT`: one that is shown anew. */
  readonly method: string;
  readonly conversation: string;
  readonly body: Buffer;
  readonly status: number;
  /** When the last byte of it was there. */
  readonly arrivedAt: number;
  /** When the answer went out: the message is in the chat. */
  readonly takenAt: number;
}

const QUIET_MS = 25;

/** The messenger's end: takes everything, at once or after a while, within its limits if it has any. */
export class Sink {
  /** How long every answer takes. */
  answerMs = 0;
  quota: Quota | undefined;
  onTaken: (taken: Taken) => void = () => {};
  /** When anything last happened. */
  lastAt = 0;
  readonly #server: Server;
  #open = 0;
  #ids = 0;

  private constructor() {
    this.#server = createServer((req, res) => {
      this.#open += 1;
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () => this.#take(req.method ?? '', req.url ?? '', Buffer.concat(chunks), res));
    });
    this.#server.keepAliveTimeout = 60_000;
  }

  static async open(): Promise<Sink> {
    const sink = new Sink();
    await new Promise<void>((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get serviceUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/_connector`;
  }

  /** Resolves when nothing is under way, and nothing has come for a moment from now on. */
  async quiet(ms = QUIET_MS): Promise<void> {
    const since = performance.now();
    while (this.#open > 0 || performance.now() - Math.max(since, this.lastAt) < ms)
      await new Promise((resolve) => setTimeout(resolve, 3));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #take(method: string, url: string, body: Buffer, res: ServerResponse): void {
    const arrivedAt = performance.now();
    this.lastAt = arrivedAt;
    const [, name = '', known] = /conversations\/([^/]+)\/activities(?:\/([^/?]+))?/.exec(url) ?? [];
    const conversation = decodeURIComponent(name);
    const isOver = this.quota?.exceeds(conversation, arrivedAt) ?? false;
    const answer = () => {
      const takenAt = performance.now();
      this.#open -= 1;
      this.lastAt = takenAt;
      const status = isOver ? 429 : method === 'PUT' ? 200 : 201;
      const json = isOver ? '{"error":{"code":"Throttled"}}' : `{"id":"${this.#idOf(method, known)}"}`;
      res.writeHead(status, {
        'content-type': 'application/json',
        'content-length': json.length,
        ...(isOver ? { 'retry-after': '1' } : {}),
      });
      res.end(json);
      this.onTaken({ method, conversation, body, status, arrivedAt, takenAt });
    };
    if (this.answerMs === 0) answer();
    else setTimeout(answer, this.answerMs);
  }

  /** An answer to an activity is a new message, too. */
  #idOf(method: string, known: string | undefined): string {
    if (method === 'PUT' && known !== undefined) return known;
    this.#ids += 1;
    return `m${this.#ids}`;
  }
}
