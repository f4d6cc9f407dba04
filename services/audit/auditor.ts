import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { BOUNDS } from './bounds.ts';
import { type Audited, check, type Unserved } from './check.ts';
import { finding, reasonsOf, type Verdict } from './findings.ts';

interface Parts {
  readonly audited: Audited;
  readonly clock: Clock;
  readonly log: Log;
  /** Told after each run; not waited for. */
  readonly onVerdict?: (verdict: Verdict) => void;
  /** Told once of each document that cannot be served. */
  readonly onUnserved?: (unserved: Unserved) => void;
}

/** A result is not believed any longer than this: the audit itself must have stopped. */
const BELIEVED_MS = BOUNDS.everyMs + BOUNDS.storeMs + BOUNDS.lateMs;
/** While it stays bad, the log says so this often. */
const LOG_AGAIN_MS = 60_000;

/** Looks every few seconds whether this instance and the store keep their promises (docs/adr/0018). */
export class Auditor {
  readonly #parts: Parts;
  readonly #known = new Set<string>();
  #last: Verdict | undefined;
  #wasWell = false;
  #logged = { reasons: '', at: 0 };
  #unserved: readonly Unserved[] = [];
  #isRunning = false;
  #cancel: () => void = () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#isRunning = true;
    this.#plan(0);
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancel();
  }

  /** The last result, and whether it is still worth anything: for `/readyz`. */
  verdict(): Verdict {
    const now = this.#parts.clock.now();
    if (this.#last === undefined) return { at: now, isWell: false, findings: [finding('starting')] };
    const age = now - this.#last.at;
    if (age <= BELIEVED_MS) return this.#last;
    return { at: now, isWell: false, findings: [...this.#last.findings, finding('audit', { ms: age })] };
  }

  /** Documents that could not be served at the last look. */
  get unserved(): readonly Unserved[] {
    return this.#unserved;
  }

  /** One run, which was to begin at `plannedAt`. Never rejects. */
  async run(plannedAt: number): Promise<Verdict> {
    const { audited, clock, onVerdict } = this.#parts;
    const lateMs = clock.now() - plannedAt;
    const { findings, unserved } = await check(audited);
    const all = lateMs > BOUNDS.lateMs ? [finding('late', { ms: lateMs }), ...findings] : findings;
    const verdict = { at: clock.now(), isWell: all.length === 0, findings: all };
    this.#last = verdict;
    this.#wasWell ||= verdict.isWell;
    this.#log(verdict);
    this.#noteUnserved(unserved);
    onVerdict?.(verdict);
    return verdict;
  }

  #plan(ms: number): void {
    if (!this.#isRunning) return;
    const { clock } = this.#parts;
    const plannedAt = clock.now() + ms;
    this.#cancel = clock.after(ms, () => {
      void this.run(plannedAt).then((verdict) => this.#plan(this.#pause(verdict)));
    });
  }

  #pause(verdict: Verdict): number {
    if (this.#wasWell) return BOUNDS.everyMs;
    // Whoever starts it waits for readiness.
    return reasonsOf(verdict).includes('starting') ? BOUNDS.startingMs : BOUNDS.startingMs * 10;
  }

  #log({ at, isWell, findings }: Verdict): void {
    const { log } = this.#parts;
    const reasons = findings.map(({ reason }) => reason).join();
    const isNews = reasons !== this.#logged.reasons;
    if (!isNews && (isWell || at - this.#logged.at < LOG_AGAIN_MS)) return;
    this.#logged = { reasons, at };
    if (isWell) log.info({}, 'audit passed');
    else if (reasons !== 'starting')
      log.error({ findings: findings.map(({ reason, detail }) => ({ reason, ...detail })) }, 'audit failed');
  }

  #noteUnserved(unserved: readonly Unserved[]): void {
    const { log, onUnserved } = this.#parts;
    this.#unserved = unserved;
    for (const one of unserved.filter(({ key }) => !this.#known.has(key))) {
      this.#known.add(one.key);
      log.error(one, 'document cannot be served');
      onUnserved?.(one);
    }
  }
}
