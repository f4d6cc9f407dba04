import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { spawnBot } from '../../harness/process/spawnBot.ts';
import { DOOM_LINE, type WorkerSetting } from './setting.ts';

interface WorkerOptions {
  readonly setting: WorkerSetting;
  readonly organization: string;
  /** Where the data is, as settings of the process. */
  readonly store: Readonly<Record<string, string>>;
  /** One line of its log that is not a matter of course. */
  readonly onLog: (line: string) => void;
  /** It is about to die (`SIGKILL`) or has stopped (`SIGSTOP`) by its own hand. */
  readonly onDoom: (worker: Worker, signal: string, point: string) => void;
}

/** The real process, as `npm run serve` runs it, with the preload. */
export class Worker {
  readonly name: string;
  readonly #child: ChildProcess;
  /** Undefined until it listens. */
  url: string | undefined;
  isPaused = false;
  readonly died: Promise<unknown>;

  constructor({ setting, organization, store, onLog, onDoom }: WorkerOptions) {
    this.name = setting.name;
    this.#child = spawnBot(join(import.meta.dirname, 'preload.ts'), {
      MAMORI_ORGANIZATION: organization,
      MAMORI_LOG_LEVEL: 'warn',
      ...store,
      MAMORI_TORTURE: JSON.stringify(setting),
    });
    this.died = once(this.#child, 'exit');
    this.#onLine('stdout', (line) => {
      const listening = /^mamori listening on (\S+)/.exec(line);
      if (listening?.[1] !== undefined) this.url = listening[1];
      else onLog(line);
    });
    this.#onLine('stderr', (line) => {
      if (!line.startsWith(DOOM_LINE)) return onLog(line);
      const [signal = '', point = ''] = line.slice(DOOM_LINE.length + 1).split(' ');
      onDoom(this, signal, point);
    });
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Can be asked, as far as one can tell from outside. */
  get isUp(): boolean {
    return this.isAlive && this.url !== undefined && !this.isPaused;
  }

  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void {
    if (this.isAlive) this.#child.kill(name);
  }

  #onLine(stream: 'stdout' | 'stderr', take: (line: string) => void): void {
    const input = this.#child[stream];
    if (input !== null) createInterface({ input }).on('line', take);
  }
}
