import type { Lamp } from '../../services/trigger/lamp.ts';
import type { TriggerRefusal } from '../../services/trigger/trigger.ts';
import type { Language } from '../rendered.ts';

interface TriggerStrings {
  readonly lamps: Readonly<Record<Lamp, string>>;
  /** For whoever stands at the button; `extension` is where to ring instead. */
  readonly refusals: Readonly<Record<TriggerRefusal, (extension: string) => string>>;
}

const ja: TriggerStrings = {
  lamps: {
    none: '呼び出していません。',
    calling: '呼び出しています。まだ誰も確認していません。',
    acknowledged: '確認されました。',
    coming: '確認・向かっています。',
    arrived: '到着しました。',
  },
  refusals: {
    malformed: (call) => `呼び出していません。送られた形が正しくありません。${call}`,
    signature: (call) => `呼び出していません。登録された場所からの呼び出しと確かめられません。${call}`,
    expired: (call) => `呼び出していません。端末の時計が5分以上ずれています。${call}`,
    revoked: (call) => `呼び出していません。このボタンは使えなくなりました。${call}`,
    level: (call) => `呼び出していません。このボタンでは呼べない区分です。${call}`,
    'id-used': (call) => `呼び出していません。ほかの呼び出しで使われた id です。${call}`,
    over: () => 'この呼び出しは終わっています。もう一度呼ぶには、ボタンを押し直してください。',
    'too-many': (call) => `呼び出していません。短い間に何度も呼ばれました。${call}`,
    'not-saved': (call) => `呼び出しを保存できませんでした。${call}`,
    'not-known': (call) => `いまの状態を確かめられません。${call}`,
  },
};

const en: TriggerStrings = {
  lamps: {
    none: 'Nobody is being called.',
    calling: 'Calling. Nobody has answered yet.',
    acknowledged: 'Somebody has seen it.',
    coming: 'Somebody is on the way.',
    arrived: 'Help has arrived.',
  },
  refusals: {
    malformed: (call) => `Not called: this is not a request. ${call}`,
    signature: (call) => `Not called: this does not come from a registered place. ${call}`,
    expired: (call) => `Not called: the clock of the device is off by more than five minutes. ${call}`,
    revoked: (call) => `Not called: this button has been revoked. ${call}`,
    level: (call) => `Not called: this button may not call at that level. ${call}`,
    'id-used': (call) => `Not called: the id belongs to another request. ${call}`,
    over: () => 'This call is over. Press the button again to call anew.',
    'too-many': (call) => `Not called: too many calls in a short time. ${call}`,
    'not-saved': (call) => `The call could not be saved. ${call}`,
    'not-known': (call) => `The state is not known at the moment. ${call}`,
  },
};

const ring: Readonly<Record<Language, (extension: string) => string>> = {
  ja: (extension) => `${extension} に電話してください。`,
  en: (extension) => `Ring ${extension}.`,
};

const LANGUAGES: Readonly<Record<Language, TriggerStrings>> = { ja, en };

export const lampText = (language: Language, lamp: Lamp): string => LANGUAGES[language].lamps[lamp];

export const triggerRefusal = (language: Language, why: TriggerRefusal, extension: string): string =>
  LANGUAGES[language].refusals[why](ring[language](extension));
