import { isLoopback } from '../store/settings.ts';
import { MIN_SECRET_BYTES } from './signature.ts';

interface AlarmEnvironment {
  readonly MAMORI_ALARM_URL: string;
  readonly MAMORI_ALARM_SECRET: string;
}

/**
 * What is wrong, one line each. In local mode only this machine is rung: trying it out must not set off the city's
 * broadcast.
 */
export function alarmProblems(env: AlarmEnvironment, mode: 'local' | 'production'): string[] {
  const { MAMORI_ALARM_URL: address, MAMORI_ALARM_SECRET: secret } = env;
  if (address === '') {
    return secret === '' ? [] : ['MAMORI_ALARM_SECRET: MAMORI_ALARM_URL と一緒に指定してください。'];
  }
  const problems: string[] = [];
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    problems.push('MAMORI_ALARM_URL: https://… の形で指定してください。');
  } else if (mode === 'local' && !isLoopback(address)) {
    problems.push('MAMORI_ALARM_URL: MAMORI_MODE=local では http://127.0.0.1:… だけを指定できます。');
  } else if (mode === 'production' && url.protocol !== 'https:') {
    problems.push('MAMORI_ALARM_URL: https:// で始めてください。場所と事案番号を平文では送りません。');
  }
  // fetch refuses such addresses, and a log would show the password.
  if (url !== undefined && (url.username !== '' || url.password !== '')) {
    problems.push('MAMORI_ALARM_URL: ユーザー名とパスワードは書けません。署名で確かめてください。');
  }
  if (Buffer.byteLength(secret) < MIN_SECRET_BYTES) {
    problems.push(
      `MAMORI_ALARM_SECRET: ${MIN_SECRET_BYTES}バイト以上にしてください（例: openssl rand -base64 32）。`,
    );
  }
  return problems;
}
