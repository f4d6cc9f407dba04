import type { AlarmReason } from '../services/alarm/alarm.ts';
import type { Call } from '../services/calls/call.ts';
import type { Lane } from '../services/directory/directory.ts';
import { strings } from './strings.ts';

/** What the second way is for: what happened, where, what to do. Short, since it is read aloud. */
const SENTENCES = {
  emergency: () => '緊急の呼び出しです。',
  unanswered: (level: string, lane: string) => `${level}の呼び出しに、${lane}がまだ応答していません。`,
  exhausted: (level: string, lane: string) => `${level}の呼び出しに、${lane}がだれも応答していません。`,
} as const;

const LANES: Readonly<Record<Lane, string>> = { second: '応援職員', generalAffairs: '総務課' };

const TO_DO = '向かえる職員は、現場へ向かってください。';
/** 相談 wants a call back, and nobody to come running. */
const TO_ANSWER = 'Teamsを確認してください。';

export type CallAlarm = Exclude<AlarmReason, 'engine-ill' | 'engine-well' | 'case-stuck'>;

/**
 * The announcement for a call, always in Japanese: level, place, code (promise 7).
 *
 * @param place as `Directory.placeName` says it; empty when nothing is known
 */
export function alarmText(
  { level, code }: Pick<Call, 'level' | 'code'>,
  reason: CallAlarm,
  lane: Lane | undefined,
  place: string,
): string {
  const what = SENTENCES[reason](strings('ja').levels[level], LANES[lane ?? 'second']);
  const where = place === '' ? '場所は分かりません。' : `場所は、${place}です。`;
  return `${what}${where}${level === 'advice' ? TO_ANSWER : TO_DO}番号は、${code}です。`;
}
