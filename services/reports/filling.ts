import type { Participant } from '../calls/call.ts';
import type { PersonId } from '../directory/directory.ts';
import type { Mutable } from '../mutable.ts';
import { checkValue, type FieldId, fieldOf, type StepId, stepOf, type Values } from './fields.ts';
import type { FieldChange, Kept, Report } from './report.ts';

/** One step of the form as somebody sent it. */
export interface Filling {
  readonly by: Participant;
  /** 代筆: written by General Affairs or the section head from what they were told. */
  readonly onBehalf: boolean;
  readonly step: StepId;
  /** How many changes there were when the form was drawn. */
  readonly base: number;
  readonly values: Values;
  /** 訂正の理由; empty when none was given. */
  readonly why: string;
  /** Whether changing what is written already needs a reason: from the acceptance on it does. */
  readonly needsWhy: boolean;
}

/** The last change of a field, up to the `base`th of all. */
export const lastChange = (
  changes: readonly FieldChange[],
  field: FieldId,
  base = changes.length,
): FieldChange | undefined => changes.slice(0, base).findLast((change) => change.field === field);

/** What stands in the record now. */
export function valuesOf(report: Pick<Report, 'changes'>): Values {
  const values: Partial<Record<FieldId, string>> = {};
  for (const { field, value } of report.changes ?? []) values[field] = value;
  return values;
}

/** What somebody typed that could not be saved, newest first per field; theirs alone. */
export const keptOf = (
  report: Pick<Report, 'kept'>,
  person: PersonId,
): Readonly<Partial<Record<FieldId, Kept>>> => report.kept?.[person] ?? {};

/** Who and when a field was changed after somebody saw it. */
export const changedSince = (
  changes: readonly FieldChange[],
  field: FieldId,
  base: number,
): FieldChange | undefined => {
  const last = changes.slice(base).findLast((change) => change.field === field);
  return last;
};

/**
 * Saves one step: each field by itself, so that two people who write at the same time only meet where both changed the
 * same one. Such a text is kept for its writer and shown to them with who changed what; nothing is overwritten unseen and
 * nothing typed is lost. Values that cannot be saved are left out (the form asks again).
 */
export function fill(state: Mutable<Report>, filling: Filling, now: number): void {
  const { by, base } = filling;
  state.changes ??= [];
  state.kept ??= {};
  const mine: Record<string, Mutable<Kept>> = { ...state.kept[by.id] };
  const seen = Math.max(0, Math.min(base, state.changes.length));
  for (const { id } of stepOf(filling.step)?.fields ?? []) {
    const value = filling.values[id];
    const field = fieldOf(id);
    if (value === undefined || field === undefined || checkValue(field, value) !== undefined) continue;
    const verdict = judge(state.changes as FieldChange[], id, value, seen, filling);
    if (verdict === 'untouched') continue;
    if (verdict === 'same') delete mine[id];
    else if (verdict === 'save') {
      delete mine[id];
      state.changes.push(changeOf(filling, id, value, now));
    } else mine[id] = { value, at: now, reason: verdict };
  }
  if (Object.keys(mine).length === 0) delete state.kept[by.id];
  else state.kept[by.id] = mine;
}

type Verdict = 'untouched' | 'same' | 'save' | Kept['reason'];

function judge(
  changes: readonly FieldChange[],
  field: FieldId,
  value: string,
  seen: number,
  { why, needsWhy }: Filling,
): Verdict {
  const current = lastChange(changes, field)?.value ?? '';
  if (value === current) return 'same';
  if (changedSince(changes, field, seen) !== undefined) {
    const before = lastChange(changes, field, seen)?.value ?? '';
    return value === before ? 'untouched' : 'conflict';
  }
  return needsWhy && current !== '' && why === '' ? 'why' : 'save';
}

const changeOf = ({ by, onBehalf, why, needsWhy }: Filling, field: FieldId, value: string, at: number) => ({
  at,
  by: { ...by },
  onBehalf,
  field,
  value,
  why: needsWhy ? why : '',
});
