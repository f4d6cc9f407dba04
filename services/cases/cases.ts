import type { Call, CaseNumber, Participant } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import { parseNumber } from '../calls/caseNumber.ts';
import type { CallCommand } from '../calls/commands.ts';
import { type CallSummary, TERMS } from '../calls/listing.ts';
import type { Numbering } from '../calls/numbering.ts';
import { type Action, mayDo, type Role, rolesOf } from '../calls/roles.ts';
import type { Clock } from '../clock.ts';
import type { Directory, PersonId } from '../directory/directory.ts';
import type { Log } from '../log.ts';
import type { CaseworkCommand } from '../reports/casework.ts';
import type { Report } from '../reports/report.ts';
import type { Reports } from '../reports/reports.ts';
import type { DocumentStore } from '../store/store.ts';
import type { Viewed, ViewLog } from './viewLog.ts';

/** A case as one person may deal with it at this moment. */
export interface CaseFile {
  readonly call: Call;
  readonly report: Report | undefined;
  readonly roles: readonly Role[];
  may(action: Action): boolean;
}

export type Worked =
  | { readonly kind: 'done'; readonly file: CaseFile }
  | { readonly kind: 'refused'; readonly reason: string; readonly detail: Readonly<Record<string, string>> };

export interface Cases {
  /** Undefined when there is no such case. Says nothing about whether the person may see anything of it. */
  file(code: string, person: PersonId): Promise<CaseFile | undefined>;
  /** 受付する, 担当, 対応終了, 再開 on the case itself. */
  handle(code: string, command: HandlingCommand): Promise<Worked>;
  /** Work on the record, when `action` is allowed to `by` now. */
  work(code: string, by: Participant, action: Action, command: WorkCommand): Promise<Worked>;
  /**
   * Notes that `by` sees the narrative now, on this activity: in the view log, and so that it can be made neutral.
   * Nothing may be shown before it resolves (promise 7). @throws StoreError
   */
  opening(code: string, by: Participant, what: Viewed, activityId: string | undefined): Promise<void>;
  /** The case that somebody means by a code or a 管理番号; undefined when there is none. */
  byNumber(text: string): Promise<string | undefined>;
  /** Cases that were given to somebody who is not of General Affairs any more wait for it again. */
  releaseWork(): Promise<void>;
}

export type HandlingCommand = Extract<CallCommand, { type: 'accept' | 'assign' | 'close' | 'reopen' }>;
/** The service adds the code. */
export type WorkCommand = CaseworkCommand extends infer C
  ? C extends unknown
    ? Omit<C, 'code'>
    : never
  : never;

interface Parts {
  readonly calls: Calls;
  readonly reports: Reports;
  readonly numbering: Numbering;
  readonly views: ViewLog;
  readonly store: DocumentStore;
  readonly directory: Directory;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Log;
}

const SWEEP_PAGE = 200;

export function createCases(parts: Parts): Cases {
  const { calls, reports, numbering, views, store, directory, clock, log } = parts;

  async function file(code: string, person: PersonId): Promise<CaseFile | undefined> {
    const call = await calls.read(code);
    if (call === undefined) return undefined;
    const report = await reports.read(code);
    const now = clock.now();
    return {
      call,
      report,
      roles: rolesOf(call, directory, person, now),
      may: (action) => mayDo(call, directory, person, action, now),
    };
  }

  async function done(code: string, person: PersonId): Promise<Worked> {
    const found = await file(code, person);
    return found === undefined ? refused('unknown-case') : { kind: 'done', file: found };
  }

  /** The effect owed by the acceptance does the same after a crash; here the officer sees the number at once. */
  async function numberNow(code: string): Promise<CaseNumber | undefined> {
    try {
      return await numbering.assign(code);
    } catch (error) {
      log.warn({ key: `call/${code}`, err: error }, 'number follows');
      return undefined;
    }
  }

  return {
    file,

    async handle(code, command) {
      const executed = await calls.execute(code, command);
      if (executed.kind === 'absent') return refused('unknown-case');
      if (executed.kind === 'refused') return refused(executed.refusal.reason, executed.refusal.detail);
      if (command.type === 'accept') await numberNow(code);
      return done(code, command.by.id);
    },

    async work(code, by, action, command) {
      const before = await file(code, by.id);
      if (before === undefined) return refused('unknown-case');
      if (!before.may(action)) return refused(whyNot(before, action));
      const executed = await reports.execute(code, { ...command, code } as CaseworkCommand);
      if (executed.kind === 'refused' && executed.refusal.reason !== 'answered')
        return refused(executed.refusal.reason, executed.refusal.detail);
      return done(code, by.id);
    },

    async opening(code, by, what, activityId) {
      await views.write(code, by, what);
      if (activityId !== undefined) await reports.execute(code, { type: 'opened', code, by, activityId });
    },

    async byNumber(text) {
      const number = parseNumber(text);
      return number === undefined ? undefined : numbering.find(number);
    },

    async releaseWork() {
      for (let cursor: string | undefined; ; ) {
        const query = { kind: 'call', term: TERMS.open(), limit: SWEEP_PAGE };
        const page = await store.list(cursor === undefined ? query : { ...query, cursor });
        for (const { summary } of page.items) await releaseOne(summary as CallSummary | null);
        if (page.next === undefined) return;
        cursor = page.next;
      }
    },
  };

  async function releaseOne(summary: CallSummary | null): Promise<void> {
    const assignee = summary?.assignee ?? null;
    if (summary === null || assignee === null || directory.isGeneralAffairs(assignee.id)) return;
    // One case that cannot be written must not keep the others waiting; the next change or start tries again.
    await calls
      .execute(summary.code, { type: 'release', person: assignee.id })
      .catch((error) => log.error({ key: `call/${summary.code}`, err: error }, 'case not released'));
  }
}

const refused = (reason: string, detail: Readonly<Record<string, string>> = {}): Worked => ({
  kind: 'refused',
  reason,
  detail,
});

/** Whoever takes part learns why not now; the others learn nothing. */
export function whyNot(file: CaseFile, action: Action): string {
  const { roles, call } = file;
  if (!file.may('state')) return 'not-yours';
  const isOwn = roles.includes('affected') && roles.includes('general-affairs');
  if (isOwn && action !== 'views') return 'own-case';
  const phase = call.handling?.phase ?? 'new';
  if (phase === 'closed') return 'case-closed';
  return phase === 'new' && roles.includes('general-affairs') && action !== 'views'
    ? 'not-accepted'
    : 'wrong-role';
}
