import { isCaller, isEntitled } from '../calls/access.ts';
import type { Call, Participant } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import { isOfGeneralAffairs, mayDo } from '../calls/roles.ts';
import { parseCallDetails } from '../calls/utterance.ts';
import type { CategoryId, Classifier, Suggestion } from '../classification/classifier.ts';
import type { Clock } from '../clock.ts';
import { type Directory, LANES, type PersonId } from '../directory/directory.ts';
import type { Documents, Executed } from '../engine/engine.ts';
import type { Effect } from '../engine/envelope.ts';
import { executeOrCreate } from '../engine/executeOrCreate.ts';
import type { ViewLog } from '../views/viewLog.ts';
import type { CaseworkCommand } from './casework.ts';
import type { ReportCommand } from './decide.ts';
import { factsOf } from './facts.ts';
import { valuesOf } from './filling.ts';
import type { Report, ReportInput } from './report.ts';

interface SubmittedReport {
  readonly code: string;
  /** The case it is written for, when the form came from a case's card. */
  readonly call: Call | undefined;
  /** 「今も危険」 was ticked, so help has been called. */
  readonly called: boolean;
  /** The text describes danger though nobody asked for help: General Affairs has been told. */
  readonly dangerInText: boolean;
}

type ReportRefused = 'not-yours' | 'unknown-case' | 'record-full';

export interface Reports {
  /**
   * 「今も危険」 calls at once, whatever is still missing in the form and whatever case it names (promise 5). The same
   * form calls once.
   */
  callForHelp(
    by: Participant,
    input: ReportInput,
    draft: string,
    on: { readonly code?: string; readonly behalfOf?: Participant },
  ): Promise<{ readonly code: string }>;
  /**
   * Saves a checked report. Help is called before anything else when it is needed now (promise 5); the report then
   * belongs to that call when the case of the form is not the sender's. `on`: the case, and the person it is written
   * for (代筆 by General Affairs or the section head).
   */
  submit(
    by: Participant,
    input: ReportInput,
    draft: string,
    on: { readonly code?: string; readonly behalfOf?: Participant },
  ): Promise<SubmittedReport | ReportRefused>;
  /** `pressed`: the activity of the card that was pressed, which turns neutral with the others. */
  confirm(code: string, by: Participant, draft: string, pressed?: string): Promise<Executed<Report>>;
  correct(
    code: string,
    by: Participant,
    draft: string,
    labels: readonly CategoryId[],
    pressed?: string,
  ): Promise<Executed<Report>>;
  /** Writes the view log before quotes are shown once more, on the card that was pressed (promise 7). */
  viewed(code: string, by: Participant, draft: string, pressed?: string): Promise<Executed<Report>>;
  /** Work on the record, which begins with it if need be. Whether `by` may has been decided before. */
  execute(code: string, command: CaseworkCommand): Promise<Executed<Report>>;
  /** Makes open narratives neutral: one person's, or everybody's when empty. Nothing to do without a record. */
  cover(code: string, person: PersonId): Promise<void>;
  read(code: string): Promise<Report | undefined>;
}

interface Parts {
  readonly documents: Documents<Report, ReportCommand>;
  readonly calls: Calls;
  readonly directory: Directory;
  readonly views: ViewLog;
  readonly clock: Pick<Clock, 'now'>;
  /** Loaded after readiness: nothing but the suggestion waits for it. */
  readonly classifier: () => Promise<Classifier>;
}

export function createReports(parts: Parts): Reports {
  const { documents, calls, directory, views, clock, classifier } = parts;

  /** The case that a form names; undefined when it names none. */
  async function caseOf(
    by: Participant,
    code: string | undefined,
  ): Promise<Call | undefined | ReportRefused> {
    if (code === undefined) return undefined;
    const call = await calls.read(code);
    if (call === undefined) return 'unknown-case';
    const may = isEntitled(call, directory, by.id) || mayDo(call, directory, by.id, 'add', clock.now());
    return may ? call : 'not-yours';
  }

  /** For a cry for help a case that cannot be read, or is not theirs, is none: nobody is left alone for it. */
  async function caseOrNone(by: Participant, code: string | undefined): Promise<Call | undefined> {
    const call = await caseOf(by, code).catch(() => undefined);
    return typeof call === 'string' ? undefined : call;
  }

  return {
    async callForHelp(by, input, draft, { code, behalfOf }) {
      const call = await caseOrNone(by, code);
      return { code: await helpNow(parts, { by, input, draft, call, behalfOf }) };
    },

    async submit(by, input, draft, { code: asked, behalfOf }) {
      const call = await (input.danger ? caseOrNone(by, asked) : caseOf(by, asked));
      if (typeof call === 'string') return call;
      const helped = input.danger ? await helpNow(parts, { by, input, draft, call, behalfOf }) : undefined;
      const affected = behalfOf ?? null;
      const code = call?.code ?? helped ?? (await calls.openReportCase(by, input.where, draft, affected));
      const onBehalf = behalfOf !== undefined || (call !== undefined && isForOthers(call, by));
      const saved = await executeOrCreate(documents, code, { type: 'add', code, by, draft, input, onBehalf });
      // `answered` means that this very text has been saved before: a second press, not a second report.
      if (saved.kind === 'refused' && saved.refusal.reason === 'record-full') return 'record-full';
      // On an emergency that is open, whoever is needed has been called.
      const isHelped = input.danger || (call?.status === 'open' && call.level === 'emergency');
      const dangerInText = !isHelped && (await describesDanger(classifier, input.what));
      return { code, call: await calls.read(code), called: helped !== undefined, dangerInText };
    },
    confirm: (code, by, draft, pressed) =>
      documents.execute(code, { type: 'confirm', by, draft, ...on(pressed) }),
    correct: (code, by, draft, labels, pressed) =>
      documents.execute(code, { type: 'correct', by, draft, labels, ...on(pressed) }),
    async viewed(code, by, draft, pressed) {
      await views.write(code, by, 'suggestion');
      return documents.execute(code, { type: 'view', by, draft, ...on(pressed) });
    },
    async cover(code, person) {
      await documents.execute(code, { type: 'cover', code, person: person === '' ? null : person });
    },
    execute: (code, command) => executeOrCreate(documents, code, command),
    read: async (code) => (await documents.read(code))?.state,
  };
}

interface Cry {
  readonly by: Participant;
  readonly input: ReportInput;
  readonly draft: string;
  readonly call: Call | undefined;
  readonly behalfOf: Participant | undefined;
}

/** Calls for help now: on the case itself while it is open, else as a call of its own. Answers its code. */
async function helpNow(
  { calls, directory }: Parts,
  { by, input, draft, call, behalfOf }: Cry,
): Promise<string> {
  if (call?.status === 'open') {
    const raised = await calls.execute(call.code, { type: 'raise', by });
    if (raised.kind === 'done') return call.code;
    if (raised.kind === 'refused' && raised.refusal.reason === 'already-emergency') return call.code;
  }
  // A place goes to pages: only what looks like one does (promise 7).
  const { place } = parseCallDetails(input.where, directory);
  const details = { place, affectedName: null, excludedNames: [] };
  const op = `danger:${draft}`;
  const affected = behalfOf === undefined ? {} : { affected: behalfOf };
  const called = await calls.call({ by, level: 'emergency', details, op, ...affected });
  if (called.call.status === 'open') return called.code;
  // The same form once more, after its call has ended: somebody in danger says so again.
  const again = { by, level: 'emergency', details, op: `${op}:${called.code}`, ...affected } as const;
  return (await calls.call(again)).code;
}

/**
 * Neither the one it happened to, nor the one who called, nor somebody who came: they write down what they were told
 * (代筆). Whoever opened a written report for an employee writes for them from the start.
 */
export function isForOthers(call: Call, by: Participant): boolean {
  const { affected, caller, level } = call;
  if (level === 'report' && caller.id === by.id && affected !== null) return affected.id !== by.id;
  const hasCome = LANES.some((lane) => call.lanes[lane].people[by.id]?.answer?.kind === 'arrived');
  return !isCaller(call, by.id) && !hasCome;
}

const on = (pressed: string | undefined) => (pressed === undefined ? {} : { pressed });

const isDangerous = (suggestion: Suggestion): boolean => suggestion.danger !== 'none';

/** How long an answer waits for the classifier, which may still be loading. */
const CLASSIFIER_WAIT_MS = 1_000;

/** Whether the text describes danger. No answer in time, or a failure, counts as no: the classification comes later. */
export async function describesDanger(classifier: () => Promise<Classifier>, text: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), CLASSIFIER_WAIT_MS);
  });
  const read = classifier().then((found) => isDangerous(found.classify(text)));
  try {
    return await Promise.race([read.catch(() => false), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Effects of a report that need no channel: classify the text, tell the case that it has been reported. */
export const performReport =
  ({ calls, classifier, directory, clock }: Pick<Parts, 'calls' | 'classifier' | 'directory' | 'clock'>) =>
  async (effect: Effect, report: Report): Promise<unknown> => {
    if (effect.data.isAmendment === true) {
      const amendment = report.amendments?.find(({ draft }) => draft === effect.data.draft);
      // General Affairs itself needs no telling of what it corrected.
      if (amendment === undefined || isOfGeneralAffairs(directory, amendment.by.id, clock.now()))
        return { kind: 'told' };
      const told = { type: 'reported', by: amendment.by, dangerInText: false } as const;
      await calls.execute(report.code, told, `reported:${amendment.draft}`);
      return { kind: 'told' };
    }
    const entry = report.entries.find((e) => e.draft === effect.data.draft);
    if (entry === undefined) return { kind: 'told' };
    if (effect.kind === 'classify') {
      const suggestion = (await classifier()).classify(entry.what, factsOf(entry, valuesOf(report)));
      return { kind: 'suggested', suggestion };
    }
    const dangerInText = !entry.dangerNow && entry.suggestion !== null && isDangerous(entry.suggestion);
    // Told twice (an answer was lost) it is one report: a case that was closed in between stays closed.
    const op = `reported:${entry.draft}`;
    await calls.execute(report.code, { type: 'reported', by: entry.by, dangerInText }, op);
    return { kind: 'told' };
  };
