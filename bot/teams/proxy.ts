import http from 'node:http';
import { ConfigError } from '../../services/config.ts';
import { proxySettings } from '../../services/sending/settings.ts';

/**
 * For the whole process: whatever else goes out encrypted takes the city's proxy, too. The SDK fetches tokens, and the keys
 * by which it knows Teams, by clients of its own; alarm and heartbeat go by `fetch`. Nothing changes without a proxy.
 *
 * @throws ConfigError on a Node.js that cannot do it: none of these would go out, and no page without a token
 */
export function useProxy(environment: NodeJS.ProcessEnv): void {
  const { address, except } = proxySettings(environment);
  if (address === '') return;
  if (typeof http.setGlobalProxyFromEnv !== 'function')
    throw new ConfigError('HTTPS_PROXY: プロキシを使うには Node.js 24.14 以上で起動してください。');
  http.setGlobalProxyFromEnv({ https_proxy: address, no_proxy: except });
}
