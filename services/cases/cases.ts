import type { Call, CaseNumber, Participant } from '../calls/call.ts';
import type { Calls } from '../calls/calls.ts';
import { parseNumber } from '../calls/caseNumber.ts';
import type { CallCommand } from '../calls/commands.ts';
import { type CallSummary, TERMS } from '../calls/listing.ts';
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

    async followOrganization() {
      for (let cursor: string | undefined; ; ) {
        const query = { kind: 'call', term: TERMS.open(), limit: SWEEP_PAGE };
        const page = await store.list(cursor === undefined ? query : { ...query, cursor });
        for (const { summary } of page.items) await followOne(summary as CallSummary | null);
        if (page.next === undefined) return;
        cursor = page.next;
      }
    },
  };

  /** One case that cannot be written must not keep the others waiting; the next change or start tries again. */
  async function followOne(summary: CallSummary | null): Promise<void> {
    if (summary === null) return;
    const { code, assignee } = summary;
    try {
      if (assignee !== null && !directory.isGeneralAffairs(assignee.id))
        await calls.execute(code, { type: 'release', person: assignee.id });
      for (const person of await strangersReading(code)) await reports.cover(code, person);
    } catch (error) {
      log.error({ key: `call/${code}`, err: error }, 'case not followed');
    }
  }

  /** Whoever has a narrative or quotes on the screen and may not see them any more. */
  async function strangersReading(code: string): Promise<string[]> {
    const report = await reports.read(code);
    const readers = new Set(report?.open?.map(({ by }) => by));
    const waiting =
      report?.entries.filter(({ judgement, card }) => judgement === null && card !== null) ?? [];
    const left = waiting.map(({ by }) => by.id).filter((id) => directory.person(id) === undefined);
    if (readers.size + left.length === 0) return [];
    const call = await calls.read(code);
    if (call === undefined) return [];
    const now = clock.now();
    return [...[...readers].filter((id) => !mayDo(call, directory, id, 'read', now)), ...left];
  }
}

const refused = (reason: string, detail: Readonly<Record<string, string>> = {}): Worked => ({
  kind: 'refused',
  reason,
  detail,
});
