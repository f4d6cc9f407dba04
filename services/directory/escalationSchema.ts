import { z } from 'zod';
import type { Level } from '../calls/level.ts';
import { key, list, mapping, oneOf, say, text, whole } from './fields.ts';

/** Levels that page somebody. `report` pages nobody and has no rule. */
export const PAGED_LEVELS = ['advice', 'assist', 'emergency'] as const satisfies readonly Level[];
export type PagedLevel = (typeof PAGED_LEVELS)[number];

/** 開庁時間, 時間外 (of a working day), 閉庁日. */
export const HOURS_KINDS = ['open', 'after', 'closed'] as const;
export type HoursKind = (typeof HOURS_KINDS)[number];

/** Whom a step pages; beside these `person:<id>`. Explained in `infra/local/organization.yaml`. */
const WHO = [
  'duty',
  'same-section',
  'same-floor',
  'next-section',
  'section-head',
  'department-head',
  'general-affairs-duty',
  'general-affairs',
  'general-affairs-manager',
  'everyone',
] as const;
export type WhoGroup = (typeof WHO)[number];
export type Who = WhoGroup | `person:${string}`;

const isWho = (value: unknown): value is Who =>
  typeof value === 'string' && (value.startsWith('person:') || WHO.some((group) => group === value));

const who = z.custom<Who>(isWho, {
  error: say(`${WHO.join('、')}、person:<people の id> のどれかにしてください。`),
});

const step = mapping({
  who: list(who, '呼び先')
    .min(1, { error: '呼び先がありません。duty など一つ以上を書いてください。' })
    .optional(),
  phoneOnly: mapping({
    label: text('電話をかける先（宿直室など）を書いてください。'),
    extension: text('内線番号（"2100" など）を書いてください。'),
  }).optional(),
  wait: whole(0, 3600, '次の段階へ進むまでの秒数'),
  label: text('カードに出す段階の名前を書いてください。').optional(),
}).superRefine((value, context) => {
  if ((value.who === undefined) === (value.phoneOnly === undefined)) {
    context.addIssue({
      code: 'custom',
      message:
        '一つの段階に who と phoneOnly の一方だけを書いてください。両方要るときは段階を分けてください。',
    });
  } else if (value.who !== undefined && value.wait === 0) {
    context.addIssue({
      code: 'custom',
      path: ['wait'],
      message: '呼び出した人の返事を待てません。1 秒以上（応援は 30、緊急は 20 が目安）にしてください。',
    });
  }
});

export const ruleSchema = mapping({
  when: mapping({
    levels: list(oneOf(PAGED_LEVELS), '呼び出しの種類').min(1, {
      error: `呼び出しの種類がありません。${PAGED_LEVELS.join('、')} から書いてください。`,
    }),
    buildings: list(key('buildings の id'), '建物')
      .min(1, { error: '建物がありません。すべての建物に使うなら buildings の行を消してください。' })
      .optional(),
    hours: list(oneOf(HOURS_KINDS), '時間帯')
      .min(1, { error: '時間帯がありません。いつでも使うなら hours の行を消してください。' })
      .optional(),
  }),
  second: list(step, '応援職員の段階'),
  generalAffairs: list(step, '総務課の段階'),
});

export type Rule = z.output<typeof ruleSchema>;
export type Step = Rule['second'][number];
