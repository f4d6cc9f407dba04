import { caseCard } from '../../../cards/caseCard.ts';
import { caseListCard, searchCard } from '../../../cards/caseListCard.ts';
import { timelineCard, viewsCard } from '../../../cards/caseLogCards.ts';
import { recordCard } from '../../../cards/recordCard.ts';
import { recordStepCard, recordStepsCard } from '../../../cards/recordForm.ts';
import type { Language, Rendered } from '../../../cards/rendered.ts';
import {
  amendCard,
  assignCard,
  categoriesCard,
  closeSureCard,
  noteCard,
  proposeCard,
} from '../../../cards/workForms.ts';
import type { Call } from '../../../services/calls/call.ts';
import type { CallSummary } from '../../../services/calls/listing.ts';
import { listingOf } from '../../../services/calls/listing.ts';
import { timelineOf } from '../../../services/cases/timeline.ts';
import { CATEGORY_IDS } from '../../../services/classification/classifier.ts';
import { categoriesOf } from '../../../services/reports/categories.ts';
import { type FieldId, STEPS, type Values } from '../../../services/reports/fields.ts';
import type { FieldChange, Report } from '../../../services/reports/report.ts';
import { at, calls, directory, NOW, SATO, SHIMIZU, SUZUKI } from '../../fixtures/calls.ts';
import { everythingFound } from './everyCard.ts';

const link = { code: 'K-7F3Q', list: 'filter=todo&section=&from=&to=&cursor=' };
const LONG = '怒鳴り声で「責任者を出せ」と繰り返した。'.repeat(200).slice(0, 4000);

/** Every field filled in to its limit, some of them corrected: the largest record there is reason to expect. */
const changes: FieldChange[] = STEPS.flatMap(({ fields }) =>
  fields.flatMap((field, n): FieldChange[] => {
    const value =
      field.choices[0] ??
      (field.kind === 'date' ? '2026-12-01' : field.kind === 'time' ? '10:31' : LONG.slice(0, field.limit));
    const change = { at: NOW - 1000 + n, by: SATO, onBehalf: false, field: field.id, value, why: '' };
    const corrected = { ...change, by: SHIMIZU, onBehalf: true, why: '聞き取りで分かったため' };
    return field.kind === 'text' ? [change, corrected] : [change];
  }),
);

const fullReport: Report = {
  code: 'K-7F3Q',
  entries: [1, 2].map((n) => ({
    draft: `d${n}`,
    by: SATO,
    at: at('10:40:00') + n,
    when: '12月1日 10:31',
    where: '2番窓口',
    what: LONG,
    dangerNow: false,
    onBehalf: n === 2,
    suggestion: everythingFound,
    judgement: { by: SATO, at: at('10:41:00'), outcome: 'corrected', labels: ['threat'] },
    card: null,
  })),
  changes,
  corrections: [{ draft: 'c', by: SHIMIZU, at: NOW, labels: ['verbal-abuse', 'threat'] }],
  proposals: [
    {
      draft: 'p',
      by: SHIMIZU,
      at: NOW,
      outcome: 'legitimate',
      handedTo: '収税課',
      why: '制度への要望のため',
    },
  ],
  notes: [{ draft: 'n', by: SHIMIZU, at: NOW, text: LONG.slice(0, 2000) }],
  amendments: [
    { draft: 'a', by: SATO, at: NOW, entry: 'd1', text: LONG, why: '時刻の誤り' },
    { draft: 'b', by: SHIMIZU, at: NOW, entry: '', text: '録音を確認した', why: '確認のため' },
  ],
};

const accepted: Call = {
  ...calls.ended,
  section: 'zeimu',
  reported: true,
  handling: {
    phase: 'accepted',
    accepted: { by: SHIMIZU, at: NOW },
    candidate: { year: 2026, n: 1 },
    number: { year: 2026, n: 1 },
    assignee: SHIMIZU,
    closed: null,
  },
};

function caseCards(language: Language): [string, Rendered][] {
  const base = { language, link, directory, now: NOW, hasLive: true };
  const states: [string, Call, Report | undefined][] = [
    ['new', { ...calls.report, section: 'zeimu' }, undefined],
    ['accepted', accepted, fullReport],
    [
      'closed',
      {
        ...accepted,
        handling: { ...handlingOf(accepted), phase: 'closed', closed: { by: SHIMIZU, at: NOW } },
      },
      fullReport,
    ],
  ];
  return states.flatMap(([name, call, report]): [string, Rendered][] => {
    const input = {
      ...base,
      call,
      report,
      categories: categoriesOf(report),
      events: timelineOf(call, report),
    };
    return [
      [`case ${name}`, caseCard({ ...input, may: () => true, notice: '受け付けました。' })],
      [`case ${name} state only`, caseCard({ ...input, may: (action) => action === 'state' })],
    ];
  });
}

function handlingOf(call: Call) {
  if (call.handling === undefined) throw new Error('not handled');
  return call.handling;
}

const summary = listingOf(accepted).summary as CallSummary;
const others = { todo: 'filter=todo', new: 'filter=new', open: 'filter=open', all: 'filter=all' };

function listCards(language: Language): [string, Rendered][] {
  const base = {
    language,
    now: NOW,
    filter: 'todo',
    filters: ['todo', 'new', 'open', 'all'],
    here: link.list,
    others,
  } as const;
  return [
    [
      'list',
      caseListCard({
        ...base,
        items: Array.from({ length: 8 }, () => summary),
        searched: [],
        next: 'n',
        first: 'f',
      }),
    ],
    ['list empty', caseListCard({ ...base, items: [], searched: [] })],
    [
      'list found',
      caseListCard({
        ...base,
        filter: 'all',
        items: [summary],
        searched: ['期間：2026-11-01〜', '課：税務課'],
      }),
    ],
    [
      'search',
      searchCard({
        language,
        values: { number: 'x', from: '', to: '', section: '' },
        errors: { number: '番号' },
        sections: [{ id: 'zeimu', name: '税務課' }],
      }),
    ],
  ];
}

function formCards(language: Language): [string, Rendered][] {
  const form = { language, link, draft: 'd' };
  return [
    ['assign', assignCard({ ...form, values: { assignee: 'shimizu' }, errors: {} }, [SHIMIZU, SUZUKI])],
    ['note', noteCard({ ...form, values: { note: LONG }, errors: { note: '長い' } })],
    ['propose', proposeCard({ ...form, errors: { outcome: '1', handedTo: '2', why: '3' } })],
    ['categories', categoriesCard(form, CATEGORY_IDS)],
    ['amend', amendCard(form, fullReport.entries, NOW)],
    ['close sure', closeSureCard({ language, link })],
    [
      'timeline',
      timelineCard({
        language,
        call: accepted,
        events: timelineOf(accepted, fullReport),
        link,
        page: 0,
        now: NOW,
      }),
    ],
    [
      'views',
      viewsCard({
        language,
        views: [{ at: NOW, by: 'sato', name: '佐藤 美咲', what: 'record' }],
        link,
        next: 'n',
        now: NOW,
      }),
    ],
    ['views empty', viewsCard({ language, views: [], link, now: NOW })],
  ];
}

function recordCards(language: Language): [string, Rendered][] {
  const values = Object.fromEntries(changes.map(({ field, value }) => [field, value])) as Values;
  const kept = Object.fromEntries(
    STEPS.flatMap(({ fields }, n) =>
      fields.map(({ id }) => [
        id,
        { value: 'x', at: NOW, reason: n % 2 === 0 ? 'conflict' : 'why' } as const,
      ]),
    ),
  );
  const changedBy = Object.fromEntries(changes.map((change) => [change.field, change])) as Partial<
    Record<FieldId, FieldChange>
  >;
  const steps = STEPS.map((step): [string, Rendered] => [
    `step ${step.id}`,
    recordStepCard({
      language,
      link,
      step,
      steps: STEPS,
      base: 3,
      values,
      errors: {},
      kept,
      changedBy,
      why: '',
      asksWhy: true,
      onBehalf: true,
      short: [LONG],
      isPrefilled: true,
      now: NOW,
      notice: '保存しました。',
    }),
  ]);
  const pages = Array.from({ length: 12 }, (_, page): [string, Rendered] => [
    `record ${page}`,
    recordCard({ language, report: fullReport, link, page, now: NOW }),
  ]);
  return [
    ...steps,
    ...pages,
    ['record empty', recordCard({ language, report: undefined, link, page: 0, now: NOW })],
    [
      'steps',
      recordStepsCard({
        language,
        link,
        steps: STEPS,
        values: { offSite: 'yes', checkA: 'yes' },
        kept: ['place'],
        onBehalf: true,
      }),
    ],
  ];
}

/** Cards of what is done with a case after the call. */
export const caseworkCards = (language: Language): [string, Rendered][] => [
  ...caseCards(language),
  ...listCards(language),
  ...formCards(language),
  ...recordCards(language),
];
