import { expect, test } from '@jest/globals';
import { decideReport, type ReportCommand } from '../../services/reports/decide.ts';
import type { Report } from '../../services/reports/report.ts';

const by = { id: 'reporter', name: '佐藤 美咲', kind: 'person' } as const;
const suggestion = { labels: [], assessment: 'needs-judgement', danger: 'none', dangerEvidence: [] } as const;

function after(state: Report | undefined, command: ReportCommand, now: number): Report {
  const decision = decideReport(state, command, { now, nextRev: 1 });
  if (!decision.ok) throw new Error(decision.reason);
  return decision.state;
}

test('the view log keeps every opening of the quotes, oldest first (promise 7)', () => {
  const input = { when: '今日', where: '2番窓口', what: '怒鳴られました', danger: false };
  const added = after(undefined, { type: 'add', code: 'K-7F3Q', by, draft: 'd', input }, 1);
  const classified: Report = {
    ...added,
    entries: added.entries.map((entry) => ({ ...entry, suggestion })),
  };
  const once = after(classified, { type: 'view', by, draft: 'd' }, 2);
  const twice = after(once, { type: 'view', by, draft: 'd' }, 3);
  expect(twice.views.map(({ at, by: who }) => ({ at, who }))).toEqual([
    { at: 2, who: 'reporter' },
    { at: 3, who: 'reporter' },
  ]);
});
