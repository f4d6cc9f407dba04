import http from 'node:http';
import { proxySettings } from '../../services/sending/settings.ts';

/**
 * For the whole process: whatever else goes out encrypted takes the city's proxy, too. The SDK fetches tokens, and the keys
 * by which it knows Teams, by clients of its own; alarm and heartbeat go by `fetch`. Nothing changes without a proxy.
 */
export function useProxy(environment: NodeJS.ProcessEnv): void {
  const { address, except } = proxySettings(environment);
  if (address !== '') http.setGlobalProxyFromEnv({ https_proxy: address, no_proxy: except });
}
