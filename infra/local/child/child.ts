import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { LocalError } from '../error.ts';

const READY_MS = 60_000;
const STOP_MS = 8_000;
const KEPT_LINES = 40;

interface ChildOptions {
  /** For the person at the terminal: 「まもり」「Teams の窓（佐藤 美咲）」. */
  readonly name: string;
  /** Arguments of `node`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Everything it prints is kept here. */
  readonly log: string;
  /** A module loaded before it starts; must make the process end with this one (`follow.ts`). */
  readonly preload: URL;
}

/** One process that the local mode started and answers for. */
export interface Child {
  readonly name: string;
  readonly pid: number | undefined;
  readonly log: string;
  /** Resolves when it is gone, whether asked to or not, with how it ended. */
  readonly exited: Promise<string>;
  /** The first printed line that matches. @throws LocalError when the process ends or stays silent. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** What it printed last. */
  tail(): string;
  /** Asks it to stop; kills it when it does not. */
  stop(): Promise<void>;
}

export function startChild(options: ChildOptions): Child {
  const lines: string[] = [];
  const watchers = new Set<(line: string) => void>();
  // A process group of its own, so that stopping reaches whatever it started; a channel, so that it follows us.
  const child = spawn(process.execPath, ['--import', options.preload.href, ...options.args], {
    cwd: options.folder,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(options.log);
  const exited = new Promise<string>((resolve) => {
    child.once('close', (code, name) =>
      log.end(() => resolve(name === null ? `終了コード ${code}` : `シグナル ${name}`)),
    );
    child.once('error', (error) => resolve(error.message));
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      for (const watch of watchers) watch(line);
    });
  }
  const tail = () => lines.join('\n');
  const name = options.name;
  return {
    name,
    pid: child.pid,
    log: options.log,
    exited,
    tail,
    printed: (pattern) => firstMatch({ name, pattern, lines, watchers, exited, tail }),
    stop: () => stop(child, exited),
  };
}

interface Watch {
  readonly name: string;
  readonly pattern: RegExp;
  readonly lines: readonly string[];
  readonly watchers: Set<(line: string) => void>;
  readonly exited: Promise<string>;
  readonly tail: () => string;
}

function firstMatch({ name, pattern, lines, watchers, exited, tail }: Watch): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const give = (line: string) => {
      const match = pattern.exec(line);
      if (match === null) return;
      done();
      resolve(match);
    };
    const fail = (why: string) => {
      done();
      reject(new LocalError(`${name}が${why}\n${tail()}`.trim()));
    };
    const timer = setTimeout(() => fail(`${READY_MS / 1000} 秒待っても起動しませんでした。`), READY_MS);
    const done = () => {
      clearTimeout(timer);
      watchers.delete(give);
    };
    for (const line of lines) give(line);
    watchers.add(give);
    void exited.then((how) => fail(`起動できずに終了しました（${how}）。`));
  });
}

async function stop(child: ChildProcess, exited: Promise<string>): Promise<void> {
  signal(child, 'SIGTERM');
  const timer = setTimeout(() => signal(child, 'SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}

/** To the whole process group of a child; nothing once it is gone. */
function signal(child: ChildProcess, name: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    child.kill(name);
  }
}
