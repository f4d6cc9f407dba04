import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** `npm start` as a process of its own, as somebody at a terminal runs it. */
export interface Run {
  readonly child: ChildProcess;
  /** All it has printed. */
  printed(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Waits for the addresses. @returns the demo page's and the windows', by the order they are printed in */
  ready(): Promise<{ demoUrl: string; windowUrls: string[] }>;
  /** The processes it started. */
  started(): number[];
}

export function npmStart(environment: Record<string, string>, ...flags: string[]): Run {
  const child = spawn(process.execPath, ['infra/local/start.ts', ...flags], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let announce: () => void = () => {};
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      announce();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const addresses = () => {
    const demoUrl = /http:\/\/localhost:\d+\/demo/.exec(text)?.[0];
    if (demoUrl === undefined || !text.includes('Ctrl+C')) return undefined;
    return { demoUrl, windowUrls: [...text.matchAll(/http:\/\/localhost:\d+(?= )/g)].map(([url]) => url) };
  };
  return {
    child,
    printed: () => text,
    ended,
    ready: () =>
      new Promise((resolve, reject) => {
        announce = () => {
          const found = addresses();
          if (found !== undefined) resolve(found);
        };
        announce();
        void ended.then(() => reject(new Error(`npm start ended:\n${text}`)));
      }),
    started() {
      const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8');
      return children.trim().split(' ').filter(Boolean).map(Number);
    },
  };
}

/** Waits until none of the processes lives any more. */
export async function allGone(pids: readonly number[]): Promise<void> {
  while (pids.some(lives)) await new Promise((resolve) => setTimeout(resolve, 50));
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
