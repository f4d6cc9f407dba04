import type { Span } from './reading.ts';

const NUMBER = '[0-9]{1,4}(?:\\.[0-9])?|[〇一二三四五六七八九十百]{1,6}';
const DIGITS = '〇一二三四五六七八九';

/** 75, 「七十五」「百二十」「二〇」. */
export function numberOf(written: string): number {
  if (/^[0-9.]+$/.test(written)) return Number(written);
  let total = 0;
  let pending = 0;
  let some = false;
  for (const char of written) {
    if (char === '十' || char === '百') {
      total += (some ? pending : 1) * (char === '十' ? 10 : 100);
      pending = 0;
      some = false;
    } else {
      pending = pending * 10 + DIGITS.indexOf(char);
      some = true;
    }
  }
  return total + pending;
}

interface Duration extends Span {
  readonly minutes: number;
}

const HOURS = new RegExp(`(${NUMBER})時間(?:(半)|(${NUMBER})分)?`, 'g');
const MINUTES = new RegExp(
  `(?<![0-9時一二三四五六七八九十百.間:])(${NUMBER})分(?!別|署|割|類|担|野|析|の[0-9一二三四五六七八九])`,
  'g',
);
const STOPWATCH = /(?<![0-9:])([0-9]{1,2}):([0-5][0-9]):[0-5][0-9]/g;
const HALF_DAY = /半日|丸一日|1日中|一日中|終日居/g;
/** From one time of the day to another in one sentence: 「15時過ぎから17時10分まで」「9時に来て11時に帰った」. */
const FROM_TO =
  /(午前|午後)?([0-9]{1,2})(?:時(?:([0-9]{1,2})分|(半))?|:([0-5][0-9]))(?:過ぎ|すぎ|頃|ごろ|前|ちょうど)?(?:から|に来|に受|~|〜|-|ー|、|に)[^。\n]{0,24}?(午前|午後)?([0-9]{1,2})(?:時(?:([0-9]{1,2})分|(半))?|:([0-5][0-9]))(?:過ぎ|すぎ|頃|ごろ|前|ちょうど)?(?:まで|に(?:帰|終|切|置|退|お帰)|。|$|ようやく|、)/g;
/** Not how long somebody was held. */
const NOT_HELD =
  /^(?:前|後|ご(?:と|とに)|おき|毎|以内|以下|ほど前|も?たたない|待ち|早|遅|の間に|程度の遠|離れ|後に|交代|刻み|勤務|の勤務|保育|体制|対応の|駐車|で(?:着|行|来))/;

/** Durations in minutes with their place in the normalised text, in order. */
export function durationsIn(text: string): Duration[] {
  const found: Duration[] = [];
  const add = (match: RegExpExecArray | RegExpMatchArray, minutes: number): void => {
    const start = match.index ?? 0;
    const end = start + match[0].length;
    if (Number.isFinite(minutes) && !NOT_HELD.test(text.slice(end, end + 6)))
      found.push({ start, end, minutes });
  };
  for (const match of text.matchAll(HOURS)) {
    const extra = match[2] ? 30 : match[3] ? numberOf(match[3]) : 0;
    add(match, numberOf(match[1] ?? '0') * 60 + extra);
  }
  for (const match of text.matchAll(MINUTES)) add(match, numberOf(match[1] ?? '0'));
  for (const match of text.matchAll(STOPWATCH)) add(match, Number(match[1]) * 60 + Number(match[2]));
  for (const match of text.matchAll(HALF_DAY)) add(match, 240);
  for (const match of text.matchAll(FROM_TO)) add(match, elapsed(match));
  return found.sort((a, b) => a.start - b.start);
}

function elapsed(match: RegExpMatchArray): number {
  const from = clock(match[1], match[2], match[3] ?? match[5], match[4]);
  let to = clock(match[6], match[7], match[8] ?? match[10], match[9]);
  if (match[1] && !match[6] && to < from) to += 720;
  return to > from ? to - from : 0;
}

const clock = (half: string | undefined, hour = '0', minute = '0', thirty?: string): number =>
  (Number(hour) + (half === '午後' && Number(hour) < 12 ? 12 : 0)) * 60 + (thirty ? 30 : Number(minute));

interface Count extends Span {
  readonly times: number;
  /** 「8回目」 rather than 「8回」. */
  readonly ordinal: boolean;
}

const TIMES = new RegExp(
  `(${NUMBER})\\s?(?:回|件|本|通|度|往復)(目)?(?!の(?:窓口|会議)|生|答|線|帳|路|折|診|数)`,
  'g',
);

/** How often something happened: 「8回目」「計22回」「百通目」. */
export function countsIn(text: string): Count[] {
  const found: Count[] = [];
  for (const match of text.matchAll(TIMES)) {
    const start = match.index;
    found.push({
      start,
      end: start + match[0].length,
      times: numberOf(match[1] ?? '0'),
      ordinal: match[2] !== undefined,
    });
  }
  return found;
}
