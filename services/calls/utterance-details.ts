import { normalise } from '../classification/normalise.ts';
import { joinNames } from './utterance-names.ts';
import { type IsPlaceName, placeIn } from './utterance-place.ts';

/** What the rest of a call says besides the place. Names as typed, without さん. */
export interface CallDetails {
  /** Where: 「2番窓口」. Empty when nothing looks like a place: no narrative reaches a page (promise 7). */
  readonly place: string;
  /** The one who needs help, when a colleague calls for them. */
  readonly affectedName: string | null;
  /** People who must not be paged: 「課長以外」「佐藤課長を除く」. */
  readonly excludedNames: readonly string[];
}

/** The names of an organisation: its places are understood as such, and a space does not end a name of its people. */
interface KnownNames {
  readonly isPlaceName: IsPlaceName;
  isFullName(family: string, given: string): boolean;
}

const NOTHING_KNOWN: KnownNames = { isPlaceName: () => false, isFullName: () => false };

/** Reads 「2番 鈴木さん」「2番窓口 課長以外」. Total; text beyond 500 characters is ignored. */
export function parseCallDetails(
  rest: string,
  { isPlaceName, isFullName }: KnownNames = NOTHING_KNOWN,
): CallDetails {
  const text = joinNames(normaliseKeepingCase(rest.slice(0, 500)), isFullName);
  const excluded = takeExcluded(text);
  const affected = takeAffected(excluded.rest);
  return {
    place: placeIn(affected.rest, isPlaceName),
    affectedName: affected.name,
    excludedNames: excluded.names,
  };
}

/** NFKC and no invisible characters, but capitals stay: 「2F」 is shown to the responders. */
function normaliseKeepingCase(text: string): string {
  const normalised = normalise(text);
  let out = '';
  for (let i = 0; i < normalised.text.length; i += 1) {
    const unit = normalised.text[i] ?? '';
    const typed = text[normalised.starts[i] ?? 0] ?? '';
    const wide = typed.normalize('NFKC');
    out += wide.toLowerCase() === unit ? wide : unit;
  }
  return out
    .replace(SAID, ' ')
    .replace(/[〔〕]/g, '')
    .replace(/[【】()[\]「」『』]/g, ' ');
}

/** What somebody said: 「殺すぞ」と言われ. Quotation marks around a place stay what they are. */
const SAID = /[「『][^「」『』]{0,200}[」』]\s*(?:と|って|など|等)[^\s、。,.!?]{0,10}/g;

const EXCLUDING =
  /([^\s、。,.!?]{1,20}?)(?:以外|を?除(?:く|いて|外(?:して)?)|は除(?:く|いて|外)|抜き(?:で)?|に(?:は|も)?(?:知らせ|言わ|連絡し|伝え)ない(?:で(?:ください)?)?)(?:の(?:人|方|職員))?(?:で|に)?/g;

function takeExcluded(text: string): { names: string[]; rest: string } {
  const names: string[] = [];
  const rest = text.replace(EXCLUDING, (_, who: string) => {
    for (const name of who.split(/と|・|および|及び/)) {
      const bare = name.replace(HONORIFIC, '').trim();
      if (bare !== '' && !names.includes(bare)) names.push(bare);
    }
    return ' ';
  });
  return { names, rest };
}

const HONORIFIC = /(?:さん|様|氏|殿)$/;
/** Who is called さん without being a colleague with a name. */
const NOBODY =
  /^(?:お?疲れ|ご苦労|お世話|お?客|お?相手|皆|みな|職員|警備員?|警察|おまわり|患者|利用者|業者|市民|住民|議員|お?母|お?父|おじ|おば|お?爺|お?婆|おじい|おばあ|お兄|お姉|奥|旦那|保護者|来庁者|誰|どなた|あちら|こちら|担当|隣|お隣)$/;
const NAMED =
  /([^\s、。,.!?にでへのがをはも0-9]{1,12}?)(?:さん|さま|様|氏)(?:が|を|の(?:ところ|所|席|窓口)?|に|へ|は|も|です)?/g;
/** 「田中係長が殴られて」: with a post, only when something happens to them. */
const POSTED =
  /(?<![一-龠ァ-ヶ])([一-龠ァ-ヶー]{1,4}?)(?:係長|課長|部長|主任|主査|補佐|室長|所長|館長|局長|次長)(?:が|を(?=助|たす))/;

/** What the other side does, and not what is done to somebody: 殴って, not 殴られて. */
const ACTS =
  /^.{0,12}?(?:暴れ|暴力を?(?:振|ふ)る|怒(?:って|り|鳴(?!られ))|どな(?!られ)|殴(?!られ)|叩(?!かれ)|蹴(?!られ)|叫|騒|わめ|喚|脅(?!され|かされ)|居座|帰らな|帰って(?:くれ|もらえ)|凶器|包丁|ナイフ|刃物)/;

function takeAffected(text: string): { name: string | null; rest: string } {
  let name: string | null = null;
  const rest = text.replace(NAMED, (whole: string, who: string, at: number) => {
    const bare = who.replace(PLACE_BEFORE_NAME, '');
    // 「田中さんが暴れています」 names the other side: no colleague is left out for it, and the name goes nowhere.
    if (whole.endsWith('が') && ACTS.test(text.slice(at + whole.length))) return ' ';
    if (bare === '' || NOBODY.test(bare) || name !== null) return whole;
    name = bare;
    return `${who.slice(0, who.length - bare.length)} `;
  });
  if (name !== null) return { name, rest };
  const posted = POSTED.exec(text);
  if (posted?.[1] === undefined) return { name: null, rest: text };
  return {
    name: posted[1],
    rest: `${text.slice(0, posted.index)} ${text.slice(posted.index + posted[0].length)}`,
  };
}

const PLACE_BEFORE_NAME = /^.*(?:窓口|番|階|課|係|室|受付|ロビー|カウンター)/;
