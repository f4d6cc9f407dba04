import {
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import { type AppCredentials, AuthenticationConstants } from 'botframework-connector';
import type { Config } from '../../services/config.ts';
import { createTokens, type Tokens } from './tokens.ts';

interface TeamsAuthentication {
  /** Of who is calling. */
  readonly inbound: ConfigurationBotFrameworkAuthentication;
  /** Of ourselves; undefined in local mode, which needs none. */
  readonly tokens: Tokens | undefined;
}

/** The SDK's own authentication, inbound and outbound. An empty app id switches it off: local mode only. */
export function createAuthentication(config: Config): TeamsAuthentication {
  if (config.mode === 'local')
    return { inbound: new ConfigurationBotFrameworkAuthentication({}), tokens: undefined };
  const settings = {
    MicrosoftAppId: config.app.id,
    MicrosoftAppPassword: config.app.password,
    MicrosoftAppType: config.app.type,
    MicrosoftAppTenantId: config.app.tenantId,
  };
  const factory = new ConfigurationServiceClientCredentialFactory(settings);
  const credentials = factory.createCredentials(
    config.app.id,
    AuthenticationConstants.ToChannelFromBotOAuthScope,
    AuthenticationConstants.ToChannelFromBotLoginUrlPrefix + config.app.tenantId,
    true,
  ) as Promise<AppCredentials>;
  // Whoever asks for a token is told what is wrong.
  credentials.catch(() => {});
  return {
    inbound: new ConfigurationBotFrameworkAuthentication(settings, factory),
    tokens: createTokens(async (isForced) => (await credentials).getToken(isForced)),
  };
}
