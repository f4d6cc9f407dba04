import type { Words } from '../services/audit/illness.ts';

/** @param extension as the organisation file has it: 「内線 2119」 */
export function words(extension: string): Words {
  const number = extension.replace(/^内線\s*/u, '');
  return {
    ill: `まもり停止中。内線${number}へ`,
    well: 'まもりは動いています。',
    stuck: (code) => `まもりは、番号${code}の呼び出しを続けられません。内線${number}へ`,
  };
}
