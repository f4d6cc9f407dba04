import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { stores } from '../stores.ts';
import { spawnBot } from './spawnBot.ts';

interface BotOptions {
  readonly folder: string;
  readonly organization: string;
  readonly killAt?: number;
  readonly clockShiftMs?: number;
  /** Further settings. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** The real process, as `npm run serve` runs it, with the killer preloaded. */
export class Bot {
  readonly process: ChildProcess;
  readonly url: string;
  readonly died: Promise<unknown>;
  /** Everything it has printed. */
  readonly printed: () => string;

  private constructor(process: ChildProcess, url: string, printed: () => string) {
    this.printed = printed;
    this.process = process;
    this.url = url;
    this.died =
      process.exitCode === null && process.signalCode === null ? once(process, 'exit') : Promise.resolve();
  }

  static async start(options: BotOptions): Promise<Bot> {
    const child = spawnBot(join(import.meta.dirname, 'killer.ts'), {
      ...(await stores().environment(options.folder)),
      MAMORI_ORGANIZATION: options.organization,
      MAMORI_LOG_LEVEL: 'error',
      MAMORI_TEST_KILL_AT: String(options.killAt ?? -1),
      MAMORI_TEST_CLOCK_SHIFT: String(options.clockShiftMs ?? 0),
      ...options.environment,
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const listening = /mamori listening on (\S+)/.exec(output);
        if (listening?.[1] !== undefined) resolve(listening[1]);
      });
      child.once('exit', () => reject(new Error(`the bot did not start:\n${output}`)));
    });
    return new Bot(child, url, () => output);
  }

  /** Resolves once readiness says that store and engine work. */
  async ready(): Promise<void> {
    while (!(await fetch(`${this.url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  /** Posts one activity; undefined when the process died before it answered. */
  async post(activity: object): Promise<number | undefined> {
    try {
      const response = await fetch(`${this.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(activity),
      });
      await response.text();
      return response.status;
    } catch {
      return undefined;
    }
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      this.process.kill('SIGTERM');
      await this.died;
    }
  }
}

/** Waits for something that another process does. The bound only ends a test that would hang. */
export async function until(what: string, holds: () => boolean, boundMs = 30_000): Promise<void> {
  const giveUpAt = Date.now() + boundMs;
  while (!holds()) {
    if (Date.now() > giveUpAt) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
