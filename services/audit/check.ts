import type { Clock } from '../clock.ts';
import type { EngineHealth } from '../engine/engine.ts';
import { type DocumentStore, keyText } from '../store/store.ts';
import { BOUNDS } from './bounds.ts';
import type { EngineWatch } from './engineWatch.ts';
import { type Finding, finding } from './findings.ts';
import type { Streak } from './streak.ts';

export interface Audited {
  readonly store: Pick<DocumentStore, 'due' | 'ping'>;
  readonly clock: Clock;
  readonly health: () => EngineHealth;
  readonly watch: EngineWatch;
  readonly sends: Streak;
  readonly writes: Streak;
}

export interface Unserved {
  /** Key of the document. */
  readonly key: string;
  readonly reason: 'undecodable' | 'defect';
}

interface Checked {
  readonly findings: readonly Finding[];
  /** Due and left alone for good: damaged, or a rule fails on them. Told apart, since others are served. */
  readonly unserved: readonly Unserved[];
}

const KEYS_NAMED = 5;
/** Clocks of instances differ by seconds; a poll that lies further ahead was before the clock was turned back. */
const AHEAD_MS = 5_000;

/** One look at this instance and at the store. Never rejects, and always ends. */
export async function check(audited: Audited): Promise<Checked> {
  const own = ownFindings(audited);
  // Before its first look everything that waited while nothing ran is overdue; that says nothing.
  if (own.some(({ reason }) => reason === 'starting')) return { findings: own, unserved: [] };
  const owed = await owedFindings(audited);
  return { findings: [...own, ...owed.findings], unserved: owed.unserved };
}

function ownFindings({ clock, health, watch, sends, writes }: Audited): Finding[] {
  const now = clock.now();
  const found: Finding[] = [];
  const { running, lastPollAt } = health();
  if (!running) found.push(finding('stopped'));
  else if (lastPollAt === null) found.push(finding('starting'));
  else if (now - lastPollAt > BOUNDS.pollMs || lastPollAt - now > AHEAD_MS)
    found.push(finding('poll', { ms: now - lastPollAt }));
  const over = watch.overClaim();
  const [oldest] = over;
  if (oldest !== undefined && !watch.hasEndedSince(now - BOUNDS.attemptMs))
    found.push(finding('stuck', { ms: now - oldest.since, ...named(over.map(({ key }) => key)) }));
  const failing = sends.lasting(now);
  if (failing !== undefined) found.push(finding('sends', failing));
  const unsaved = writes.lasting(now);
  if (unsaved !== undefined) found.push(finding('writes', unsaved));
  return found;
}

async function owedFindings({ store, clock, watch }: Audited): Promise<Checked> {
  // What is left alone stays due for ever: it must not hide what is owed behind it.
  const limit = 20 + watch.skipped.size;
  let keys: string[];
  try {
    keys = await within(clock, async () => {
      const [due] = await Promise.all([store.due(clock.now() - BOUNDS.dueMs, limit), store.ping()]);
      return due.map(keyText);
    });
  } catch (error) {
    const { code } = (error ?? {}) as { code?: unknown };
    return { findings: [finding('store', { error: String(code ?? 'no answer') })], unserved: [] };
  }
  const overdue = keys.filter((key) => !watch.skipped.has(key));
  const newer = keys.filter((key) => watch.skipped.get(key) === 'newer');
  const unserved = keys.flatMap((key): Unserved[] => {
    const reason = watch.skipped.get(key);
    return reason === 'undecodable' || reason === 'defect' ? [{ key, reason }] : [];
  });
  const findings: Finding[] = [];
  if (overdue.length > 0) findings.push(finding('overdue', named(overdue)));
  if (newer.length > 0) findings.push(finding('newer', named(newer)));
  if (unserved.length >= BOUNDS.unserved)
    findings.push(finding('unserved', named(unserved.map(({ key }) => key))));
  return { findings, unserved };
}

/** A store that never answers is one that does not answer. */
async function within<Result>(clock: Clock, look: () => Promise<Result>): Promise<Result> {
  let cancel = () => {};
  const late = new Promise<never>((_, reject) => {
    cancel = clock.after(BOUNDS.storeMs, () => reject(new Error('no answer in time')));
  });
  try {
    return await Promise.race([look(), late]);
  } finally {
    cancel();
  }
}

const named = (keys: readonly string[]) => ({ count: keys.length, keys: keys.slice(0, KEYS_NAMED) });
