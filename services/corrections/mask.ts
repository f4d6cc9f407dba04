/** What a masked piece was; the text keeps its sense without it. */
const MASKS: ReadonlyArray<readonly [RegExp, string]> = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '〔メール〕'],
  [/(?:https?:\/\/|www\.)[^\s「」『』（）()、。]+/gi, '〔URL〕'],
  [/(?<![\w@])@[A-Za-z0-9_]{2,}/g, '〔アカウント〕'],
  [/(?<![0-9])[0-9]{4}[-‐－\s]?[0-9]{4}[-‐－\s]?[0-9]{4}(?![0-9])/g, '〔個人番号〕'],
  [
    /(?<![0-9])(?:\+81[-\s]?|0)[0-9]{1,4}[-‐－ー()\s]{0,2}[0-9]{1,4}[-‐－ー()\s]{0,2}[0-9]{3,4}(?![0-9])/g,
    '〔電話番号〕',
  ],
  [/内線\s*[0-9]{2,6}/g, '内線〔番号〕'],
  [/〒?\s*(?<![0-9])[0-9]{3}[-‐－][0-9]{4}(?![0-9])/g, '〔郵便番号〕'],
  [
    /[一-龠々]{1,4}\s?[0-9]{3}\s?[ぁ-ん]\s?(?:[0-9]{2}[-‐－・]?[0-9]{2}|[・.]{1,3}[0-9]{1,3})/g,
    '〔車のナンバー〕',
  ],
  [
    /(?<!第|[0-9])[0-9]{1,4}[-‐－][0-9]{1,4}(?:[-‐－][0-9]{1,4})?(?:号室?)?(?=[^0-9分秒回件人年月日時:]|$)/g,
    '〔番地〕',
  ],
  [
    /[0-9〇一二三四五六七八九十]{1,4}丁目(?:[0-9〇一二三四五六七八九十]{1,4}番(?:地)?(?:[0-9〇一二三四五六七八九十]{1,4}号?)?)?/g,
    '〔番地〕',
  ],
  [/[0-9]{1,4}番地(?:の?[0-9]{1,4})?/g, '〔番地〕'],
  [/[0-9]{2,4}号室/g, '〔部屋番号〕'],
  [
    /[一-龠々ヶァ-ヴー]{1,8}(?:都|道|府|県)[一-龠々ヶァ-ヴー]{1,8}(?:市|区|郡|町|村)[一-龠々ヶァ-ヴーぁ-ん]{0,6}/g,
    '〔住所〕',
  ],
  [
    /(?:昭和|平成|令和|S|H|R)\s?[0-9元]{1,2}\s?[年./]\s?[0-9]{1,2}\s?[月./]\s?[0-9]{1,2}日?(?=生)/g,
    '〔生年月日〕',
  ],
  [/(?<![0-9])[0-9]{7,}(?![0-9])/g, '〔番号〕'],
];

/** A name is what stands before a title; titles themselves and words for people are none. */
const TITLED =
  /([一-龠々]{1,4}|[ァ-ヴー]{2,10}|[一-龠々]{1,3}[\s　][一-龠々]{1,3})(さん|さま|様|氏|君|くん|ちゃん|議員|先生|課長|係長|部長|主査|主任|次長|所長|館長|会長|社長|区長)/g;
const NO_NAME =
  /^(?:お?客|皆|奥|旦那|お?子|お?母|お?父|親|娘|息子|お?兄|お?姉|弟|妹|祖父|祖母|赤|孫|隣|近所|市民|住民|利用者|来庁者|業者|患者|本人|相手|担当|職員|同僚|先輩|後輩|新人|上司|警備|清掃|宿直|嫁|婿|爺|婆|医者|大家|元|副|現|当|各|前|新|総務|税務|市民|市議会|市|町|県|国会|都|道|府|区|村|衆議院|参議院|自治会|町内会|連合|窓口|福祉|教育|保育|学校|何|誰|若|ご主人|主人|社員|店員|運転手|看護師|保健師|相談員|支援員|お)$|(?:課|部|係|室|局|班|館|所|園|校|署|庁|会|者|員|師|屋|家)$/;

/**
 * The text without what points to a person, each piece replaced by what it was. Names of the directory are
 * certain; others are found by their titles: what is masked too much costs a word, what is missed costs a person.
 */
export function mask(text: string, knownNames: readonly string[]): string {
  let masked = text.normalize('NFKC');
  for (const name of byLength(knownNames)) masked = masked.split(name).join('〔職員〕');
  for (const [pattern, instead] of MASKS) masked = masked.replace(pattern, instead);
  return masked.replace(TITLED, (all: string, name: string, title: string) =>
    NO_NAME.test(name) ? all : `〔氏名〕${title}`,
  );
}

/** Whole names before their parts; single letters would tear words apart. */
const byLength = (names: readonly string[]): string[] =>
  [...new Set(names.flatMap((name) => [name, name.replace(/[\s　]/g, ''), ...name.split(/[\s　]/)]))]
    .map((name) => name.normalize('NFKC'))
    .filter((name) => name.length >= 2)
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
