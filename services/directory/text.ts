const DIGITS = '一二三四五六七八九';

/** 二 → 2, 十 → 10, 二十三 → 23, 一二 → 12. */
function kanjiNumber(kanji: string): string {
  const digits = (part: string): string => [...part].map((one) => DIGITS.indexOf(one) + 1).join('');
  const [tens = '', ones = ''] = kanji.split('十');
  return kanji.includes('十') ? `${digits(tens) || 1}${digits(ones) || 0}` : digits(kanji);
}

/** For comparing what people type: NFKC, lower case, without spaces and invisible characters. */
function squeeze(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toLowerCase();
}

/** A number before 番 or 階; 一番奥 and the like are no numbers. */
const COUNTED =
  /(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]+)(?=階|番(?![奥端手近上下左右後]))/gu;

/** `squeeze`, and 二番・三階 as 2番・3階, and a number alone as 2番: shaken hands type what comes first. */
export function squeezePlace(text: string): string {
  const plain = squeeze(text).replace(COUNTED, kanjiNumber);
  return /^\d+$/u.test(plain) ? `${plain}番` : plain;
}

/** `squeeze`, with katakana as hiragana, so that サトウ and さとう are one name. */
export function squeezeName(text: string): string {
  return squeeze(text).replace(/[ァ-ヶ]/gu, (kana) =>
    String.fromCodePoint((kana.codePointAt(0) ?? 0) - 0x60),
  );
}

/** `squeeze` without punctuation and symbols: a code phrase is the same with and without 「」 and 。. */
export function squeezePhrase(text: string): string {
  return squeeze(text).replace(/[\p{P}\p{S}]/gu, '');
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';

/** Whether `text` contains `needle`, where 2番 is not found inside 12番. Both are squeezed. */
export function contains(text: string, needle: string): boolean {
  if (needle === '') return false;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const end = at + needle.length;
    const cutBefore = isDigit(needle[0]) && isDigit(text[at - 1]);
    const cutAfter = isDigit(needle[needle.length - 1]) && isDigit(text[end]);
    if (!cutBefore && !cutAfter) return true;
  }
  return false;
}
