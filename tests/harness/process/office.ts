import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stores } from '../stores.ts';
import type { Outcome } from './officer.ts';

interface OfficerOptions {
  /** Where the data is (`stores.ts`). */
  readonly folder: string;
  readonly person: string;
  /** Moves the clock of the process, so that it finds the claims of a dead one expired. */
  readonly clockShiftMs?: number;
}

/** The other end of `officer.ts`. */
export class Officer {
  readonly #process: ChildProcess;
  readonly #gone: Promise<undefined>;
  #answered: (outcomes: readonly Outcome[]) => void = () => {};
  /** What the process complained about. */
  errors = '';

  private constructor(child: ChildProcess) {
    this.#process = child;
    this.#gone = once(child, 'close').then(() => undefined);
    child.on('message', (outcomes: readonly Outcome[]) => this.#answered(outcomes));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
  }

  static async start({ folder, person, clockShiftMs = 0 }: OfficerOptions): Promise<Officer> {
    const preload = ['--import', join(import.meta.dirname, 'killer.ts')];
    const child = spawn(process.execPath, [...preload, join(import.meta.dirname, 'officer.ts'), person], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: join(tmpdir(), 'mamori-compile-cache'),
        ...(await stores().environment(folder)),
        MAMORI_TEST_CLOCK_SHIFT: String(clockShiftMs),
      },
    });
    const officer = new Officer(child);
    // It says so when it is ready, with an answer to nothing.
    if ((await officer.#answer()) === undefined) throw new Error(`did not start:\n${officer.errors}`);
    return officer;
  }

  /** Accepts all of these at once; undefined when the process died before it answered. */
  accept(codes: readonly string[]): Promise<readonly Outcome[] | undefined> {
    const answer = this.#answer();
    // A process that is gone is noticed by its end, not by what is sent to it.
    this.#process.send(codes, () => {});
    return answer;
  }

  #answer(): Promise<readonly Outcome[] | undefined> {
    const answer = new Promise<readonly Outcome[]>((resolve) => {
      this.#answered = resolve;
    });
    return Promise.race([answer, this.#gone]);
  }

  /** At once, whatever it is doing. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#gone;
  }
}
