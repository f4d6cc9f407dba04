import { z } from 'zod';
import { isDay } from '../japanDay.ts';

/** What zod hands to an error function; only these are used. */
interface Complaint {
  readonly code?: string | undefined;
  readonly input?: unknown;
  readonly keys?: readonly string[];
}

const show = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `「${text.length > 40 ? `${text.slice(0, 40)}…` : text}」`;
};

/** Every message says what is wrong with the value and how to mend it. */
export const say =
  (mend: string) =>
  ({ input }: Complaint): string => {
    if (input === undefined || input === null || input === '') return `値がありません。${mend}`;
    if (typeof input === 'object')
      return Array.isArray(input)
        ? `「- 」で始まる一覧は書けません。${mend}`
        : `「名前: 値」の組は書けません。${mend}`;
    return `${show(input)} は使えません。${mend}`;
  };

/** Says to a bare number that it wants quotes: `2119` is a number in YAML. */
const sayText =
  (mend: string) =>
  ({ input }: Complaint): string =>
    typeof input === 'number' || typeof input === 'boolean'
      ? `${show(input)} は文字として読めません。"${String(input)}" のように引用符で囲んでください。`
      : say(mend)({ input });

/** A text of at least one character. */
export function text(mend: string) {
  const error = sayText(mend);
  return z.string({ error }).trim().min(1, { error });
}

/** A text that may be empty. */
export const optionalText = (mend: string) => z.string({ error: sayText(mend) }).trim();

const matching = (pattern: RegExp, mend: string) =>
  z.string({ error: say(mend) }).regex(pattern, { error: say(mend) });

/** `aadObjectId` or tenant id. Teams sends them in lower case. */
export const uuid = (what: string) =>
  matching(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u,
    `${what}を、小文字のUUID（00000000-0000-4000-8000-000000000101 の形）で書いてください。`,
  );

/** The name by which other parts of the file refer to something. */
export const key = (what: string) =>
  matching(
    /^[a-z0-9][a-z0-9-]*$/u,
    `${what}${what.endsWith('id') ? ' ' : ''}を、半角の英小文字・数字・ハイフンで書いてください。`,
  );

/** A day in Japan, `2026-12-01`. */
export function date() {
  const error = say('日付を 2026-12-01 の形で書いてください。');
  return z
    .string({ error })
    .regex(/^\d{4}-\d{2}-\d{2}$/u, { error, abort: true })
    .refine(isDay, { error });
}

const minutesOf = (time: string): number => {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
};

/** `08:30-17:15`, as minutes since midnight. */
export function hoursRange() {
  const mend = say('"08:30-17:15" の形（24時間制、始まりが先）で書いてください。');
  return z
    .string({ error: mend })
    .regex(/^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/u, { error: mend, abort: true })
    .transform((range) => {
      const [open, close] = range.split('-').map(minutesOf);
      return { open: open ?? 0, close: close ?? 0 };
    })
    .refine(({ open, close }) => open < close, {
      error: '閉まる時刻が開く時刻より前です。"08:30-17:15" の順に書いてください。',
    });
}

/** `08:30` as minutes since midnight, or `off` as null. */
export function timeOrOff() {
  return z
    .string({ error: say('"08:30" の形（24時間制）か off と書いてください。') })
    .regex(/^(off|([01]\d|2[0-3]):[0-5]\d)$/u, {
      error: say('"08:30" の形（24時間制）か off と書いてください。'),
      abort: true,
    })
    .transform((time) => (time === 'off' ? null : minutesOf(time)));
}

export function whole(min: number, max: number, what: string) {
  const error = say(`${what}を ${min} から ${max} までの整数で、引用符なしで書いてください。`);
  return z.int({ error }).min(min, { error }).max(max, { error });
}

export function yesOrNo() {
  return z.boolean({ error: say('true か false を書いてください。') });
}

export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, { error: say(`${values.join('、')} のどれかにしてください。`) });
}

/** A list, every entry on a line that starts with `- `. */
export function list<Entry extends z.ZodType>(entry: Entry, what: string) {
  return z.array(entry, { error: ({ input }) => notAList(input, what) });
}

function notAList(input: unknown, what: string): string {
  const mend = `${what}を「- 」で始まる一覧で書いてください（ないときは [] ）。`;
  return input === undefined || input === null ? `値がありません。${mend}` : `一覧ではありません。${mend}`;
}

/** Names with values; a name that is not known is refused, since a slip of the pen would go unnoticed. */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape) {
  const names = Object.keys(shape).join('、');
  return z.strictObject(shape, {
    error: (complaint) =>
      complaint.code === 'unrecognized_keys'
        ? `という項目はありません。使えるのは ${names} です。書き間違いを直すか、行を消してください。`
        : say(`${names} を「名前: 値」の形で書いてください。`)(complaint),
  });
}
