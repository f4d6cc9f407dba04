import type { IncomingHttpHeaders } from 'node:http';
import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { proxySettings } from '../../services/sending/settings.ts';

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

/**
 * Whoever waits has given up before, by `signal`: these only make an end of what nobody waits for, as a proxy that says
 * nothing any more.
 */
const ENDS_MS = 10_000;

const options = {
  keepAliveTimeout: IDLE_MS,
  // Whatever the other side promises: what lies between may have forgotten the connection by then.
  keepAliveMaxTimeout: IDLE_MS,
  headersTimeout: ENDS_MS,
  bodyTimeout: ENDS_MS,
  connect: { timeout: ENDS_MS },
};

/**
 * Ways through a proxy. What cannot be had is an error of a code of ours: after one of its own codes the library would try
 * again at once, and without end, for as long as somebody is in its queue.
 */
class Tunnels extends Pool {
  override async connect(wanted: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData<null>>;
  override async connect(wanted: Dispatcher.ConnectOptions) {
    const made = await super.connect(wanted).catch((error: unknown) => {
      throw new NoTunnel(codeOf(error));
    });
    if (made.statusCode === 200) return made;
    made.socket.on('error', () => {}).destroy();
    throw new NoTunnel(`HTTP ${made.statusCode}`);
  }
}

class NoTunnel extends Error {
  readonly code: string;
  constructor(reason: string) {
    super('There is no way through the proxy.');
    this.code = `proxy: ${reason}`;
  }
}

const plain = new Agent(options);

/** By the proxy where a city's network asks for one. Made when first needed: settings are looked at before. */
let encrypted: Dispatcher | undefined;

function makeEncrypted(): Dispatcher {
  const { address, except } = proxySettings(process.env);
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: '',
    httpsProxy: address,
    noProxy: except,
    clientFactory: (proxy, given: Pool.Options) => new Tunnels(proxy, { ...given, headersTimeout: ENDS_MS }),
  });
}

function agentFor(protocol: string): Dispatcher {
  if (protocol === 'http:') return plain;
  encrypted ??= makeEncrypted();
  return encrypted;
}

/**
 * Exactly one request: never repeated, redirects not followed (the token stays with its host). Never rejects, and settles
 * at the latest when `signal` says so.
 */
export function send({ method, url, body, token, signal }: Request): Promise<Answer> {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    accept: 'application/json',
    'user-agent': 'mamori',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return new Promise((resolve) => {
    const exchange = new Exchange(signal, resolve);
    if (signal.aborted) return exchange.giveUp();
    signal.addEventListener('abort', () => exchange.giveUp(), { once: true });
    try {
      const { protocol, origin, pathname, search } = new URL(url);
      const request = { origin, path: pathname + search, method, headers, body: JSON.stringify(body) };
      agentFor(protocol).dispatch(request, exchange);
    } catch (error) {
      exchange.onResponseError(undefined, error);
    }
  });
}

/** One request and its answer. Until the connection stands nothing is written; over TLS: until the certificate is accepted. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal;
  readonly #resolve: (answer: Answer) => void;
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #controller: Dispatcher.DispatchController | undefined;
  #status: Pick<Extract<Answer, { kind: 'answered' }>, 'status' | 'retryAfter'> | undefined;

  constructor(signal: AbortSignal, resolve: (answer: Answer) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
  }

  giveUp(): void {
    this.#failed('timeout');
    this.#controller?.abort(new Error('timeout'));
  }

  /** Called right before the first byte is written; whoever aborts here has sent nothing. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#signal.aborted) controller.abort(new Error('timeout'));
    else this.#controller = controller;
  }

  onResponseStart(_: unknown, status: number, headers: IncomingHttpHeaders): void {
    // That something is being done (1xx) is no answer yet: what comes then is.
    if (status < 200) return;
    const retryAfter = headers['retry-after'];
    this.#status = { status, retryAfter: Array.isArray(retryAfter) ? retryAfter[0] : retryAfter };
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > LONGEST_ANSWER) controller.abort(new Error('too long'));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#answered(parsed(Buffer.concat(this.#chunks)));
  }

  onResponseError(_: unknown, error: unknown): void {
    this.#failed(codeOf(error));
  }

  /** The status has been said already, whatever has become of the rest. */
  #failed(reason: string): void {
    if (this.#status !== undefined) this.#answered(undefined);
    else this.#resolve({ kind: this.#controller === undefined ? 'unsent' : 'lost', reason });
  }

  #answered(body: unknown): void {
    if (this.#status !== undefined) this.#resolve({ kind: 'answered', ...this.#status, body });
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

const codeOf = (error: unknown): string => {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'unknown';
};
