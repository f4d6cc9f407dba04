import { randomUUID } from 'node:crypto';
import type { CaseLink } from '../../cards/caseCard.ts';
import { recordCard } from '../../cards/recordCard.ts';
import {
  choiceText,
  fieldName,
  recordStepCard,
  recordStepsCard,
  savedNotice,
} from '../../cards/recordForm.ts';
import type { Rendered } from '../../cards/rendered.ts';
import { amendCard } from '../../cards/workForms.ts';
import { whyNot } from '../../services/calls/whyNot.ts';
import type { CaseFile } from '../../services/cases/cases.ts';
import { prefillOf, shortOf } from '../../services/cases/prefill.ts';
import {
  checkValue,
  type FieldId,
  STEPS,
  type StepSpec,
  stepOf,
  type ValueError,
  type Values,
} from '../../services/reports/fields.ts';
import { keptOf, lastChange, valuesOf } from '../../services/reports/filling.ts';
import type { FieldChange, Report } from '../../services/reports/report.ts';
import { WORK_LIMITS } from '../../services/reports/report.ts';
import { isForOthers } from '../../services/reports/reports.ts';
import {
  isForNow,
  leaveNarrative,
  onFile,
  pressedOf,
  refuse,
  showFile,
  type Tap,
  type TapHandler,
} from './caseFile.ts';
import { text } from './fields.ts';
import { say } from './onCase.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';
import { pageOf } from './work.ts';

type Link = CaseLink & { readonly code: string };

/** The narrative and the full report: each opening is logged before anything is shown (promise 7). */
export const recordTaps = {
  'record.read': (services, turn, tap) =>
    onFile(services, turn, tap, 'read', async (_file, link) => {
      const file = await services.cases.opening(link.code, turn.actor, 'record', pressedOf(turn));
      if (file === undefined) return leftOut(services, turn);
      const { report } = file;
      const base = { language: turn.language, report, link, now: services.clock.now() };
      return narrative(services, turn, link, recordCard({ ...base, page: pageOf(tap) }));
    }),
  'record.hide': (services, turn, tap) =>
    onFile(services, turn, tap, 'state', (file, link) => showFile(services, turn, file, link)),
  'record.steps': (services, turn, tap) =>
    onFile(services, turn, tap, 'write', (file, link) => showSteps(services, turn, file, link)),
  'record.step': (services, turn, tap) =>
    onFile(services, turn, tap, 'write', (file, link) => {
      const step = stepsFor(file).find(({ id }) => id === tap.data.step);
      return step === undefined
        ? showSteps(services, turn, file, link)
        : showStep(services, turn, { file, link, step });
    }),
  'record.save': (services, turn, tap) =>
    onFile(services, turn, tap, 'read', (file, link) =>
      file.may('write')
        ? save(services, turn, tap, file, link)
        : asAmendment(services, turn, tap, file, link),
    ),
} satisfies Record<string, TapHandler>;

/** Between the press and the answer they lost what the press needed. */
const leftOut = (services: Services, turn: Turn): Answer =>
  say(turn, refusalSentence(turn, services, 'not-yours'));

/** The organisation's own part is not asked of the reporter. */
const stepsFor = (file: CaseFile): StepSpec[] =>
  STEPS.filter(({ isOrganizations }) => !isOrganizations || file.may('write-organization'));

const blank = (code: string): Report => ({ code, entries: [] });

async function showSteps(
  services: Services,
  turn: Turn,
  file: CaseFile,
  link: Link,
  notice?: string,
): Promise<Answer> {
  await leaveNarrative(services, turn, file);
  const report = file.report ?? blank(link.code);
  const card = recordStepsCard({
    language: turn.language,
    link,
    steps: stepsFor(file),
    values: valuesOf(report),
    kept: Object.keys(keptOf(report, turn.actor.id)) as FieldId[],
    onBehalf: isForOthers(file.call, turn.actor),
    notice,
  });
  return { card, isLasting: true };
}

interface Shown {
  readonly file: CaseFile;
  readonly link: Link;
  readonly step: StepSpec;
  readonly notice?: string;
  /** What was sent and could not be saved: the fields with what is wrong, and the reason that was given. */
  readonly typed?: Values;
  readonly errors?: Partial<Record<FieldId, ValueError>>;
  readonly why?: string;
  readonly isTooLong?: boolean;
}

/** The form with what stands in it now: what this person typed before what is saved, before what can be copied. */
async function showStep(services: Services, turn: Turn, shown: Shown): Promise<Answer> {
  const { link, step, typed = {}, errors = {}, why = '', isTooLong = false, notice } = shown;
  const file = await services.cases.opening(link.code, turn.actor, 'form', pressedOf(turn));
  if (file === undefined) return leftOut(services, turn);
  const report = file.report ?? blank(link.code);
  const changes = report.changes ?? [];
  const kept = keptOf(report, turn.actor.id);
  const saved = valuesOf(report);
  const copied = notTouched(prefillOf(file.call, report, services.directory), changes, step);
  const mine = Object.fromEntries(Object.entries(kept).map(([id, { value }]) => [id, value]));
  const isHandled = (file.call.handling?.phase ?? 'new') !== 'new';
  const card = recordStepCard({
    language: turn.language,
    link,
    step,
    steps: stepsFor(file),
    base: changes.length,
    values: { ...copied, ...saved, ...mine, ...typed },
    errors,
    kept,
    changedBy: changedBy(changes, step),
    why,
    isWhyTooLong: isTooLong,
    asksWhy: isHandled && step.fields.some(({ id }) => (saved[id] ?? '') !== ''),
    onBehalf: isForOthers(file.call, turn.actor),
    short: step.id === 'basics' || step.id === 'events' ? shortOf(report) : [],
    isPrefilled: step.fields.some(({ id }) => copied[id] !== undefined),
    now: services.clock.now(),
    notice,
  });
  return narrative(services, turn, link, card);
}

/** Not lasting: the person's other devices do not show it. Wherever it stands, it can be made neutral. */
const narrative = ({ reports }: Services, { actor }: Turn, { code }: Link, card: Rendered): Answer => ({
  card,
  onShown: (activityId) =>
    reports.execute(code, { type: 'opened', code, by: actor, activityId, isForm: false }),
});

/** Copied only into fields that nobody has written in: an emptied one was emptied on purpose. */
const notTouched = (values: Values, changes: readonly FieldChange[], { fields }: StepSpec): Values =>
  Object.fromEntries(
    fields
      .filter(({ id }) => values[id] !== undefined && lastChange(changes, id) === undefined)
      .map(({ id }) => [id, values[id]]),
  );

const changedBy = (
  changes: readonly FieldChange[],
  { fields }: StepSpec,
): Partial<Record<FieldId, FieldChange>> =>
  Object.fromEntries(
    fields.flatMap(({ id }) => {
      const last = lastChange(changes, id);
      return last === undefined ? [] : [[id, last]];
    }),
  );

async function save(services: Services, turn: Turn, tap: Tap, file: CaseFile, link: Link): Promise<Answer> {
  const steps = stepsFor(file);
  const at = steps.findIndex(({ id }) => id === tap.data.step);
  const step = steps[at];
  if (step === undefined) return refuse(services, turn, file, link, 'stale-card');
  const values = valuesIn(tap, step);
  const why = text(tap.data.why).trim();
  if (why.length > WORK_LIMITS.why)
    return showStep(services, turn, { file, link, step, typed: values, why, isTooLong: true });
  const action = step.isOrganizations ? 'write-organization' : 'write';
  const worked = await services.cases.work(link.code, turn.actor, action, {
    type: 'fill',
    by: turn.actor,
    onBehalf: isForOthers(file.call, turn.actor),
    step: step.id,
    base: baseOf(tap),
    values,
    why,
    needsWhy: (file.call.handling?.phase ?? 'new') !== 'new',
  });
  if (worked.kind === 'refused') return refuse(services, turn, file, link, worked.reason, worked.detail);
  const errors = errorsIn(values, step);
  const kept = keptOf(worked.file.report ?? blank(link.code), turn.actor.id);
  const isComplete =
    Object.keys(errors).length === 0 && !step.fields.some(({ id }) => kept[id] !== undefined);
  const notice = savedNotice(turn.language, isComplete);
  const next = steps[at + 1];
  if (!isComplete) {
    const typed = only(values, Object.keys(errors) as FieldId[]);
    return showStep(services, turn, { file: worked.file, link, step, notice, typed, errors, why });
  }
  if (tap.data.leadsTo === 'next' && next !== undefined)
    return showStep(services, turn, { file: worked.file, link, step: next, notice });
  return showFile(services, turn, worked.file, link, notice);
}

/**
 * The case was closed while somebody was writing: what they typed comes back as a correction that they can send, nothing
 * of it is lost.
 */
async function asAmendment(
  services: Services,
  turn: Turn,
  tap: Tap,
  file: CaseFile,
  link: Link,
): Promise<Answer> {
  const step = stepOf(text(tap.data.step, 40));
  const action = step?.isOrganizations === true ? 'write-organization' : 'write';
  const { reason, detail } = whyNot(file.call, file.roles, action);
  const saved = valuesOf(file.report ?? blank(link.code));
  const values = step === undefined ? {} : valuesIn(tap, step);
  const changed = (step?.fields ?? []).filter(({ id }) => (values[id] ?? '') !== (saved[id] ?? ''));
  if (!isForNow(reason) || !file.may('amend') || changed.length === 0)
    return refuse(services, turn, file, link, reason, detail);
  const { language } = turn;
  const lines = changed.map(
    ({ id }) => `${fieldName(id, language)}：${choiceText(id, values[id] ?? '', language)}`,
  );
  const form = {
    language,
    link,
    draft: randomUUID(),
    values: { text: lines.join('\n'), why: text(tap.data.why, WORK_LIMITS.why).trim() },
    notice: refusalSentence(turn, services, reason, detail),
  };
  return { card: amendCard(form, file.report?.entries ?? [], services.clock.now()) };
}

const only = (values: Values, ids: readonly FieldId[]): Values =>
  Object.fromEntries(ids.map((id) => [id, values[id] ?? '']));

/** How many changes there were when the form was drawn. A forged one only makes more fields count as changed since. */
const baseOf = ({ data }: Tap): number =>
  typeof data.base === 'number' && Number.isSafeInteger(data.base) && data.base >= 0 ? data.base : 0;

/**
 * What was sent of a step. Clients leave out fields that are empty; a tap without any field of the step was sent by no
 * form, and says nothing.
 */
function valuesIn({ data }: Tap, { fields }: StepSpec): Values {
  if (!fields.some(({ id }) => typeof data[id] === 'string')) return {};
  return Object.fromEntries(fields.map(({ id }) => [id, text(data[id]).replaceAll('\r\n', '\n').trim()]));
}

function errorsIn(values: Values, { fields }: StepSpec): Partial<Record<FieldId, ValueError>> {
  return Object.fromEntries(
    fields.flatMap((field) => {
      const error = checkValue(field, values[field.id] ?? '');
      return error === undefined ? [] : [[field.id, error]];
    }),
  );
}
