import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

export interface ProgramOptions {
  /** From the root of the repository. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Loaded before it. */
  readonly preload?: string;
  /** Told of what it sends to its parent. */
  readonly onMessage?: (message: unknown) => void;
}

/** What is measured: a process of its own, and how Teams would post to it. All get the same settings of Node. */
export class Program {
  readonly url: string;
  readonly died: Promise<unknown>;
  readonly #child: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(child: ChildProcess, url: string) {
    this.#child = child;
    this.url = url;
    this.died =
      child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
  }

  static async start({ file, environment, preload, onMessage }: ProgramOptions): Promise<Program> {
    const first = preload === undefined ? [] : ['--import', join(ROOT, preload)];
    const child = spawn(process.execPath, [...extra(), ...first, join(ROOT, file)], {
      stdio: ['ignore', 'pipe', 'pipe', ...(onMessage === undefined ? [] : (['ipc'] as const))],
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
    });
    if (onMessage !== undefined) child.on('message', onMessage);
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const [, found] = /listening on (\S+)/.exec(output) ?? [];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', () => reject(new Error(`${file} did not start:\n${output}`)));
    });
    child.once('exit', (code) => {
      if (code !== null && code !== 0) process.stderr.write(`${file} ended with ${code}:\n${output}\n`);
    });
    return new Program(child, url);
  }

  /** Resolves once readiness says that store and engine work. */
  async ready(): Promise<void> {
    while ((await this.#send('GET', '/readyz')) !== 200)
      await new Promise((resolve) => setTimeout(resolve, 5));
  }

  /** @returns the status of the answer */
  post(activity: object): Promise<number> {
    return this.#send('POST', '/api/messages', JSON.stringify(activity));
  }

  /** Milliseconds of processor time so far, of all its threads (Linux; elsewhere NaN). Steps of 10 ms. */
  cpuMs(): number {
    try {
      const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
      // Behind the name, which may hold anything: state is the first, user and system time the 12th and 13th.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return 10 * (Number(fields[11]) + Number(fields[12]));
    } catch {
      return Number.NaN;
    }
  }

  /** At once, whatever it is doing. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.died;
    this.#agent.destroy();
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.died;
    this.#agent.destroy();
  }

  #send(method: string, path: string, body = ''): Promise<number> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const sent = request(`${this.url}${path}`, { method, headers, agent: this.#agent }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode ?? 0));
      });
      // A kept connection may have been closed by the other side just now: nothing of this has been read there.
      sent.on('error', (error: NodeJS.ErrnoException) => {
        const isStale = sent.reusedSocket && error.code === 'ECONNRESET';
        if (isStale) this.#send(method, path, body).then(resolve, reject);
        else reject(error);
      });
      sent.end(body);
    });
  }
}

/** For whoever looks for where the time goes: `BENCH_NODE_FLAGS="--cpu-prof --cpu-prof-dir=…"`. */
const extra = (): string[] => (process.env.BENCH_NODE_FLAGS ?? '').split(' ').filter((flag) => flag !== '');
