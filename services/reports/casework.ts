import type { Participant } from '../calls/call.ts';
import type { CategoryId } from '../classification/classifier.ts';
import type { PersonId } from '../directory/directory.ts';
import type { Accepted, Decision, Moment, Refused } from '../engine/aggregate.ts';
import type { NewEffect } from '../engine/envelope.ts';
import { copyOf, type Mutable } from '../mutable.ts';
import { type Filling, fill } from './filling.ts';
import {
  type Amendment,
  type Correction,
  isFull,
  type OpenCard,
  type Outcome,
  type Proposal,
  type Report,
} from './report.ts';

/** Work on the record of a case. Who may is decided by the service from the case itself; `code` starts a record. */
export type CaseworkCommand = { readonly code: string } & (
  | ({ readonly type: 'fill' } & Filling)
  | ({ readonly type: 'categorise'; readonly labels: readonly CategoryId[] } & Form)
  | ({
      readonly type: 'propose';
      readonly outcome: Outcome;
      readonly handedTo: string;
      readonly why: string;
    } & Form)
  | ({ readonly type: 'note'; readonly text: string } & Form)
  | ({ readonly type: 'amend'; readonly entry: string; readonly text: string; readonly why: string } & Form)
  /** A narrative is about to stand on this activity. */
  | {
      readonly type: 'opened';
      readonly by: Participant;
      readonly activityId: string;
      /** Somebody may be typing there. */
      readonly isForm: boolean;
    }
  /** It stands there no longer. */
  | { readonly type: 'hidden'; readonly activityId: string }
  /** Makes what is open neutral: one person's, or everybody's. */
  | { readonly type: 'cover'; readonly person: PersonId | null }
);

interface Form {
  readonly by: Participant;
  /** Server-issued id of the form: sent twice it is one. */
  readonly draft: string;
}

const TYPES = ['fill', 'categorise', 'propose', 'note', 'amend', 'opened', 'hidden', 'cover'];

export const isCasework = (command: { readonly type: string }): command is CaseworkCommand =>
  TYPES.includes(command.type);

const OPEN_KEPT = 50;
/** After this what was left open becomes neutral by itself; a form is left to whoever may still be typing. */
const OPEN_MS = 3_600_000;
const FORM_MS = 8 * OPEN_MS;

export function casework(
  before: Report | undefined,
  command: CaseworkCommand,
  moment: Moment,
): Decision<Report> {
  const state = copyOf<Report>(before ?? { code: command.code, entries: [] });
  const now = Math.max(moment.now, lastAt(state as Report));
  if (command.type === 'opened') return opened(state, command, moment.now);
  if (command.type === 'hidden') return hidden(state, command.activityId);
  if (command.type === 'cover') return cover(state, command.person);
  if (isFull(state as Report)) return refuse('record-full');
  if (command.type === 'fill') fill(state, command, now);
  else if (isRepeated(state as Report, command)) return refuse('answered');
  else add(state, command, now);
  return accept(state, true, tellings(command));
}

/** Somebody has to read what was corrected, also after the end; who needs not be told is decided when it is. */
const tellings = (command: CaseworkCommand): NewEffect[] =>
  command.type === 'amend'
    ? [
        {
          key: `tell:${command.draft}`,
          kind: 'tell',
          person: command.by.id,
          data: { draft: command.draft, isAmendment: true },
        },
      ]
    : [];

function add(
  state: Mutable<Report>,
  command: Exclude<CaseworkCommand, { type: 'fill' | 'opened' | 'hidden' | 'cover' }>,
  now: number,
): void {
  const form = { draft: command.draft, by: { ...command.by }, at: now };
  switch (command.type) {
    case 'categorise':
      state.corrections = [...(state.corrections ?? []), { ...form, labels: [...new Set(command.labels)] }];
      return;
    case 'propose': {
      const { outcome, handedTo, why } = command;
      state.proposals = [...(state.proposals ?? []), { ...form, outcome, handedTo, why }];
      return;
    }
    case 'note':
      state.notes = [...(state.notes ?? []), { ...form, text: command.text }];
      return;
    case 'amend': {
      const { entry, text, why } = command;
      state.amendments = [...(state.amendments ?? []), { ...form, entry, text, why }];
    }
  }
}

/** Sent twice (a second press, a redelivery), a form is one; sent again with other words it is another. */
const isRepeated = (state: Report, command: Form & Words): boolean =>
  [state.corrections, state.proposals, state.notes, state.amendments].some((list) =>
    list?.some(
      (item) =>
        item.draft === command.draft && item.by.id === command.by.id && wordsOf(item) === wordsOf(command),
    ),
  );

type Words = Partial<
  Pick<Correction, 'labels'> &
    Pick<Proposal, 'outcome' | 'handedTo'> &
    Pick<Amendment, 'entry' | 'text' | 'why'>
>;

const wordsOf = ({ labels = [], outcome, handedTo, entry, text, why }: Words): string =>
  JSON.stringify([[...new Set(labels)], outcome, handedTo, entry, text, why]);

/** The record's own clock never runs backwards, whatever the clocks of several machines say. */
export const lastAt = (state: Report): number =>
  Math.max(
    0,
    ...state.entries.map(({ judgement }) => judgement?.at ?? 0),
    ...[
      state.entries,
      state.changes ?? [],
      state.corrections ?? [],
      state.proposals ?? [],
      state.notes ?? [],
      state.amendments ?? [],
    ].map((list) => list.at(-1)?.at ?? 0),
  );

function opened(
  state: Mutable<Report>,
  { by, activityId, isForm }: Extract<CaseworkCommand, { type: 'opened' }>,
  now: number,
) {
  const others = (state.open ?? []).filter((card) => card.activityId !== activityId);
  const card = { activityId, by: by.id, isForm };
  const all = [...others, card];
  state.open = all.slice(-OPEN_KEPT);
  // Forgotten cards are made neutral now, this one later.
  const effects = [
    ...all.slice(0, -OPEN_KEPT).map(coverEffect),
    { ...coverEffect(card), key: expiryKey(activityId), readyAt: now + (isForm ? FORM_MS : OPEN_MS) },
  ];
  return accept(state, false, effects, isAbout(activityId));
}

function hidden(state: Mutable<Report>, activityId: string) {
  state.open = (state.open ?? []).filter((card) => card.activityId !== activityId);
  return accept(state, false, [], isAbout(activityId));
}

export const coverKey = (activityId: string): string => `cover:${activityId}`;
/** Of its own, so that a cover that is under way is not taken for it. */
const expiryKey = (activityId: string): string => `expire:${activityId}`;
const isAbout = (activityId: string) => (key: string) =>
  key === coverKey(activityId) || key === expiryKey(activityId);

/** Makes one card with a narrative or quotes neutral (promise 7). */
export const coverEffect = ({ activityId, by }: OpenCard): NewEffect => ({
  key: coverKey(activityId),
  kind: 'cover',
  person: by,
  data: { activityId },
});

function cover(state: Mutable<Report>, person: PersonId | null) {
  // At the end of a case nobody's half-typed form is taken away: it becomes neutral when it is sent, or later.
  const isMeant = (card: OpenCard) => (person === null ? card.isForm !== true : card.by === person);
  const effects = [...(state.open ?? []), ...unanswered(state as Report)].filter(isMeant).map(coverEffect);
  const covered = (state.open ?? []).filter(isMeant);
  state.open = (state.open ?? []).filter((card) => !isMeant(card));
  const drop = (key: string) => covered.some(({ activityId }) => key === expiryKey(activityId));
  return accept(state, false, effects, drop);
}

/** Suggestions with their quotes that nobody has answered. */
const unanswered = ({ entries }: Report): OpenCard[] =>
  entries
    .filter(({ judgement }) => judgement === null)
    .flatMap(({ by, card, copies = [] }) =>
      [...(card === null ? [] : [card]), ...copies].map((activityId) => ({ activityId, by: by.id })),
    );

const refuse = (reason: 'answered' | 'record-full'): Refused => ({ ok: false, reason, detail: {} });

const accept = (
  state: Mutable<Report>,
  changed: boolean,
  effects: readonly NewEffect[] = [],
  drop: (key: string) => boolean = () => false,
): Accepted<Report> => ({
  ok: true,
  state: state as Report,
  changed,
  effects,
  drop: ({ key }) => drop(key),
  timers: {},
});
