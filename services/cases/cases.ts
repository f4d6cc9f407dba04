import type { Call, Participant } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import { parseNumber } from '../calls/caseNumber.ts';
import type { CallCommand } from '../calls/commands.ts';
import type { Numbering } from '../calls/numbering.ts';
import { type Action, mayDo, type Role, rolesOf } from '../calls/roles.ts';
import { whyNot } from '../calls/whyNot.ts';
import type { Clock } from '../clock.ts';
import type { Directory, PersonId } from '../directory/directory.ts';
import type { Log } from '../log.ts';
import type { CaseworkCommand } from '../reports/casework.ts';
import type { Report } from '../reports/report.ts';
import type { Reports } from '../reports/reports.ts';
import type { DocumentStore } from '../store/store.ts';
import type { Viewed, ViewLog } from '../views/viewLog.ts';
import { followOrganization } from './followOrganization.ts';

/** A case as one person may deal with it at this moment. */
export interface CaseFile {
  readonly call: Call;
  readonly report: Report | undefined;
  readonly roles: readonly Role[];
  may(action: Action): boolean;
}

type Worked =
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
   * Nothing may be shown before it resolves, and only what it resolves with: undefined when `by` has been left out of
   * the case meanwhile (promise 7). @throws StoreError
   */
  opening(
    code: string,
    by: Participant,
    what: Exclude<Viewed, 'suggestion' | 'export'>,
    activityId: string | undefined,
  ): Promise<CaseFile | undefined>;
  /** The case that somebody means by a code or a 管理番号; undefined when there is none. */
  byNumber(text: string): Promise<string | undefined>;
  /**
   * After a change of the organisation: cases given to somebody who is not of General Affairs any more wait for it
   * again, and what somebody has open who may no longer read it becomes neutral.
   */
  followOrganization(): Promise<void>;
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

export function createCases(parts: Parts): Cases {
  const { calls, reports, numbering, views, directory, clock, log } = parts;

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
  async function numberNow(code: string): Promise<void> {
    try {
      await numbering.assign(code);
    } catch (error) {
      log.warn({ key: `call/${code}`, err: error }, 'number follows');
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
      if (!before.may(action)) {
        const { reason, detail } = whyNot(before.call, before.roles, action);
        return refused(reason, detail);
      }
      const executed = await reports.execute(code, { ...command, code } as CaseworkCommand);
      if (executed.kind === 'refused' && executed.refusal.reason !== 'answered')
        return refused(executed.refusal.reason, executed.refusal.detail);
      return done(code, by.id);
    },

    async opening(code, by, what, activityId) {
      await views.write(code, by, what);
      const isForm = what === 'form';
      if (activityId !== undefined)
        await reports.execute(code, { type: 'opened', code, by, activityId, isForm });
      // Whoever was left out before this was noted has not been covered by it.
      const after = await file(code, by.id);
      if (after?.may(isForm ? 'write' : 'read') === true) return after;
      if (activityId !== undefined) await reports.execute(code, { type: 'hidden', code, activityId });
      return undefined;
    },

    async byNumber(text) {
      const number = parseNumber(text);
      return number === undefined ? undefined : numbering.find(number);
    },

    followOrganization: () => followOrganization(parts),
  };
}

const refused = (reason: string, detail: Readonly<Record<string, string>> = {}): Worked => ({
  kind: 'refused',
  reason,
  detail,
});
