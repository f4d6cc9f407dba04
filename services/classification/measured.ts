import type { Hit } from './context.ts';
import { countsIn, durationsIn } from './quantities.ts';
import { type Reading, sentenceAt } from './reading.ts';

/** P7 speaks of more than one hour; 30 minutes are the limit of a meeting (R1) and no category. */
const HELD_MINUTES = 60;

/** Time that the city or the matter took, not the visitor. */
const OWN_TIME =
  /通訳|待たせ|お待たせ|お待ちいただ|待ち時間|待たされ|システム障害|停電|手続きの説明|制度の説明|相続|ご説明|研修|会議|勤務|残業|通勤|審議|記入に|閉庁まで|開庁|移動|かけて説明/;

/** P7: stretches of an hour and more. */
export function longStays(reading: Reading): Hit[] {
  return durationsIn(reading.text)
    .filter((duration) => duration.minutes >= HELD_MINUTES && duration.minutes < 24 * 60)
    .filter((duration) => !OWN_TIME.test(sentenceText(reading, duration.start)))
    .map(({ start, end }) => ({ cue: 'time.over-an-hour', weight: 0.7, start, end, unsure: false }));
}

const CONTACT =
  /電話|来庁|来所|来館|来られ|来ら|来て|来た|来る|いら|訪|メール|手紙|封書|はがき|ハガキ|着信|かけ直|かけて|かかって|連絡|苦情|クレーム|問い合わせ|投書|届い|届き|fax|窓口|面会|往復|みえ|見え/;
/** Counted on the side of the city, or a thing that may be frequent. */
const OWN_COUNT =
  /世帯|説明し(?:て|ま|た)|申し上げ|お伝えし|案内し|情報公開請求|開示請求|適法|証明書?[0-9]|交付/;

/** P8: contacts counted in the report. */
export function manyContacts(reading: Reading): Hit[] {
  const hits: Hit[] = [];
  for (const { start, end, times, ordinal } of countsIn(reading.text)) {
    const words = sentenceText(reading, start);
    if (OWN_COUNT.test(words)) continue;
    const enough = ordinal ? times >= 3 : times >= 4 && CONTACT.test(words);
    if (!enough) continue;
    const weight = times >= 10 ? 0.65 : times >= 5 ? 0.55 : 0.4;
    hits.push({ cue: 'repeat.counted', weight, start, end, unsure: false });
  }
  return hits;
}

/** The sentence around a position, no further than a text without punctuation would make it slow. */
function sentenceText(reading: Reading, at: number): string {
  const sentence = sentenceAt(reading, at);
  return reading.text.slice(Math.max(sentence.start, at - 200), Math.min(sentence.end, at + 200));
}
