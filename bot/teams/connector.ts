import { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import {
  AuthenticationConstants,
  type BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
} from 'botframework-connector';
import type { Config } from '../../services/config.ts';

/** The SDK's own authentication, inbound and outbound. An empty app id switches it off: local mode only. */
export function createAuthentication(config: Config): BotFrameworkAuthentication {
  if (config.mode === 'local') return new ConfigurationBotFrameworkAuthentication({});
  return new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppId: config.app.id,
    MicrosoftAppPassword: config.app.password,
    MicrosoftAppType: config.app.type,
    MicrosoftAppTenantId: config.app.tenantId,
  });
}

interface Pipeline {
  getOrderedPolicies(): readonly { readonly name: string }[];
  removePolicy(which: { name: string }): unknown;
}

/** One client per service address; every call of it is exactly one request. */
export function createConnectors(authentication: BotFrameworkAuthentication, appId: string) {
  const identity = new ClaimsIdentity(
    appId === '' ? [] : [{ type: AuthenticationConstants.AudienceClaim, value: appId }],
    true,
  );
  const factory = authentication.createConnectorFactory(identity);
  const clients = new Map<string, Promise<ConnectorClient>>();
  return (serviceUrl: string): Promise<ConnectorClient> => {
    const known = clients.get(serviceUrl);
    if (known !== undefined) return known;
    const made = factory.create(serviceUrl).then(withoutRetries);
    clients.set(serviceUrl, made);
    // A client that could not be made (no token yet) is made anew next time.
    made.catch(() => clients.delete(serviceUrl));
    return made;
  };
}

/** The SDK would repeat a POST up to four times by itself, and a repeated POST can page twice. */
function withoutRetries(client: ConnectorClient): ConnectorClient {
  const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
  for (const { name } of pipeline.getOrderedPolicies()) {
    if (/retry/i.test(name)) pipeline.removePolicy({ name });
  }
  return client;
}
