import type { Participant } from '../calls/call.ts';
import type { SendOutcome } from '../channel.ts';
import type { CategoryId, Suggestion } from '../classification/classifier.ts';
import type { Accepted, Aggregate, Decision, EngineCommand, Moment, Refused } from '../engine/aggregate.ts';
import type { NewEffect } from '../engine/envelope.ts';
import { copyOf, type Mutable } from '../mutable.ts';
import { type CaseworkCommand, casework, coverEffect, coverKey, isCasework, lastAt } from './casework.ts';
import { isFull, type Report, type ReportEntry, type ReportInput } from './report.ts';

export type ReportCommand =
  | {
      readonly type: 'add';
      readonly code: string;
      readonly by: Participant;
      readonly draft: string;
      readonly input: ReportInput;
      readonly onBehalf?: boolean;
    }
  /** `pressed`: the activity that carries the card which was pressed. */
  | { readonly type: 'view'; readonly by: Participant; readonly draft: string; readonly pressed?: string }
  | { readonly type: 'confirm'; readonly by: Participant; readonly draft: string; readonly pressed?: string }
  | {
      readonly type: 'correct';
      readonly by: Participant;
      readonly draft: string;
      readonly labels: readonly CategoryId[];
      readonly pressed?: string;
    }
  | CaseworkCommand;

type ReportRefusal = 'not-yours' | 'suggestion-handled' | 'answered' | 'stale-card' | 'record-full';

const nothing = { changed: false, effects: [], drop: () => false, timers: {} } as const;
const refuse = (reason: ReportRefusal): Refused<ReportRefusal> => ({ ok: false, reason, detail: {} });

/**
 * Rules of the short report: saved first, classified afterwards (paging never waits for it: promise 5), the
 * suggestion shown to its reporter, who confirms or corrects it.
 */
export const reportAggregate: Aggregate<Report, ReportCommand> = {
  kind: 'record',
  decide: decideReport,
  listing: (report) => ({ terms: [], sortAt: report.entries[0]?.at ?? 0, summary: null }),
};

export function decideReport(
  state: Report | undefined,
  command: ReportCommand | EngineCommand,
  moment: Moment,
): Decision<Report> {
  if (command.type === 'add') return add(state, command, moment);
  if (isCasework(command)) return casework(state, command, moment);
  if (state === undefined) throw new Error(`${command.type} without a report`);
  if (command.type === 'timer') return { ok: true, state, ...nothing };
  if (command.type === 'settled') return settled(state, command, moment);
  if (command.type === 'view') return view(state, command);
  return judge(state, command, moment);
}

function view(
  state: Report,
  { by, draft, pressed }: Extract<ReportCommand, { type: 'view' }>,
): Decision<Report> {
  const entry = state.entries.find((e) => e.draft === draft);
  if (entry === undefined) return refuse('stale-card');
  if (entry.by.id !== by.id) return refuse('not-yours');
  if (entry.judgement !== null) return refuse('suggestion-handled');
  // An older cover that is still on its way is not about what is opened now.
  const drop = ({ key }: { key: string }) => pressed !== undefined && key === coverKey(pressed);
  return { ok: true, state: change(state, draft, (e) => noteCopy(e, pressed)), ...nothing, drop };
}

const COPIES_KEPT = 10;

/** Quotes are about to stand there, or did: it becomes neutral with the others. */
function noteCopy(entry: Mutable<ReportEntry>, activityId: string | undefined): void {
  const copies = entry.copies ?? [];
  if (activityId === undefined || activityId === entry.card || copies.includes(activityId)) return;
  entry.copies = [...copies, activityId].slice(-COPIES_KEPT);
}

/** Makes every known card of an entry neutral (promise 7). */
const neutralEffects = ({ draft, by, card, copies = [] }: ReportEntry): NewEffect[] =>
  [...(card === null ? [] : [card]), ...copies].map((activityId) => ({
    key: `neutral:${draft}:${activityId}`,
    kind: 'neutral',
    person: by.id,
    data: { draft, activityId },
  }));

function add(
  state: Report | undefined,
  command: Extract<ReportCommand, { type: 'add' }>,
  moment: Moment,
): Decision<Report> {
  const { by, input } = command;
  const written = {
    when: input.when.trim(),
    where: input.where.trim(),
    what: input.what.trim(),
    dangerNow: input.danger,
  };
  const entries = state?.entries ?? [];
  if (entries.some((entry) => isSame(entry, command, written))) return refuse('answered');
  if (state !== undefined && isFull(state)) return refuse('record-full');
  const draft = freeDraft(entries, command.draft);
  const entry: ReportEntry = {
    draft,
    by,
    at: Math.max(moment.now, state === undefined ? 0 : lastAt(state)),
    ...written,
    ...(command.onBehalf === true ? { onBehalf: true } : {}),
    suggestion: null,
    judgement: null,
    card: null,
  };
  const before = state ?? { code: command.code, entries: [] };
  return {
    ok: true,
    state: { ...before, entries: [...before.entries, entry] },
    changed: true,
    effects: [{ key: `classify:${draft}`, kind: 'classify', person: by.id, data: { draft } }],
    drop: () => false,
    timers: {},
  };
}

type Written = Pick<ReportEntry, 'when' | 'where' | 'what' | 'dangerNow'>;

const comesFrom = (entry: ReportEntry, draft: string): boolean =>
  entry.draft === draft || entry.draft.startsWith(`${draft}/`);

/** A form sent twice is one entry; sent again with other words it is another: nothing typed is lost. */
const isSame = (entry: ReportEntry, command: { by: Participant; draft: string }, written: Written): boolean =>
  entry.by.id === command.by.id &&
  comesFrom(entry, command.draft) &&
  entry.when === written.when &&
  entry.where === written.where &&
  entry.what === written.what &&
  entry.dangerNow === written.dangerNow;

function freeDraft(entries: readonly ReportEntry[], draft: string): string {
  const count = entries.filter((entry) => comesFrom(entry, draft)).length;
  return count === 0 ? draft : `${draft}/${count + 1}`;
}

function judge(
  state: Report,
  command: Extract<ReportCommand, { type: 'confirm' | 'correct' }>,
  moment: Moment,
): Decision<Report> {
  const entry = state.entries.find((e) => e.draft === command.draft);
  if (entry === undefined || entry.suggestion === null) return refuse('stale-card');
  if (entry.by.id !== command.by.id) return refuse('not-yours');
  if (entry.judgement !== null) return refuse('suggestion-handled');
  const suggested = entry.suggestion.labels.map((label) => label.id);
  const labels = command.type === 'confirm' ? suggested : [...new Set(command.labels)];
  const same = labels.length === suggested.length && labels.every((id) => suggested.includes(id));
  const judgement = {
    by: command.by,
    // After whatever stands: between this and a correction of the whole case the later one counts.
    at: Math.max(moment.now, lastAt(state) + 1),
    outcome: same ? 'confirmed' : 'corrected',
    labels,
  } as const;
  const next = change(state, entry.draft, (e) => {
    e.judgement = judgement as Mutable<typeof judgement>;
    noteCopy(e, command.pressed);
  });
  const effects = next.entries.filter((e) => e.draft === entry.draft).flatMap(neutralEffects);
  // A suggestion still waiting to be sent has been answered meanwhile: its quotes are not shown again.
  const drop = (effect: { key: string }) => effect.key === `suggest:${entry.draft}`;
  return { ok: true, state: next, changed: true, effects, drop, timers: {} };
}

type Settled = Extract<EngineCommand, { type: 'settled' }>;

function settled(state: Report, command: Settled, moment: Moment): Accepted<Report> {
  const { effect } = command;
  const draft = String(effect.data.draft);
  if (effect.kind === 'classify') return classified(state, draft, command, moment);
  if (effect.kind === 'tell' && (command.outcome as { kind: string }).kind === 'told')
    return { ok: true, state, ...nothing };
  const outcome = command.outcome as SentSuggestion;
  if (outcome.kind === 'retry' || (outcome.kind === 'uncertain' && effect.attempt < 8)) {
    const wait = outcome.retryAfterMs ?? Math.min(60_000, 2_000 * 2 ** Math.min(effect.attempt, 5));
    return { ok: true, state, ...nothing, retryAt: moment.now + wait };
  }
  if (effect.kind === 'suggest' && outcome.kind === 'delivered')
    return suggested(state, draft, outcome.activityId, outcome.left === true);
  return { ok: true, state, ...nothing };
}

function classified(state: Report, draft: string, command: Settled, moment: Moment): Accepted<Report> {
  const outcome = command.outcome as { kind: string; suggestion?: Suggestion; retryAfterMs?: number };
  if (outcome.suggestion === undefined) {
    return { ok: true, state, ...nothing, retryAt: moment.now + (outcome.retryAfterMs ?? 30_000) };
  }
  const { suggestion } = outcome;
  const entry = state.entries.find((e) => e.draft === draft);
  if (entry === undefined || entry.suggestion !== null) return { ok: true, state, ...nothing };
  const next = change(state, draft, (e) => {
    e.suggestion = copyOf(suggestion);
  });
  return {
    ok: true,
    state: next,
    changed: true,
    effects: [
      { key: `suggest:${draft}`, kind: 'suggest', person: entry.by.id, data: { draft } },
      { key: `tell:${draft}`, kind: 'tell', person: entry.by.id, data: { draft } },
    ],
    drop: () => false,
    timers: {},
  };
}

/** `left`: its reporter was left out of the case while it was on its way. */
export type SentSuggestion = SendOutcome & { readonly left?: true };

/** The card with quotes is out: answered meanwhile, or not for its reporter any more, it is made neutral at once. */
function suggested(state: Report, draft: string, activityId: string, isLeft: boolean): Accepted<Report> {
  const next = change(state, draft, (e) => {
    e.card = activityId;
  });
  const effects = next.entries
    .filter((entry) => entry.draft === draft)
    .flatMap((entry) => {
      if (entry.judgement !== null) return neutralEffects(entry);
      return isLeft ? [coverEffect({ activityId, by: entry.by.id })] : [];
    });
  return { ok: true, state: next, changed: true, effects, drop: () => false, timers: {} };
}

function change(state: Report, draft: string, edit: (entry: Mutable<ReportEntry>) => void): Report {
  const next = copyOf(state);
  for (const entry of next.entries) if (entry.draft === draft) edit(entry);
  return next as Report;
}
