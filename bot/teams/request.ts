import { type ClientRequest, Agent as HttpAgent, type IncomingMessage, request as overHttp } from 'node:http';
import { Agent as HttpsAgent, request as overHttps } from 'node:https';
import type { Socket } from 'node:net';

/** Answers of the service are an id or an error: whatever is longer is not read. */
const LONGEST_ANSWER = 64 * 1024;
/** Connections that nobody uses for so long are closed by us: one that the other side has closed would eat a page. */
const IDLE_MS = 20_000;

interface Request {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly body: object;
  /** Absent in local mode. */
  readonly token?: string | undefined;
  /** Gives up, whatever has happened until then. */
  readonly signal: AbortSignal;
}

/**
 * What became of one request.
 * - `answered`: the service has answered; `body` is the JSON, undefined when it is none, too long or broken off.
 * - `unsent`: failed while there was no connection yet: not a byte of it has left.
 * - `no-token`: not even tried.
 * - `lost`: failed later: the service may have got it and may have done what it says.
 */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly retryAfter: string | undefined;
      readonly body: unknown;
    }
  | { readonly kind: 'unsent' | 'no-token' | 'lost'; readonly reason: string };

const options = { keepAlive: true, timeout: IDLE_MS };
const agents = {
  http: new HttpAgent(options),
  // By way of `HTTPS_PROXY` where a city's network asks for it, as the SDK's client went.
  https: new HttpsAgent({ ...options, proxyEnv: process.env }),
};

/**
 * Exactly one request: never repeated, redirects not followed (the token stays with its host). Never rejects, and settles
 * at the latest when `signal` says so.
 */
export function send({ method, url, body, token, signal }: Request): Promise<Answer> {
  const isPlain = url.startsWith('http:');
  const bytes = Buffer.from(JSON.stringify(body));
  return new Promise((resolve) => {
    let hasLeft = false;
    let isAnswered = false;
    const failed = (error: unknown) => {
      // What was answered is told by whoever reads it, which ends with the connection.
      if (isAnswered) return;
      resolve({ kind: hasLeft ? 'lost' : 'unsent', reason: signal.aborted ? 'timeout' : codeOf(error) });
    };
    if (signal.aborted) return failed(undefined);
    const start = isPlain ? overHttp : overHttps;
    const request: ClientRequest = start(url, {
      method,
      agent: isPlain ? agents.http : agents.https,
      signal,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': bytes.length,
        accept: 'application/json',
        'user-agent': 'mamori',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    request.on('socket', (socket: Socket) => {
      if (request.reusedSocket || !socket.connecting) hasLeft = true;
      // Until then everything is kept back: over TLS until the other side has shown its certificate.
      else socket.once(isPlain ? 'connect' : 'secureConnect', () => (hasLeft = true));
    });
    request.on('error', failed);
    // Node reports no error of a request that a proxy has not given a connection yet, nor after an answer 101.
    signal.addEventListener('abort', () => failed(undefined), { once: true });
    request.on('close', () => failed(undefined));
    request.on('response', (response) => {
      isAnswered = true;
      void read(response).then((read) => {
        const { statusCode = 0, headers } = response;
        resolve({ kind: 'answered', status: statusCode, retryAfter: headers['retry-after'], body: read });
      });
    });
    request.end(bytes);
  });
}

/** The JSON of an answer, or undefined. The status has been said already, whatever becomes of the rest. */
async function read(response: IncomingMessage): Promise<unknown> {
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > LONGEST_ANSWER) return undefined;
      chunks.push(chunk);
    }
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
};
