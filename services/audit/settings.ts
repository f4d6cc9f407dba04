import { isLoopback } from '../store/settings.ts';

interface HeartbeatEnvironment {
  readonly MAMORI_HEARTBEAT_URL: string;
}

/** The address holds a secret: over TLS, or on this machine. A trial must not keep the city's own switch quiet. */
export function heartbeatProblems(env: HeartbeatEnvironment, mode: 'local' | 'production'): string[] {
  const { MAMORI_HEARTBEAT_URL: address } = env;
  if (address === '') return [];
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return ['MAMORI_HEARTBEAT_URL: https://… の形で指定してください。'];
  if (mode === 'local' && !isLoopback(address))
    return ['MAMORI_HEARTBEAT_URL: MAMORI_MODE=local では http://127.0.0.1:… だけを指定できます。'];
  if (url.protocol !== 'https:' && !isLoopback(address))
    return ['MAMORI_HEARTBEAT_URL: https:// で始めてください。http:// はこのマシンだけです。'];
  // fetch refuses such addresses.
  if (url.username !== '' || url.password !== '')
    return ['MAMORI_HEARTBEAT_URL: ユーザー名とパスワードは書けません。'];
  return [];
}
