/** Whether a word is, as a whole, the name of a place of the organisation. */
export type IsPlaceName = (text: string) => boolean;

const LONGEST_PLACE = 40;
const LONGEST_NAME = 20;

/** What people put around a place when they call. */
const POLITE =
  /(?:どなたか|誰か|だれか|すみません(?:が)?|すいません(?:が)?|申し訳(?:ありません|ございません)(?:が)?|お疲れ(?:様|さま)です|大?至急|今すぐ|すぐに?|急いで|早く|はやく|よろしく|宜しく|何卒|助けて|呼んで|応援|やばい|ヤバい|ちょっと|kudasai|onegai(?:shimasu)?|k-[0-9a-z]{4,8}|(?<![a-z])(?:please|pls|at|in|on|to|the)(?![a-z])|\p{Extended_Pictographic}|\ufe0f|\u200d)/giu;

/** Counted: 2番窓口, 二番, 地下1階, 2F, 301号室, A棟. 110番 is no place, nor is the number of a house. */
const COUNTED =
  /^(?:第?(?!1(?:10|19)番)(?:\d{1,3}番(?:の?(?:窓口|カウンター)|(?![号地目\d]))|[一二三四五六七八九十]{1,3}番(?:窓口|カウンター|(?=$|[にでへのがは]|前|横|奥)))|(?:地下|B)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:階(?!段)|F(?![a-z]))|\d{1,4}号室|[A-Z\d東西南北本新旧]{1,2}号?棟|窓口\d{1,2})/iu;
/** Says where by itself. What stands before it and is not of the list is left out: it may be a name. */
const GENERAL =
  /^(?:[東西南北]側?|中央|正面|表|裏|職員|来庁者|来客|総合|男子|女子|多目的|夜間)?(?:窓口(?!対応|業務|担当)|受付(?!番号|票|時間|業務)|案内所|ロビー|玄関|カウンター|ホール|駐車場|駐輪場|廊下|通路|入り?口|出口|裏口|通用口|トイレ|お?手洗い|食堂|売店|階段|エレベーター|エスカレーター|自販機|ベンチ|屋上|中庭|倉庫|書庫|議場|バス停|記載台|待合(?:室|所|スペース)?)/u;
/** With its own name before it: 税務課, 第1会議室, 会議スペース, 東支所. */
const NAMED =
  /^[一-龠々ァ-ヶーA-Z\d]{1,8}?(?:(?<!関)係|(?<![放日])課|室|支所|出張所|事務所|詰所|センター|公民館|図書館|体育館|会館|庁舎|スペース|コーナー|ブース)(?=前|横|奥|裏|脇|隣|付近|手前|内|[東西南北]側|(?![一-龠々ァ-ヶー]))/iu;
/** Right behind a place, makes it more exact. Nothing else does: 「2番窓口 バカ野郎」 is 2番窓口 (promise 7). */
const EXACT =
  /^の?(?:すぐ)?(?:付近|手前|前(?!科)|横|奥|裏|脇|隣|[東西南北右左向内外]側|側|そば|あたり|辺り|席)/u;
const PARTICLE = /^(?:に|で|へ|が|から|は|です|にて|にいます)?$/u;
const ENGLISH =
  /^(?:counter|desk|floor|room|window|lobby|entrance|exit|hall|hallway|office|reception|parking|lot|toilet|stairs|elevator|front|back|north|south|east|west|main|basement|madoguchi|uketsuke|robii|[1-9]\d?(?:st|nd|rd|th|ban|kai)?|[a-z][1-9]\d?)$/iu;
const ROOM_NUMBER = /^\d{1,4}$/;
/** Says nothing alone. */
const BESIDE = /^(?:front|back|main|lot|[a-z]\d{1,2}|\d{1,2}(?:st|nd|rd|th))$/iu;

/**
 * Where, in the words of the caller, and nothing else of what they wrote: a place goes to telephones and into the
 * channel, so a name, a number or a story must not (promise 7). Empty when nothing says where.
 */
export function placeIn(text: string, isPlaceName: IsPlaceName): string {
  const tokens = text.replace(POLITE, ' ').split(/[\s、。,.!?！？・:：;/@＠→>]+/u);
  const kept: string[] = [];
  for (const token of tokens) {
    const place = placeInToken(token, kept.at(-1), isPlaceName);
    if (place !== '') kept.push(place);
  }
  if (kept.every((word) => BESIDE.test(word))) return '';
  return kept.join(' ').slice(0, LONGEST_PLACE).trim();
}

function placeInToken(token: string, before: string | undefined, isPlaceName: IsPlaceName): string {
  if (ENGLISH.test(token)) return token;
  if (before?.toLowerCase() === 'room' && ROOM_NUMBER.test(token)) return token;
  const exact = EXACT.exec(token)?.[0] ?? '';
  if (before !== undefined && exact !== '' && PARTICLE.test(token.slice(exact.length))) return exact;
  let text = '';
  let end = 0;
  for (let at = 0; at < token.length; at += 1) {
    const isInNumber = isDigit(token[at]) && isDigit(token[at - 1]);
    const found = isInNumber ? '' : longestPlace(token.slice(at), !isWordChar(token[at - 1]), isPlaceName);
    if (found === '') continue;
    const between = token.slice(end, at);
    // 「2階の税務課」 is one place; anything else between two places is left out.
    const joint = text === '' || between === '' ? '' : between === 'の' ? 'の' : ' ';
    const place = `${found}${EXACT.exec(token.slice(at + found.length))?.[0] ?? ''}`;
    text += `${joint}${place}`;
    end = at + place.length;
    at = end - 1;
  }
  return text;
}

const WORD = /[一-龠々ァ-ヶーA-Za-z\d]/u;
const isDigit = (char: string | undefined): boolean => char !== undefined && /\d/.test(char);
const isWordChar = (char: string | undefined): boolean => char !== undefined && WORD.test(char);

/** The place that the text begins with; one with a name of its own only where a word begins. */
function longestPlace(rest: string, beginsWord: boolean, isPlaceName: IsPlaceName): string {
  const known = longestKnown(rest, isPlaceName);
  const counted = COUNTED.exec(rest)?.[0] ?? '';
  const general = GENERAL.exec(rest)?.[0] ?? '';
  const sure = [known, counted, general].reduce((a, b) => (b.length > a.length ? b : a));
  if (sure !== '' || !beginsWord) return sure;
  return withoutStrangers(NAMED.exec(rest)?.[0] ?? '', isPlaceName);
}

/** Left to `COUNTED`, which tells 一番 of 一番怖い from the place. */
const BARE_NUMBER = /^[\d一二三四五六七八九十]+(?:番|ばん)?$/u;

function longestKnown(rest: string, isPlaceName: IsPlaceName): string {
  for (let length = Math.min(LONGEST_NAME, rest.length); length >= 2; length -= 1) {
    const name = rest.slice(0, length);
    if (!BARE_NUMBER.test(name) && isPlaceName(name)) return name;
  }
  return '';
}

/** 「山田太郎税務課」: what is known at its end is the place; the scan finds it there. */
function withoutStrangers(name: string, isPlaceName: IsPlaceName): string {
  for (let from = 1; from < name.length - 1; from += 1) if (isPlaceName(name.slice(from))) return '';
  return name;
}
