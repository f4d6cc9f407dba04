import type { Action } from '../../services/calls/roles.ts';
import type { Attempt } from './accessScene.ts';

interface Deed {
  /** Data of the taps beside the code, in order: what opens the form, then what does it. A client may send them at will. */
  readonly taps: readonly Readonly<Record<string, unknown>>[];
  /** Whether it has been done by this person, or they have been shown it. */
  readonly isDone: (attempt: Attempt, by: string) => boolean;
}

/** Words of the narrative that stand nowhere else. */
export const CANARY = '紫陽花カナリア';
/** Words of what somebody adds. */
const MARK = '海老茶の付箋';
const MORI = '00000000-0000-4000-8000-000000000304';

interface Written {
  readonly by: { readonly id: string };
}

/** Somebody's own are among them, with the words of the tap. */
const has = (list: readonly Written[] | undefined, by: string): boolean =>
  list?.some((item) => item.by.id === by && JSON.stringify(item).includes(MARK)) ?? false;

const viewed = ({ views }: Attempt, by: string, what: string): boolean =>
  views.some((view) => view.by === by && view.what === what);

/** Every action as the buttons of its cards send it. */
export const DEEDS: Readonly<Record<Action, Deed>> = {
  state: {
    taps: [{ verb: 'work.timeline' }, { verb: 'record.hide' }, { verb: 'work.open' }],
    isDone: ({ answer, call }) => answer.includes(call.code) && answer.includes('2番窓口'),
  },
  read: {
    taps: [{ verb: 'record.read', page: 0 }],
    isDone: (attempt, by) => attempt.answer.includes(CANARY) && viewed(attempt, by, 'record'),
  },
  write: {
    taps: [
      { verb: 'record.steps' },
      { verb: 'record.step', step: 'events' },
      { verb: 'record.save', step: 'care', base: 1, language: MARK, leadsTo: 'finish' },
    ],
    isDone: (attempt, by) =>
      has(attempt.report.changes, by) && attempt.shown.includes(CANARY) && viewed(attempt, by, 'form'),
  },
  'write-organization': {
    taps: [
      { verb: 'record.step', step: 'organization' },
      { verb: 'record.save', step: 'organization', base: 1, cityFaultDetail: MARK, leadsTo: 'finish' },
    ],
    isDone: ({ report }, by) => has(report.changes, by),
  },
  add: {
    taps: [
      { verb: 'report.open' },
      { verb: 'report.submit', when: '今日', where: '1階ロビー', what: `${MARK}を見ました。` },
    ],
    isDone: ({ report }, by) => has(report.entries, by),
  },
  amend: {
    taps: [{ verb: 'work.amend' }, { verb: 'work.amend-save', entry: 'told', text: MARK, why: '聞き直した' }],
    isDone: ({ report }, by) => has(report.amendments, by),
  },
  categories: {
    taps: [{ verb: 'work.categories' }, { verb: 'work.categories-save', labels: 'threat,other' }],
    isDone: ({ report }, by) =>
      report.corrections?.some((one) => one.by.id === by && one.labels.join() === 'threat,other') ?? false,
  },
  accept: {
    taps: [{ verb: 'work.accept' }],
    isDone: ({ call }, by) => call.handling?.accepted?.by.id === by && call.handling.number !== null,
  },
  assign: {
    taps: [{ verb: 'work.assign' }, { verb: 'work.assign-save', assignee: MORI }],
    isDone: ({ call }) => call.handling?.assignee?.id === MORI,
  },
  note: {
    taps: [{ verb: 'work.note' }, { verb: 'work.note-save', note: MARK }],
    isDone: ({ report }, by) => has(report.notes, by),
  },
  propose: {
    taps: [{ verb: 'work.propose' }, { verb: 'work.propose-save', outcome: 'undecided', why: MARK }],
    isDone: ({ report }, by) => has(report.proposals, by),
  },
  close: {
    taps: [{ verb: 'work.close' }, { verb: 'work.close', sure: true }],
    isDone: ({ call }, by) => call.handling?.closed?.by.id === by && call.status !== 'open',
  },
  reopen: {
    taps: [{ verb: 'work.reopen' }],
    isDone: ({ call }) =>
      call.handling?.phase === 'accepted' && call.handling.closed === null && isReopened(call),
  },
  views: {
    taps: [{ verb: 'work.views' }],
    isDone: ({ answer }) => answer.includes('閲覧記録') && answer.includes('清水 陽子さん'),
  },
};

const isReopened = ({ timeline }: Attempt['call']): boolean => timeline.at(-1)?.kind === 'reopened-case';
