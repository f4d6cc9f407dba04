import { setTimeout as delay } from 'node:timers/promises';
import type { Mutation } from './options.ts';
import type { Place } from './place.ts';
import type { Random } from './random.ts';
import { type Doom, POINTS, type WorkerSetting } from './worker/setting.ts';
import { Worker } from './worker/worker.ts';

interface FleetParts {
  readonly size: number;
  readonly random: Random;
  readonly place: Place;
  readonly organization: string;
  /** Folder for traces. */
  readonly folder: string;
  readonly mutation: Mutation | undefined;
  /** Whether workers carry a point to die or stop at. */
  readonly isDoomed: boolean;
  readonly onLog: (worker: string, line: string) => void;
  /** What is done to a worker. */
  readonly onNote: (worker: string, what: string) => void;
}

/** Within the two seconds that clocks may be off (README). */
const CLOCKS_MS = [0, 1_500, -1_500];
/** Longer than a claim. */
const PAUSE_MS = [16_000, 20_000] as const;
const DOOMED = 0.6;

/** The workers, and all that is done to them. A dead one is replaced after a moment. */
export class Fleet {
  readonly kills = { 'at a random moment': 0 } as Record<string, number>;
  readonly pauses = {} as Record<string, number>;
  readonly traces: string[] = [];
  readonly #parts: FleetParts;
  readonly #slots: (Worker | undefined)[];
  #started = 0;
  /** Nothing is done to them any more. */
  #isCalm = false;
  #isClosed = false;

  constructor(parts: FleetParts) {
    this.#parts = parts;
    this.#slots = Array.from({ length: parts.size }, () => undefined);
  }

  async start(): Promise<void> {
    for (const slot of this.#slots.keys()) this.#fill(slot, 0);
    while (!this.#workers().every(({ isUp }) => isUp)) await delay(20);
  }

  /** A worker to ask: mostly one that is up, sometimes one that hangs. Undefined when all are down. */
  pick(random: Random): Worker | undefined {
    const listening = this.#workers().filter(({ isAlive, url }) => isAlive && url !== undefined);
    const up = listening.filter(({ isUp }) => isUp);
    const from = up.length > 0 && !random.chance(0.05) ? up : listening;
    return from.length === 0 ? undefined : random.pick(from);
  }

  get killed(): number {
    return Object.values(this.kills).reduce((sum, count) => sum + count, 0);
  }

  kill(): void {
    const up = this.#workers().filter(({ isUp }) => isUp);
    // Sometimes the last one as well.
    const isEnough = up.length > 1 || (up.length === 1 && this.#parts.random.chance(0.2));
    if (!isEnough || this.#isCalm) return;
    count(this.kills, 'at a random moment');
    const worker = this.#parts.random.pick(up);
    this.#note(worker, 'killed');
    worker.signal('SIGKILL');
  }

  pause(): void {
    const up = this.#workers().filter(({ isUp }) => isUp);
    // One is left to work.
    if (up.length < 2 || this.#isCalm) return;
    const worker = this.#parts.random.pick(up);
    worker.signal('SIGSTOP');
    this.#paused(worker, 'at a random moment');
  }

  /** Everybody is up again and stays so. */
  async calm(): Promise<void> {
    this.#isCalm = true;
    // Whoever was started before may still carry a doom.
    for (const worker of this.#workers()) worker.signal(worker.isPaused ? 'SIGCONT' : 'SIGTERM');
    await delay(1_000);
    for (const worker of this.#workers()) worker.signal('SIGTERM');
  }

  /** At once: nobody waits for them, and one that is paused would stay for ever. */
  abandon(): void {
    for (const worker of this.#workers()) worker.signal('SIGKILL');
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const workers = this.#workers();
    for (const worker of workers) worker.signal('SIGTERM');
    await Promise.race([
      Promise.all(workers.map(({ died }) => died)),
      delay(20_000, undefined, { ref: false }),
    ]);
    this.abandon();
  }

  #workers(): Worker[] {
    return this.#slots.filter((worker) => worker !== undefined);
  }

  #fill(slot: number, afterMs: number): void {
    setTimeout(() => {
      if (this.#isClosed) return;
      const worker = this.#make(slot);
      this.#slots[slot] = worker;
      void worker.died.then(() => {
        if (this.#slots[slot] === worker)
          this.#fill(slot, this.#isCalm ? 0 : this.#parts.random.between(100, 1_500));
      });
    }, afterMs);
  }

  #make(slot: number): Worker {
    this.#started += 1;
    const { folder, place, organization, mutation, onLog } = this.#parts;
    const name = `w${slot}-${this.#started}`;
    const trace = `${folder}/${name}.jsonl`;
    this.traces.push(trace);
    const setting: WorkerSetting = {
      name,
      trace,
      clockShiftMs: CLOCKS_MS[slot % CLOCKS_MS.length] ?? 0,
      doom: this.#isCalm ? undefined : this.#drawDoom(),
      storeFaults: this.#isCalm ? 0 : place.workerFaults,
      mutation,
    };
    return new Worker({
      setting,
      organization,
      store: place.environment,
      onLog: (line) => onLog(name, line),
      onDoom: (worker, signal, point) => this.#doomed(worker, signal, point),
    });
  }

  #drawDoom(): Doom | undefined {
    const { random, isDoomed } = this.#parts;
    if (!isDoomed || !random.chance(DOOMED)) return undefined;
    const signal = random.chance(0.15) ? 'SIGSTOP' : 'SIGKILL';
    return { point: random.pick(POINTS), nth: Math.floor(random.between(3, 120)), signal };
  }

  #doomed(worker: Worker, signal: string, point: string): void {
    if (signal === 'SIGSTOP') this.#paused(worker, point);
    else {
      this.#note(worker, `dies (${point})`);
      count(this.kills, point);
    }
  }

  #note(worker: Worker, what: string): void {
    this.#parts.onNote(worker.name, what);
  }

  #paused(worker: Worker, where: string): void {
    count(this.pauses, where);
    this.#note(worker, `paused (${where})`);
    worker.isPaused = true;
    setTimeout(
      () => {
        this.#note(worker, 'goes on');
        worker.isPaused = false;
        worker.signal('SIGCONT');
      },
      this.#isCalm ? 0 : this.#parts.random.between(...PAUSE_MS),
    );
  }
}

const count = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};
