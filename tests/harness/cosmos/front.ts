import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault, Script, Seen } from './faults.ts';
import { partitioned } from './partitions.ts';
import { type LocalServer, listen } from './server.ts';

export interface Front extends LocalServer {
  /** Replaces what becomes of the requests from now on. */
  script: Script;
  /** Two physical partitions instead of one. */
  isPartitioned: boolean;
  /** Requests so far, with what became of them. */
  readonly log: (Seen & { readonly fault?: Fault })[];
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

const RETRY_AFTER_MS = 15;
const SLOW_MS = 30;

/** An HTTP server before the Cosmos server, through which every request of the SDK goes and may meet a fault. */
export async function startFront(target: string, script: Script = () => undefined): Promise<Front> {
  const agent = new Agent({ keepAlive: true });
  const log: Front['log'] = [];
  const front = { script, isPartitioned: false, log };
  const server = createServer((incoming, outgoing) => {
    // The socket and not the request: one that has been read to its end takes nothing down with it, and the client
    // would wait for ever.
    serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const seen = seenOf(incoming, log.length + 1);
    const fault = front.script(seen);
    log.push(fault === undefined ? seen : { ...seen, fault });
    const body = await bytesOf(incoming);
    if (fault === 'slow') await delay(SLOW_MS);
    if (fault !== undefined && BEFORE[fault] !== undefined) return BEFORE[fault](outgoing);
    const answer = await answerTo(incoming, body);
    if (fault !== undefined && AFTER[fault] !== undefined) return AFTER[fault](outgoing, answer);
    send(outgoing, answer);
  }

  async function answerTo(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    const { url: path = '', headers } = incoming;
    const other = front.isPartitioned ? partitioned({ path, headers, body }) : undefined;
    // The local server would run the query a second time; the SDK looks at a plan only when it was refused.
    if (other === undefined && headers['x-ms-cosmos-is-query-plan-request'] !== undefined)
      return answerOf(200, {});
    if (other === undefined) return forward(target, incoming, body, agent);
    if ('status' in other) return answerOf(other.status, other.json);
    delete headers[other.without];
    delete headers['content-length'];
    const { status, body: bytes } = await forward(target, incoming, other.body, agent);
    return answerOf(status, other.answer(JSON.parse(bytes.toString())));
  }

  const { endpoint, stop } = await listen(server);
  return Object.assign(front, {
    endpoint,
    async stop() {
      await stop();
      agent.destroy();
    },
  });
}

/** Not chained: where restify was loaded in this process, `writeHead` of every server returns nothing. */
function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}

const refuse =
  (status: number, body = '{"message":"test"}', headers = {}) =>
  (outgoing: ServerResponse) =>
    send(outgoing, {
      status,
      headers: { 'content-type': 'application/json', ...headers },
      body: Buffer.from(body),
    });
const breakOff = (outgoing: ServerResponse) => void outgoing.socket?.resetAndDestroy();
/** The connection stays open until the client has had enough. */
const sayNothing = () => {};

/** Faults in place of the server. */
const BEFORE: Partial<Record<Fault, (outgoing: ServerResponse) => void>> = {
  throttled: refuse(429, undefined, {
    'x-ms-retry-after-ms': String(RETRY_AFTER_MS),
    'x-ms-substatus': '3200',
  }),
  'retry-with': refuse(449),
  unavailable: refuse(503),
  'empty-503': refuse(503, ''),
  'proxy-page': refuse(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' }),
  'timed-out': refuse(408),
  reset: breakOff,
  hangs: sayNothing,
};

/** Faults after the server has answered. */
const AFTER: Partial<Record<Fault, (outgoing: ServerResponse, answer: Answer) => void>> = {
  'timed-out-after': refuse(408),
  'unavailable-after': refuse(503),
  'reset-after': breakOff,
  'silent-after': sayNothing,
  'cut-off-after': (outgoing, { status, body }) => {
    outgoing.writeHead(status, { 'content-length': body.length + 1 });
    outgoing.write(body.subarray(0, body.length / 2), () => breakOff(outgoing));
  },
};

const answerOf = (status: number, json: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(json)),
});

function seenOf({ method = '', url = '', headers }: IncomingMessage, count: number): Seen {
  const partition = headers['x-ms-documentdb-partitionkeyrangeid'];
  const seen = { count, method, path: url, kind: kindOf(method, url, headers) };
  return typeof partition === 'string' ? { ...seen, partition } : seen;
}

function kindOf(method: string, path: string, headers: IncomingMessage['headers']): Seen['kind'] {
  if (!path.includes('/docs')) return 'other';
  if (headers['x-ms-cosmos-is-query-plan-request'] !== undefined) return 'plan';
  if (headers['x-ms-documentdb-isquery'] !== undefined) return 'query';
  return method === 'POST' ? 'create' : method === 'PUT' ? 'replace' : method === 'GET' ? 'read' : 'other';
}

async function bytesOf(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function forward(target: string, incoming: IncomingMessage, body: Buffer, agent: Agent): Promise<Answer> {
  const { method, url, headers } = incoming;
  return new Promise((resolve, reject) => {
    request(`${target}${url}`, { method, headers, agent }, (response) => {
      bytesOf(response).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes }),
        reject,
      );
    })
      .on('error', reject)
      .end(body);
  });
}
