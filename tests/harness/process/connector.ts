import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Shown, shownOf } from '../shown.ts';

interface Arrived {
  readonly id: string;
  readonly conversation: string;
  readonly at: number;
  card: Shown;
}

/** A Teams service on loopback that keeps what arrives. */
export class Connector {
  readonly arrived: Arrived[] = [];
  /** Runs when a message has arrived, before the answer goes out. */
  onMessage: (message: Arrived) => void = () => {};
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((req, res) => {
      const chunks: Buffer[] = [];
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      req.on('end', () =>
        this.#take(req.url ?? '', JSON.parse(Buffer.concat(chunks).toString() || '{}'), res),
      );
    });
  }

  static async open(): Promise<Connector> {
    const connector = new Connector();
    await new Promise<void>((resolve) => connector.#server.listen(0, '127.0.0.1', resolve));
    return connector;
  }

  get serviceUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/_connector`;
  }

  to(conversation: string): Arrived[] {
    return this.arrived.filter((message) => message.conversation === conversation);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #take(url: string, activity: { attachments?: { content: object }[] }, res: ServerResponse): void {
    const [, conversation = '', id] = /conversations\/([^/]+)\/activities(?:\/([^/?]+))?/.exec(url) ?? [];
    const card = shownOf(activity.attachments?.[0]?.content ?? {});
    const known = this.arrived.find((message) => message.id === id);
    if (known !== undefined) known.card = card;
    const arrived = known ?? {
      id: `m${this.arrived.length}`,
      conversation: decodeURIComponent(conversation),
      at: Date.now(),
      card,
    };
    if (known === undefined) {
      this.arrived.push(arrived);
      this.onMessage(arrived);
    }
    res.writeHead(201, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ id: arrived.id }));
  }
}
