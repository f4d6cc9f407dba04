import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Reaction = (res: ServerResponse, req: Received) => void;

export const answers =
  (status: number, body: object, headers: Record<string, string> = {}): Reaction =>
  (res) => {
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(JSON.stringify(body));
  };

/** The error of a Teams conversation. */
export const refuses = (status: number, code: string): Reaction =>
  answers(status, { error: { code, message: 'Somebody’s name and words' } });

/** A service on loopback that counts what reaches it and answers as badly as a test wants. */
export class OddService {
  readonly requests: Received[] = [];
  reaction: Reaction = answers(201, { id: 'a7' });
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((req, res) => {
      let body = '';
      req.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      req.on('end', () => {
        const received = { method: req.method ?? '', url: req.url ?? '', headers: req.headers, body };
        this.requests.push(received);
        this.reaction(res, received);
      });
    });
  }

  static async open(): Promise<OddService> {
    const service = new OddService();
    await new Promise<void>((resolve) => service.#server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `http://${this.host}/_connector`;
  }

  /** The open connections are cut, new ones refused. */
  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
