import { randomUUID } from 'node:crypto';
import type { CaseLink } from '../../cards/caseCard.ts';
import type { Rendered } from '../../cards/rendered.ts';
import { casework } from '../../cards/strings/casework.ts';
import { amendCard, categoriesCard, type FormInput, noteCard, proposeCard } from '../../cards/workForms.ts';
import type { Action } from '../../services/calls/roles.ts';
import { whyNot } from '../../services/calls/whyNot.ts';
import type { CaseFile, WorkCommand } from '../../services/cases/cases.ts';
import { CATEGORY_IDS, type CategoryId } from '../../services/classification/classifier.ts';
import { categoriesOf } from '../../services/reports/categories.ts';
import { OUTCOMES, WORK_LIMITS } from '../../services/reports/report.ts';
import { isForNow, linkOf, onFile, refuse, showFile, type Tap, type TapHandler } from './caseFile.ts';
import { text } from './fields.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';

/** Notes, proposals, types and amendments: an empty form, then the form again with what is wrong, or the case. */
export const workFormTaps = {
  'work.note': (s, t, tap) => open(s, t, tap, 'note', (form) => noteCard(form)),
  'work.note-save': (s, t, tap) =>
    save(s, t, tap, 'note', ['note'], {
      draw: (form) => noteCard(form),
      check: ({ note }, words) => ({
        note: missing(note, words.forms.noteMissing) ?? tooLong(note, WORK_LIMITS.note, words),
      }),
      command: ({ note }, form) => ({ type: 'note', ...form, text: note }),
      notice: 'noted',
    }),
  'work.propose': (s, t, tap) => open(s, t, tap, 'propose', (form) => proposeCard(form)),
  'work.propose-save': (s, t, tap) =>
    save(s, t, tap, 'propose', ['outcome', 'handedTo', 'why'], {
      draw: (form) => proposeCard(form),
      check: ({ outcome, handedTo, why }, words) => ({
        outcome: isOutcome(outcome) ? undefined : words.forms.chooseOutcome,
        // A wish of a citizen is not only found legitimate, somebody deals with it (P2).
        handedTo:
          outcome === 'legitimate'
            ? (missing(handedTo, words.forms.handedToMissing) ??
              tooLong(handedTo, WORK_LIMITS.handedTo, words))
            : tooLong(handedTo, WORK_LIMITS.handedTo, words),
        why: missing(why, words.forms.whyMissing) ?? tooLong(why, WORK_LIMITS.why, words),
      }),
      command: ({ outcome, handedTo, why }, form) => ({
        type: 'propose',
        ...form,
        outcome: OUTCOMES.find((one) => one === outcome) ?? 'undecided',
        handedTo,
        why,
      }),
      notice: 'proposed',
    }),
  'work.categories': (s, t, tap) =>
    open(s, t, tap, 'categories', (form, { report }) => categoriesCard(form, categoriesOf(report).labels)),
  'work.categories-save': (s, t, tap) =>
    save(s, t, tap, 'categories', ['labels'], {
      draw: (form) => categoriesCard(form, labelsOf(form.values?.labels)),
      check: () => ({}),
      command: ({ labels }, form) => ({ type: 'categorise', ...form, labels: labelsOf(labels) }),
      notice: 'categorised',
    }),
  'work.amend': (s, t, tap) =>
    open(s, t, tap, 'amend', (form, { report }) => amendCard(form, report?.entries ?? [], s.clock.now())),
  'work.amend-save': (s, t, tap) =>
    save(s, t, tap, 'amend', ['entry', 'text', 'why'], {
      draw: (form, { report }) => amendCard(form, report?.entries ?? [], s.clock.now()),
      check: (values, words) => ({
        text:
          missing(values.text, words.forms.amendTextMissing) ??
          tooLong(values.text, WORK_LIMITS.amendment, words),
        why: missing(values.why, words.forms.whyMissing) ?? tooLong(values.why, WORK_LIMITS.why, words),
      }),
      command: (values, form, { report }) => ({
        type: 'amend',
        ...form,
        // One that is not there is about the whole.
        entry: report?.entries.some(({ draft }) => draft === values.entry) ? values.entry : '',
        text: values.text,
        why: values.why,
      }),
      notice: 'amended',
    }),
} satisfies Record<string, TapHandler>;

type Words = ReturnType<typeof casework>;
type Values<F extends string> = Readonly<Record<F, string>>;

const blankForm = <F extends string>({ language }: Turn, link: CaseLink): FormInput<F> => ({
  language,
  link,
  draft: randomUUID(),
});

interface Saving<F extends string> {
  readonly draw: (form: FormInput<F>, file: CaseFile) => Rendered;
  readonly check: (values: Values<F>, words: Words) => Partial<Record<F, string | undefined>>;
  readonly command: (
    values: Values<F>,
    form: { readonly by: Turn['actor']; readonly draft: string },
    file: CaseFile,
  ) => WorkCommand;
  readonly notice: keyof Words['notices'];
}

function open<F extends string>(
  services: Services,
  turn: Turn,
  tap: Tap,
  action: Action,
  draw: (form: FormInput<F>, file: CaseFile) => Rendered,
): Promise<Answer> {
  return onFile(services, turn, tap, action, async (file, link) => ({
    card: draw(blankForm<F>(turn, link), file),
  }));
}

function save<F extends string>(
  services: Services,
  turn: Turn,
  tap: Tap,
  action: Action,
  fields: readonly F[],
  saving: Saving<F>,
): Promise<Answer> {
  return onFile(services, turn, tap, 'state', async (file, link) => {
    const values = Object.fromEntries(fields.map((id) => [id, text(tap.data[id]).trim()])) as Record<
      F,
      string
    >;
    const draft = text(tap.data.draft, 100) || turn.op;
    if (!file.may(action)) {
      const { reason, detail } = whyNot(file.call, file.roles, action);
      const isTyped = Object.values(values).some((value) => value !== '');
      // Theirs to do at another time: what they typed is not taken away.
      if (!isForNow(reason) || !isTyped) return refuse(services, turn, file, link, reason, detail);
      const sentence = refusalSentence(turn, services, reason, detail);
      return { card: saving.draw({ language: turn.language, link, draft, values, notice: sentence }, file) };
    }
    const errors = definedOf(saving.check(values, casework(turn.language)));
    if (Object.keys(errors).length > 0)
      return { card: saving.draw({ language: turn.language, link, draft, values, errors }, file) };
    const command = saving.command(values, { by: turn.actor, draft }, file);
    const worked = await services.cases.work(link.code, turn.actor, action, command);
    if (worked.kind === 'refused' && worked.reason === 'record-full') {
      const sentence = refusalSentence(turn, services, worked.reason, worked.detail);
      return { card: saving.draw({ language: turn.language, link, draft, values, notice: sentence }, file) };
    }
    if (worked.kind === 'refused')
      return refuse(services, turn, file, linkOf(tap), worked.reason, worked.detail);
    return showFile(services, turn, worked.file, link, casework(turn.language).notices[saving.notice]);
  });
}

const definedOf = <F extends string>(
  errors: Partial<Record<F, string | undefined>>,
): Partial<Record<F, string>> =>
  Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== undefined)) as Partial<
    Record<F, string>
  >;

const missing = (value: string, message: string): string | undefined => (value === '' ? message : undefined);
const tooLong = (value: string, limit: number, { forms }: Words): string | undefined =>
  value.length > limit ? forms.tooLong(limit, value.length) : undefined;

const isOutcome = (value: string): boolean => OUTCOMES.some((one) => one === value);

/** Choice sets send `a,b`; anything that is not a category is ignored. */
export function labelsOf(value: unknown): CategoryId[] {
  const chosen = text(value).split(',');
  return CATEGORY_IDS.filter((id) => chosen.includes(id));
}
