/** Longest n-gram: 「わけではな」 is told from 「わけで」. */
const LONGEST = 5;

/** Called once for each n-gram of the text, with its place. */
type OnNgram = (hash: number, start: number, end: number) => void;

/**
 * What n-grams do not tell apart, one unit for one (places stay as they are): katakana from hiragana, one number or
 * blanked name from another, one kind of quotation mark from another.
 */
function fold(unit: number): number {
  if (unit >= 0x30a1 && unit <= 0x30f6) return unit - 0x60;
  if (unit >= 0x30 && unit <= 0x39) return 0x30;
  const other = FOLDED.get(unit);
  return other ?? unit;
}

const FOLDED: ReadonlyMap<number, number> = new Map(
  (
    [
      ['○〇◯△▲□■×●◎', '○'],
      ['『“"', '「'],
      ['』”', '」'],
      ['!！．.\n\r', '。'],
      [' \t,，・', '、'],
      ['~〜～', 'ー'],
    ] as const
  ).flatMap(([from, to]) => [...from].map((char) => [char.charCodeAt(0), to.charCodeAt(0)])),
);

/** The whole text folded, unit for unit. `text` is normalised. */
export function foldText(text: string): string {
  let folded = '';
  for (let at = 0; at < text.length; at += 1) folded += String.fromCharCode(fold(text.charCodeAt(at)));
  return folded;
}

/** All n-grams of 1 to `LONGEST` units (FNV-1a, 32 bits), from left to right. `text` is normalised. */
export function eachNgram(text: string, onNgram: OnNgram): void {
  const units = new Uint16Array(text.length + 2);
  units[0] = EDGE;
  for (let at = 0; at < text.length; at += 1) units[at + 1] = fold(text.charCodeAt(at));
  units[text.length + 1] = EDGE;
  for (let start = 0; start < units.length; start += 1) {
    let hash = SEED;
    const most = Math.min(LONGEST, units.length - start);
    for (let length = 0; length < most; length += 1) {
      hash = mix(hash, units[start + length] ?? 0);
      onNgram(hash, Math.max(0, start - 1), Math.min(text.length, start + length));
    }
  }
}

/** The beginning and the end of a report: 「怒鳴られた」 alone says more than somewhere in a long story. */
const EDGE = 0x02;
const SEED = 0x811c9dc5;

const mix = (hash: number, unit: number): number => Math.imul(hash ^ unit, 0x01000193) ^ (hash >>> 15);

/** The hash of a feature that has a name (a cue, a quantity). */
export function hashOf(name: string): number {
  let hash = SEED ^ 0x5bd1e995;
  for (let at = 0; at < name.length; at += 1) hash = mix(hash, name.charCodeAt(at));
  return hash | 0;
}
