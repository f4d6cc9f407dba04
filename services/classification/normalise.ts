/**
 * Text as the patterns want it (NFKC, lower case, full-width kana, no invisible characters) together with the
 * way back: unit `i` of `text` came from `given.slice(starts[i], ends[i])`, in UTF-16 units.
 */
export interface NormalisedText {
  readonly text: string;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

/** Zero-width and direction marks, soft hyphen, variation selectors: never part of a word. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;
/** What attaches to the character before it: combining marks and the half-width ﾞ ﾟ. */
const ATTACHES = /^[\p{M}\uff9e\uff9f]$/u;

/** Kanji, kana, Japanese punctuation and ASCII other than capitals: already as wanted. */
function isPlain(unit: number): boolean {
  if (unit < 0x7f) return !(unit >= 0x41 && unit <= 0x5a);
  if (unit >= 0x4e00 && unit <= 0x9fff) return true;
  if (unit >= 0x3041 && unit <= 0x3096) return true;
  return (unit >= 0x30a1 && unit <= 0x30fe) || (unit >= 0x3001 && unit <= 0x3011);
}

const mayAttach = (unit: number): boolean => unit >= 0x300 && !isPlain(unit);

/** Reads the text group by group (a character and what attaches to it). Total: any string, lone surrogates too. */
export function normalise(given: string): NormalisedText {
  const parts: string[] = [];
  const map = new OffsetMap(given.length + 64);
  for (let at = 0; at < given.length; ) {
    const run = plainRunEnd(given, at);
    if (run > at) {
      parts.push(given.slice(at, run));
      map.each(at, run);
      at = run;
      continue;
    }
    const end = groupEnd(given, at);
    const written = given.slice(at, end).normalize('NFKC').replace(INVISIBLE, '').toLowerCase();
    parts.push(written);
    map.all(written.length, at, end);
    at = end;
  }
  return { text: parts.join(''), starts: map.starts, ends: map.ends };
}

/** End of the plain characters from `at` on; one that something attaches to is left for its group. */
function plainRunEnd(given: string, at: number): number {
  let end = at;
  while (end < given.length && isPlain(given.charCodeAt(end))) end += 1;
  return end > at && end < given.length && mayAttach(given.charCodeAt(end)) ? end - 1 : end;
}

function groupEnd(given: string, at: number): number {
  let end = at + ((given.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
  while (end < given.length && mayAttach(given.charCodeAt(end))) {
    const next = String.fromCodePoint(given.codePointAt(end) ?? 0);
    if (!ATTACHES.test(next)) break;
    end += next.length;
  }
  return end;
}

/** Grows by doubling: NFKC may write more characters than it reads. */
class OffsetMap {
  starts: Uint32Array;
  ends: Uint32Array;
  private length = 0;

  constructor(room: number) {
    this.starts = new Uint32Array(room);
    this.ends = new Uint32Array(room);
  }

  /** One unit written for one unit read. */
  each(from: number, to: number): void {
    this.reserve(to - from);
    for (let at = from; at < to; at += 1) this.put(at, at + 1);
  }

  /** `count` units written for one group. */
  all(count: number, start: number, end: number): void {
    this.reserve(count);
    for (let i = 0; i < count; i += 1) this.put(start, end);
  }

  private put(start: number, end: number): void {
    this.starts[this.length] = start;
    this.ends[this.length] = end;
    this.length += 1;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.starts.length) return;
    const room = Math.max(this.starts.length * 2, this.length + count);
    const [starts, ends] = [new Uint32Array(room), new Uint32Array(room)];
    starts.set(this.starts);
    ends.set(this.ends);
    this.starts = starts;
    this.ends = ends;
  }
}

/** The span of the given text behind the non-empty `[start, end)` of the normalised text. */
export function sourceSpan(
  normalised: NormalisedText,
  start: number,
  end: number,
): { start: number; end: number } {
  return { start: normalised.starts[start] ?? 0, end: normalised.ends[end - 1] ?? 0 };
}
