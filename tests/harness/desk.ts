import type { Participant } from '../../services/calls/call.ts';
import type { CategoryId, Suggestion } from '../../services/classification/classifier.ts';
import type { Accepted, Decision } from '../../services/engine/aggregate.ts';
import type { Effect } from '../../services/engine/envelope.ts';
import type { CaseworkCommand } from '../../services/reports/casework.ts';
import { decideReport, type ReportCommand } from '../../services/reports/decide.ts';
import type { Report } from '../../services/reports/report.ts';

export const SATO: Participant = { id: 'sato', name: '佐藤 美咲', kind: 'person' };
export const ITO: Participant = { id: 'ito', name: '伊藤 誠', kind: 'person' };
export const SHIMIZU: Participant = { id: 'shimizu', name: '清水 陽子', kind: 'person' };

type Without<C> = C extends unknown ? Omit<C, 'code'> : never;
export type Work = Without<CaseworkCommand>;

const suggestionOf = (...labels: CategoryId[]): Suggestion => ({
  labels: labels.map((id) => ({ id, score: 1, evidence: [], clause: 'P7' })),
  assessment: 'needs-judgement',
  danger: 'none',
  dangerEvidence: [],
});

/** The record of one case on the table: rules alone, no store, no engine. */
export class Desk {
  report: Report | undefined;
  now = 1_000_000;

  get record(): Report {
    if (this.report === undefined) throw new Error('no record yet');
    return this.report;
  }

  /** Time goes on by a second; a test may turn the clock back before. */
  give(command: ReportCommand): Decision<Report> {
    const frozen = JSON.stringify(this.report);
    this.now += 1_000;
    const decision = decideReport(this.report, command, { now: this.now, nextRev: 1 });
    if (JSON.stringify(this.report) !== frozen) throw new Error(`${command.type} changed its input`);
    if (decision.ok) this.report = decision.state;
    return decision;
  }

  work(command: Work): Decision<Report> {
    return this.give({ ...command, code: 'K-TEST' } as CaseworkCommand);
  }

  /** As `work`, for what must not be refused. */
  done(command: Work): Accepted<Report> {
    const decision = this.work(command);
    if (!decision.ok) throw new Error(decision.reason);
    return decision;
  }

  short(draft: string, by = SATO, what = '怒鳴られた'): Decision<Report> {
    const input = { when: '10:31', where: '2番窓口', what, danger: false };
    return this.give({ type: 'add', code: 'K-TEST', by, draft, input });
  }

  /** The classifier has read a short report, and its reporter has the card. */
  suggested(draft: string, activityId: string | null, ...labels: CategoryId[]): void {
    this.#settled('classify', draft, { kind: 'suggested', suggestion: suggestionOf(...labels) });
    if (activityId !== null) this.#settled('suggest', draft, { kind: 'delivered', activityId });
  }

  #settled(kind: string, draft: string, outcome: unknown): void {
    this.now += 1_000;
    const effect = {
      key: `${kind}:${draft}`,
      kind,
      person: '',
      data: { draft },
      attempt: 1,
    } as unknown as Effect;
    const command = { type: 'settled', effect, outcome, shownRev: 1 } as const;
    const decision = decideReport(this.report, command, { now: this.now, nextRev: 1 });
    if (decision.ok) this.report = decision.state;
  }
}

/** Whether a pending effect of this key would go. */
export const drops = ({ drop }: Accepted<Report>, key: string): boolean => drop({ key } as Effect);
