import { reachCard } from '../../../cards/reachCard.ts';
import { reachPost } from '../../../cards/reachPost.ts';
import type { Language, Rendered } from '../../../cards/rendered.ts';
import { testCard, testDoneCard, testResultCard, testSureCard } from '../../../cards/testCards.ts';
import { DUTY_KINDS, type Person } from '../../../services/directory/directory.ts';
import type { Overview, Row, TestRow } from '../../../services/reach/overview.ts';
import { STATUSES } from '../../../services/reach/personReach.ts';
import type { Reachability } from '../../../services/reach/reachability.ts';
import { NOW } from '../../fixtures/calls.ts';

const person = (n: number): Person => ({
  id: `p${n}`,
  kind: 'person',
  name: n % 2 === 0 ? '鈴木 健太' : '長'.repeat(60),
  aliases: [],
  post: '',
  section: 'zeimu',
});

const rows: readonly Row[] = Array.from({ length: 400 }, (_, n) => {
  const kind = DUTY_KINDS[n % DUTY_KINDS.length] ?? 'duty';
  const next = n % 5 === 0 ? null : '2026-12-01';
  return {
    person: person(n),
    as: [
      { kind, unit: '税務課', next },
      { kind: 'deputy', unit: '課'.repeat(60), next },
    ],
    status: STATUSES[n % STATUSES.length] ?? 'reachable',
    since: NOW - n * 3_600_000,
    run: 1,
    isUnsure: n % 11 === 0,
  };
});

const city: Reachability = {
  run: 2,
  check: null,
  checked: { run: 1, at: NOW - 60_000, tries: 0 },
  told: { run: 0, at: 0 },
  listed: '',
  test: null,
  planned: { check: null, test: null },
  isTestOwed: false,
};
const test = {
  id: '2026-12-01',
  startedAt: NOW - 3_600_000,
  by: '清水 陽子',
  isSent: true,
  listAt: NOW + 1,
  isListed: false,
};

const overview = (shown: readonly Row[], more: Partial<Overview> = {}): Overview => ({
  now: NOW,
  city,
  rows: shown,
  unreached: shown.filter(({ status }) => status !== 'reachable'),
  unsure: shown.filter(({ status, isUnsure }) => status === 'reachable' && isUnsure),
  test: null,
  ...more,
});

const OUTCOMES: readonly TestRow['outcome'][] = ['confirmed', 'open', 'away', 'unreachable'];
const tested: readonly TestRow[] = rows.map((row, n) => ({
  person: row.person,
  outcome: OUTCOMES[n % OUTCOMES.length] ?? 'open',
  status: row.status,
}));
const confirmed = tested.filter(({ outcome }) => outcome === 'confirmed');

/** 到達確認 and 通知テスト: empty, usual, and for a city hall where hardly anybody has the app. */
export function reachCards(language: Language): [string, Rendered][] {
  const base = { language, days: 14 };
  const result = { language, nextAt: NOW + 86_400_000 };
  const running = { ...test, isSent: false, by: '' };
  return [
    ['reach', reachCard({ ...base, overview: overview(rows.slice(0, 9)) })],
    ['reach last page', reachCard({ ...base, overview: overview(rows), page: 99 })],
    ['reach many', reachCard({ ...base, overview: overview(rows), page: 2 })],
    [
      'reach well',
      reachCard({
        ...base,
        overview: overview(rows.filter(({ status }) => status === 'reachable').slice(1, 4)),
      }),
    ],
    ['reach never', reachCard({ ...base, overview: overview([], { city: { ...city, checked: null } }) })],
    ['channel reach', reachPost({ language, all: 20, unreached: 3, fresh: 1, isPersonal: false })],
    ['channel reach again', reachPost({ language, all: 20, unreached: 3, fresh: 0, isPersonal: true })],
    ['test', testCard({ language, test: '2026-12-01' })],
    ...(['done', 'confirmed', 'old-test', 'unknown'] as const).map((how): [string, Rendered] => [
      `test ${how}`,
      testDoneCard(language, how),
    ]),
    ['test sure', testSureCard({ language, people: 20, isRunning: true })],
    ['test never', testResultCard({ ...result, overview: overview(rows), nextAt: null })],
    [
      'test running',
      testResultCard({
        ...result,
        overview: overview(rows, { test: { test: running, rows: tested, isDue: false } }),
      }),
    ],
    [
      'test over',
      testResultCard({
        ...result,
        overview: overview(rows, { test: { test, rows: tested, isDue: true } }),
        notice: '1',
      }),
    ],
    [
      'test all',
      testResultCard({
        ...result,
        overview: overview(rows, { test: { test, rows: confirmed, isDue: true } }),
      }),
    ],
  ];
}
