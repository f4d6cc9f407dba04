import { isDay } from '../japanDay.ts';

/**
 * The record of a meeting (面談等記録) as it is filled in, step by step (domain: The record). Facts, hearsay and opinion are
 * fields of their own, as are the demand and the behaviour (P2, P5): the person concerned may ask for disclosure.
 */
export interface FieldSpec {
  readonly id: FieldId;
  readonly kind: 'line' | 'text' | 'date' | 'time' | 'choice';
  /** Characters. */
  readonly limit: number;
  /** Values of a choice; empty for the others. An empty value is always allowed: 未記入. */
  readonly choices: readonly string[];
}

export interface StepSpec {
  readonly id: StepId;
  readonly fields: readonly FieldSpec[];
  /** Filled in by the section head or General Affairs, not asked of the reporter. */
  readonly isOrganizations: boolean;
}

const line = <Id extends string>(id: Id, limit = 200) => ({ id, kind: 'line', limit, choices: [] }) as const;
const text = <Id extends string>(id: Id, limit = 2000) => ({ id, kind: 'text', limit, choices: [] }) as const;
const date = <Id extends string>(id: Id) => ({ id, kind: 'date', limit: 10, choices: [] }) as const;
const time = <Id extends string>(id: Id) => ({ id, kind: 'time', limit: 5, choices: [] }) as const;
const choice = <Id extends string, const C extends readonly string[]>(id: Id, ...choices: C) =>
  ({ id, kind: 'choice', limit: 40, choices }) as const;

const DEFINED = [
  {
    id: 'basics',
    fields: [
      choice('route', 'counter', 'phone', 'visit', 'mail', 'sns', 'other'),
      date('date'),
      time('startedAt'),
      time('endedAt'),
      line('place'),
      choice('offSite', 'no', 'yes'),
      line('offSiteReason'),
      line('staff'),
      line('attendants', 400),
      line('aloneReason', 400),
    ],
  },
  {
    id: 'offender',
    fields: [
      choice(
        'offenderKind',
        'citizen',
        'councillor',
        'former-councillor',
        'former-employee',
        'former-official',
        'neighbour',
        'relative',
        'business',
        'anonymous',
        'unknown',
      ),
      line('offenderName'),
      line('offenderAddress'),
      text('offenderLooks', 1000),
      line('offenderVehicle'),
    ],
  },
  {
    id: 'events',
    fields: [
      text('demand', 4000),
      choice('demandValidity', 'valid', 'partly', 'invalid', 'unclear'),
      text('behaviour', 4000),
      text('hearsay'),
      text('opinion'),
    ],
  },
  {
    id: 'course',
    fields: [
      text('caution', 1000),
      text('warning', 1000),
      text('leaveRequest', 1000),
      line('recorder'),
      time('recorderFrom'),
      time('recorderTo'),
      line('recorderGap', 400),
      choice('filming', 'none', 'refused', 'went-on', 'allowed', 'unclear'),
      line('filmingPurpose', 400),
      choice('filmingException', 'none', 'own-notes', 'accommodation'),
    ],
  },
  {
    id: 'evidence',
    fields: [
      line('witnesses', 400),
      text('evidence'),
      choice('injury', 'none', 'injured'),
      text('injuryDetail', 1000),
      line('damage', 400),
      text('mind'),
    ],
  },
  {
    id: 'care',
    fields: [
      choice('accommodation', 'none', 'asked', 'unclear'),
      text('accommodationDetail', 1000),
      line('language', 400),
      line('police', 400),
      line('lawyer', 400),
      choice('accident', 'none', 'considered', 'applied'),
    ],
  },
  {
    id: 'check',
    fields: [
      choice('checkA', 'yes', 'no', 'unclear'),
      text('checkAWhy', 1000),
      choice('checkB', 'yes', 'no', 'unclear'),
      text('checkBWhy', 1000),
      choice('checkC', 'yes', 'no', 'unclear'),
      text('checkCWhy', 1000),
      choice('checkD', 'yes', 'no', 'unclear'),
      text('checkDWhy', 1000),
    ],
  },
  {
    id: 'organization',
    isOrganizations: true,
    fields: [choice('cityFault', 'none', 'checking', 'found'), text('cityFaultDetail'), text('prevention')],
  },
] as const;

export type StepId = (typeof DEFINED)[number]['id'];
export type FieldId = (typeof DEFINED)[number]['fields'][number]['id'];
export type Values = Readonly<Partial<Record<FieldId, string>>>;

/** In the order of the form. */
export const STEPS: readonly StepSpec[] = DEFINED.map((step) => ({ isOrganizations: false, ...step }));
export const STEP_IDS: readonly StepId[] = STEPS.map(({ id }) => id);

export const stepOf = (id: string): StepSpec | undefined => STEPS.find((step) => step.id === id);

const FIELDS: ReadonlyMap<string, FieldSpec> = new Map(
  STEPS.flatMap(({ fields }) => fields).map((field) => [field.id, field]),
);
export const fieldOf = (id: string): FieldSpec | undefined => FIELDS.get(id);

export type ValueError = 'too-long' | 'bad-date' | 'bad-time' | 'bad-choice';

const isTime = (value: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

/** What is wrong with a value that a client sent; undefined when it can be saved. Trimmed already. */
export function checkValue(field: FieldSpec, value: string): ValueError | undefined {
  if (value === '') return undefined;
  if (value.length > field.limit) return 'too-long';
  if (field.kind === 'date' && !isDay(value)) return 'bad-date';
  if (field.kind === 'time' && !isTime(value)) return 'bad-time';
  if (field.kind === 'choice' && !field.choices.includes(value)) return 'bad-choice';
  return undefined;
}

export const GAPS = [
  'off-site-reason',
  'alone-reason',
  'filming-purpose',
  'recorder-gap',
  'injury-detail',
  'accommodation-detail',
  'check-evidence',
] as const;
export type Gap = (typeof GAPS)[number];

const isEmpty = (value: string | undefined): boolean => (value ?? '') === '';

/** What the policy asks for beside what has been filled in; never a reason to refuse a step (R3, R4, R5, R7, P5). */
export function gapsOf(values: Values): Gap[] {
  const gaps: Gap[] = [];
  if (values.offSite === 'yes' && isEmpty(values.offSiteReason)) gaps.push('off-site-reason');
  if (isMeeting(values) && isEmpty(values.attendants) && isEmpty(values.aloneReason))
    gaps.push('alone-reason');
  const filmed = ['refused', 'went-on', 'allowed'].includes(values.filming ?? '');
  if (filmed && isEmpty(values.filmingPurpose)) gaps.push('filming-purpose');
  if (isRecordedPartly(values) && isEmpty(values.recorderGap)) gaps.push('recorder-gap');
  if (values.injury === 'injured' && isEmpty(values.injuryDetail)) gaps.push('injury-detail');
  if (values.accommodation === 'asked' && isEmpty(values.accommodationDetail))
    gaps.push('accommodation-detail');
  const checks = [
    [values.checkA, values.checkAWhy],
    [values.checkB, values.checkBWhy],
    [values.checkC, values.checkCWhy],
    [values.checkD, values.checkDWhy],
  ] as const;
  if (checks.some(([answer, why]) => answer === 'yes' && isEmpty(why))) gaps.push('check-evidence');
  return gaps;
}

/** 面談等: at a counter, on a visit or by telephone; several attend, and it is recorded (R4, R5). */
const isMeeting = ({ route }: Values): boolean =>
  route === 'counter' || route === 'visit' || route === 'phone';

/** The recorder did not run from start to end of the meeting, or nobody says that it did (R5). Times of one day. */
function isRecordedPartly(values: Values): boolean {
  const { startedAt, endedAt, recorderFrom, recorderTo } = values;
  if (isMeeting(values) && (isEmpty(recorderFrom) || isEmpty(recorderTo))) return true;
  const late = !isEmpty(startedAt) && !isEmpty(recorderFrom) && (recorderFrom ?? '') > (startedAt ?? '');
  const early = !isEmpty(endedAt) && !isEmpty(recorderTo) && (recorderTo ?? '') < (endedAt ?? '');
  return late || early;
}
