import type { Level } from './level.ts';

/** Levels a line of text can ask for. */
export type CallLevel = Exclude<Level, 'report'>;

/**
 * A word that may be a call. All patterns read `Line.folded` (NFKC, lower case, hiragana for katakana).
 * `noun` needs a direct line or a request beside it; `cry` is a request by itself.
 */
export interface CallCue {
  readonly level: CallLevel;
  readonly sort: 'noun' | 'cry';
  readonly word: string;
  /** Right behind the word: makes it another word (応援団, 緊急連絡網). */
  readonly otherWord?: RegExp;
  /** Right before the word: makes it another word (法律相談). */
  readonly otherBefore?: RegExp;
  /** What must stand right before a cry, when it is a common verb form (来て). */
  readonly needsBefore?: RegExp;
  /** Bare, it is a call only with a place on the line. */
  readonly needsPlace?: true;
}

const latin = (words: string): string => `(?<![a-z])(?:${words})(?![a-z])`;

const START_OR_BREAK = '(?:^|[\\s、。,.!?:…「」『』()・~ー]';

/** 来て after these is a call for somebody to come; 出てきて, 持ってきて and 男が来て are not. */
const COME_HERE = new RegExp(
  `${START_OR_BREAK}|に|へ|まで|すぐ|早く|はやく|至急|誰か|だれか|だれでも|誰でも|ちょっと|一緒に|助け|応援|おうえん|窓口|番|階|課|係|室|職員|警備員?|人|方)$`,
);

export const CALL_CUES: readonly CallCue[] = [
  {
    level: 'assist',
    sort: 'noun',
    word: `要?応援(?:要請|依頼|要員|職員|者)?|加勢|おうえんようせい|おうえ[んn]|おーえん|${latin('ou?enn?(?:kudasai|onegai(?:shimasu)?)?|oh?enn?|ouen[ \\-]?yousei|assist(?:ance)?|back ?up')}`,
    otherWord:
      /^(?:団|金|席|歌|隊|券|演説|旗|幕|めっせ|さいと|きゃんぺーん|企画|寄付|寄附|給付|そんぐ|ふぇあ|ぷろじぇくと|事業|補助|助成|ぐっず|商品|くーぽん|制度|基金|弁士|合戦|係|体制|計画|派遣|の?当番表|ぽーたる|大使|しょっぷ)/,
    otherBefore:
      /(?:選挙|子育て|就職|就労|ふるさと|起業|創業|起業家|候補|選手|ちーむ|すぽーつ|球団|結婚|生活|移住|受験|地域|暮らし)の?$/,
  },
  {
    level: 'emergency',
    sort: 'noun',
    word: `(?:超|大)?緊急(?:事態|応援|対応|連絡|要請|通報|呼び?出し)?|きんきゅう(?:じたい)?|非常事態|${latin('kin?n?kyuu?|emergency|urgent')}`,
    otherWord:
      /^(?:網|先|票|かーど|簿|体制|訓練|方法|手段|用|時|車|避難|地震|速報|会議|めんて|点検|性|度|案件|搬送|入院|小口|経済|融資|雇用|対策|番号|工事|放送|招集|停止|情報|告知|宣言|あらーと|医療|一時|措置|支援|給付|貸付|保護|輸送|輸血|手術|点灯|めーる|まにゅある|ぼたん|修繕|修理|輸入|脱出|ぶれーき|交付)/,
  },
  {
    level: 'advice',
    sort: 'noun',
    word: `(?:ご|御)?相談|そうだん|${latin('sou?dann?|advice|consult(?:ation)?')}`,
    otherWord:
      /^(?:窓口|室|員|会|所|者|票|記録|内容|件数|件名|支援|せんたー|日|予約|こーなー|業務|受付|体制|事業|ぶーす|かーど|実績|役|中|電話|専門|機関|援助|援護|事例|対応|係|課|だいやる|相手|集計|済|すぺーす|めも|簿)/,
    otherBefore:
      /(?:法律|税務|納税|税|人権|健康|育児|子育て|生活|年金|就労|就職|進路|結婚|婚活|無料|介護|電話|住民|市民|消費|消費者|消費生活|教育|心理|家庭|医療|福祉|行政|入学|妊娠|ひとり親|移住|空き家|経営|融資|登記|労働|職業|保育|事前|個別|巡回|出張|おんらいん|予約|よろず|何でも|なんでも|困りごと|外国人|女性|虐待|dv)$/,
  },
  {
    level: 'assist',
    sort: 'cry',
    word: `🆘|^(?:誰か|だれか)[!ー〜~。]*$|応援を?(?:要請|依頼)(?:します|したい|いたします|致します)|助けて|たすけて|たすけれ|へるぷみー|(?:助け|たすけ)(?:が|を)?(?:必要|ほしい|欲しい|求む|お願い|呼んで)|(?:だれか|誰か|だれでも|誰でも|警備員?|ほかの人|他の人|上司)(?:さん)?を?(?:呼ん|よん)で|(?:だれか|誰か)おねがい|(?:だれか|誰か)お願い|(?:だれか|誰か)いませんか|${latin('tasu?kete|sos|help me|help us|helpme|need (?:some )?help|please help|help please|please come|come (?:quickly|now|please|quick)|call for help|someone come|come here')}|(?<![a-z])s[. ]o[. ]s\\.?(?![a-z])`,
    otherWord: /^(?:の出し方|団|だいやる|窓口|みーと)/,
    otherBefore: /(?:いのちの|心の|こころの)$/,
  },
  {
    level: 'assist',
    sort: 'cry',
    word: '(?:来|き)て',
    needsBefore: COME_HERE,
    otherBefore: /(?:会議|打ち?合わ?せ|説明会|研修|いべんと|式典?|飲み会|見学|遊び|取り|とり)に\s*$/,
    otherWord:
      /^(?:い(?!ただけ)|る(?!か)|た|は|も(?!らえ)|から|み|あげ|しま|おり|おら|ます|なか|ない|の|と|、|おく|おき|もい)/,
  },
  {
    level: 'assist',
    sort: 'cry',
    word: `${latin('kite(?:kudasai)?')}`,
    otherWord: /^ (?!kudasai|onegai|[0-9])[a-z]/,
  },
  {
    level: 'emergency',
    sort: 'cry',
    word: '^(?:警察|けいさつ|110)[!ー〜~。]*$|(?:警察|けいさつ|救急車|きゅうきゅうしゃ|ぱとかー|消防車?)を?(?:すぐ(?:に)?)?(?:呼ん|よん)で|(?:110|119)番?(?:に電話)?(?:通報)?(?:を)?(?:して|お願い|おねがい|頼む)|通報して|殺される|ころされる|刺される|さされる|殺されそう|殺されます|襲われてい?(?:る|ます)',
    otherWord: /^(?:い|も(?:い|ら)|しま|き|よい|か|の|と|た|ある|あり|から|ほど|くれ[たて]|かも)/,
  },
  { level: 'emergency', sort: 'noun', word: '(?<![0-9])(?:110|119)番(?!窓口|札|の)' },
  // `help` alone is the home card (a command); with a place it is a call.
  {
    level: 'assist',
    sort: 'noun',
    word: `へるぷ|${latin('help')}`,
    otherWord: /^(?:ですく|ぺーじ|まーく|さーびす|かーど| desk| page)/,
    needsPlace: true,
  },
];
