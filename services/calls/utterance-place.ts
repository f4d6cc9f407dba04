/** Whether a word is, as a whole, the name of a place of the organisation. */
export type IsPlaceName = (text: string) => boolean;

const LONGEST_PLACE = 40;
const LONGEST_NAME = 20;

/** What people put around a place when they call. */
const POLITE =
  /(?:どなたか|誰か|だれか|すみません(?:が)?|すいません(?:が)?|申し訳(?:ありません|ございません)(?:が)?|お疲れ(?:様|さま)です|大?至急|今すぐ|すぐに?|急いで|早く|はやく|よろしく|宜しく|何卒|助けて|呼んで|応援|やばい|ヤバい|ちょっと|kudasai|onegai(?:shimasu)?|k-[0-9a-z]{4,8}|(?<![a-z])(?:please|pls|at|in|on|to|the)(?![a-z])|\p{Extended_Pictographic}|\ufe0f|\u200d)/giu;

/** Counted: 2番窓口, 二番, 地下1階, 2F, 301号室, A棟. 110番 is no place, nor is the number of a house. */
const COUNTED =
  /^(?:第?(?!1(?:10|19)番)(?:\d{1,3}|[一二三四五六七八九十]{1,3})番(?:の?(?:窓口|カウンター)|(?![号地目\d]))|(?:地下|B)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:階|[FＦ](?![a-z]))|\d{1,4}号室|[A-Z\d東西南北本新旧]{1,2}号?棟|窓口\d{1,2})/iu;
/** Anywhere: says where by itself. What stands before it and is not of the list is left out (it may be a name). */
const GENERAL =
  /^(?:[東西南北]側?|中央|正面|表|裏|職員|来庁者|来客|総合|男子|女子|多目的|夜間|[東西南北]の)?(?:窓口|受付|案内所|ロビー|玄関|カウンター|ホール|駐車場|駐輪場|廊下|通路|入り?口|出口|裏口|通用口|トイレ|お?手洗い|食堂|売店|階段|エレベーター|エスカレーター|自販機|ベンチ|屋上|中庭|倉庫|書庫|議場|バス停|記載台|待合|庁舎)(?![一-龠ァ-ヶ]{2})/u;
/** With its own name before it: 税務課, 第1会議室, 会議スペース, 東支所. */
const NAMED =
  /^[一-龠々ァ-ヶーA-Z\d]{1,8}?(?:(?<!関)係|(?<![放日])課|室|支所|出張所|事務所|詰所|センター|公民館|図書館|体育館|会館|庁舎|窓口|スペース|コーナー|ブース)(?![一-龠々ァ-ヶー\d]|長)/iu;
/** Right behind a place, makes it more exact. Nothing else does: 「2番窓口 バカ野郎」 is 2番窓口 (promise 7). */
const EXACT =
  /^(?:の?(?:すぐ)?(?:付近|手前|前|横|奥|裏|脇|隣|[東西南北右左向内外]側|側|そば|あたり|辺り|席))/u;
const ENGLISH =
  /^(?:counter|desk|floor|room|window|lobby|entrance|exit|hall|hallway|office|reception|parking|lot|toilet|stairs|elevator|front|back|north|south|east|west|main|basement|madoguchi|uketsuke|robii|\d{1,3}(?:st|nd|rd|th|ban|kai)?|[a-z]?\d{1,3})$/iu;
const ENGLISH_ONLY_EXACT = /^(?:front|back|main|lot|[a-z]\d{1,3}|\d{1,3}(?:st|nd|rd|th))$/iu;

/**
 * Where, in the words of the caller, and nothing else of what they wrote: a place goes to telephones and into the
 * channel, so a name, a number or a story must not (promise 7). Empty when nothing says where.
 */
export function placeIn(text: string, isPlaceName: IsPlaceName): string {
  const tokens = text.replace(POLITE, ' ').split(/[\s、。,.!?！？・:：;/@＠→>]+/u);
  const kept: string[] = [];
  for (const token of tokens) {
    const place = placeInToken(token, kept.length > 0, isPlaceName);
    if (place !== '') kept.push(place);
  }
  if (kept.every((word) => ENGLISH_ONLY_EXACT.test(word))) return '';
  return kept.join(' ').slice(0, LONGEST_PLACE).trim();
}

function placeInToken(token: string, follows: boolean, isPlaceName: IsPlaceName): string {
  if (ENGLISH.test(token)) return token;
  const exact = EXACT.exec(token)?.[0];
  if (follows && exact !== undefined) return exact;
  const parts: string[] = [];
  let at = 0;
  while (at < token.length) {
    const rest = token.slice(at);
    const found = longestPlace(rest, at === 0 || !isWordChar(token[at - 1]), isPlaceName);
    if (found === '') {
      at += 1;
      continue;
    }
    // 「2階の税務課」「税務課前のベンチ」: one place. Anything else between two places is left out.
    const joint = parts.length > 0 ? (/(?<=(.*))の$/u.exec(token.slice(0, at))?.[0] ?? '') : '';
    const behind = EXACT.exec(token.slice(at + found.length))?.[0] ?? '';
    parts.push(`${joint}${found}${behind}`);
    at += found.length + behind.length;
  }
  return parts.join('');
}

const WORD = /[一-龠々ァ-ヶーA-Za-z\d]/u;
const isWordChar = (char: string | undefined): boolean => char !== undefined && WORD.test(char);

/** The place that the text begins with; a name only where a word begins, so that no half of a name is one. */
function longestPlace(rest: string, beginsWord: boolean, isPlaceName: IsPlaceName): string {
  const known = longestKnown(rest, isPlaceName);
  const counted = COUNTED.exec(rest)?.[0] ?? '';
  const general = GENERAL.exec(rest)?.[0] ?? '';
  const sure = [known, counted, general].reduce((a, b) => (b.length > a.length ? b : a));
  if (sure !== '' || !beginsWord) return sure;
  return withoutStrangers(NAMED.exec(rest)?.[0] ?? '', isPlaceName);
}

function longestKnown(rest: string, isPlaceName: IsPlaceName): string {
  for (let length = Math.min(LONGEST_NAME, rest.length); length >= 2; length -= 1) {
    if (isPlaceName(rest.slice(0, length))) return rest.slice(0, length);
  }
  return '';
}

/** 「山田太郎税務課」: what is known at its end is the place; the scan finds it there. */
function withoutStrangers(name: string, isPlaceName: IsPlaceName): string {
  for (let from = 1; from < name.length - 1; from += 1) if (isPlaceName(name.slice(from))) return '';
  return name;
}
