import { z } from 'zod';
import { WEEKDAYS } from './calendar.ts';
import { PAGED_LEVELS, ruleSchema } from './escalationSchema.ts';
import {
  date,
  hoursRange,
  key,
  list,
  mapping,
  oneOf,
  optionalText,
  text,
  timeOrOff,
  uuid,
  whole,
  yesOrNo,
} from './fields.ts';

const floor = () =>
  whole(-9, 99, '階（地下は -1）').refine((level) => level !== 0, {
    error: '0 階はありません。1階は 1、地下1階は -1 と書いてください。',
  });
const arriveMinutes = () => whole(1, 120, '到着の目安の分数');
const personId = () => uuid('people の id のどれか');
const aliases = () => list(text('別の呼び方を書いてください。'), '別の呼び方').default([]);
const range = { from: date().optional(), to: date().optional() };

const building = mapping({
  id: key('建物の id'),
  name: text('建物の名前を書いてください。'),
  aliases: aliases(),
  address: text('110番で読み上げる所在地を書いてください。'),
  entrance: text('警察に来てもらう入口を書いてください。'),
  outsidePrefix: optionalText('外線の番号（"0" など。ないときは ""）を書いてください。'),
  evacuation: text('避難の案内を書いてください。'),
  hours: mapping({
    mon: hoursRange().optional(),
    tue: hoursRange().optional(),
    wed: hoursRange().optional(),
    thu: hoursRange().optional(),
    fri: hoursRange().optional(),
    sat: hoursRange().optional(),
    sun: hoursRange().optional(),
  }),
  closedDays: mapping({
    nationalHolidays: yesOrNo().default(true),
    newYear: yesOrNo().default(true),
    dates: list(date(), '休みの日').default([]),
  }).prefault({}),
});

const place = mapping({
  name: text('場所の名前を書いてください。'),
  aliases: aliases(),
  building: key('buildings の id'),
  floor: floor().optional(),
  section: key('sections の id').optional(),
  arriveMinutes: arriveMinutes().optional(),
});

const department = mapping({
  id: key('部の id'),
  name: text('部の名前を書いてください。'),
  head: personId(),
  building: key('部長室のある建物（buildings の id）'),
  floor: floor().optional(),
});

const section = mapping({
  id: key('課の id'),
  name: text('課の名前を書いてください。'),
  department: key('departments の id'),
  building: key('buildings の id'),
  floor: floor(),
  head: personId(),
  next: list(key('隣の課（sections の id）'), '隣の課').default([]),
  quiet: yesOrNo().optional(),
  codePhrases: list(
    mapping({ phrase: text('合言葉を書いてください。'), level: oneOf(PAGED_LEVELS) }),
    '合言葉',
  ).default([]),
});

const person = mapping({
  id: uuid('Entra の「オブジェクトID」'),
  name: text('氏名を、姓と名の間に空白を入れて書いてください。'),
  aliases: aliases(),
  post: optionalText('職名（ないときは ""）を書いてください。').default(''),
  section: key('sections の id（部長など課に属さない人は departments の id）'),
  deputies: list(mapping({ person: personId(), ...range }), '代理の人').default([]),
  away: list(mapping({ from: date(), to: date() }), '不在の期間').default([]),
});

const counter = mapping({
  id: uuid('窓口端末のアカウントの「オブジェクトID」'),
  name: text('窓口端末の名前を書いてください。'),
  section: key('sections の id'),
  place: text('places の name のどれかを書いてください。'),
});

const trigger = mapping({
  id: key('呼び出しボタンの id'),
  name: text('カードに出す名前を「税務課2番窓口のボタン」のように書いてください。'),
  section: key('sections の id'),
  place: text('places の name のどれかを書いてください。'),
  levels: list(oneOf(PAGED_LEVELS), '呼べる区分')
    .min(1, { error: '区分がありません。assist などを書くか、応援だけなら行を消してください。' })
    .default(['assist']),
  revoked: yesOrNo().default(false),
});

const duty = mapping({
  section: key('sections の id'),
  lane: oneOf(['second', 'generalAffairs']),
  people: list(
    mapping({
      person: personId(),
      weekdays: list(oneOf(WEEKDAYS), '曜日')
        .min(1, { error: '曜日がありません。mon〜sun を書くか、毎日なら行を消してください。' })
        .optional(),
      ...range,
    }),
    '当番の人',
  ),
});

export const organizationSchema = mapping({
  city: text('市の名前を書いてください。'),
  tenantId: uuid('Entra の「テナントID」'),
  language: oneOf(['ja', 'en']).default('ja'),
  timezone: z.literal('Asia/Tokyo', {
    error: ({ input }) =>
      `${input === undefined ? '値がありません。' : `「${String(input)}」は使えません。`}Asia/Tokyo と書いてください。`,
  }),
  helpExtension: text('まもりが応答しないときにかける先を「内線 2119」のように書いてください。'),
  limits: mapping({ arriveMinutes: arriveMinutes().default(3) }).prefault({}),
  buildings: list(building, '建物').min(1, { error: '建物がありません。一つ以上を書いてください。' }),
  places: list(place, '場所').default([]),
  departments: list(department, '部').min(1, { error: '部がありません。一つ以上を書いてください。' }),
  sections: list(section, '課').min(1, { error: '課がありません。一つ以上を書いてください。' }),
  people: list(person, '職員').min(1, { error: '職員がありません。一人以上を書いてください。' }),
  counters: list(counter, '窓口端末').default([]),
  triggers: list(trigger, '呼び出しボタン').default([]),
  generalAffairs: mapping({
    section: key('総務課にあたる課（sections の id）'),
    manager: personId(),
    channel: text('総務課のチャネルの会話ID（19:…@thread.tacv2）を書いてください。').optional(),
  }),
  duty: list(duty, '当番').default([]),
  escalation: list(ruleSchema, '呼び出しの規則'),
  reachability: mapping({
    check: timeOrOff().prefault('08:30'),
    daysAhead: whole(1, 60, '確認する日数').default(14),
    test: timeOrOff().prefault('10:00'),
    answerDays: whole(1, 20, '通知テストの確認を待つ開庁日の数').default(3),
  }).prefault({}),
});

/** The organisation file, checked and with its defaults filled in. */
export type Organization = z.output<typeof organizationSchema>;
export type Building = Organization['buildings'][number];
export type Spot = Organization['places'][number];
export type Department = Organization['departments'][number];
export type Section = Organization['sections'][number];
export type Employee = Organization['people'][number];
