import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { MicrosoftAppCredentials } from 'botframework-connector';
import { createAuthentication } from '../../../../bot/teams/authentication.ts';
import { readConfig } from '../../../../services/config.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

const production = readConfig({
  MAMORI_ORGANIZATION: 'city.yaml',
  MicrosoftAppId: 'app',
  MicrosoftAppPassword: 'secret',
  MicrosoftAppTenantId: 'tenant',
});

describe('the token of the bot', () => {
  test('is the one that the SDK’s credentials hold: for the Bot Framework, from the city’s tenant', async () => {
    const seen: unknown[] = [];
    jest.spyOn(MicrosoftAppCredentials.prototype, 'getToken').mockImplementation(async function (
      this: MicrosoftAppCredentials,
      isForced,
    ) {
      seen.push([this.appId, this.oAuthEndpoint, this.oAuthScope, isForced]);
      return 'token';
    });
    const { tokens } = createAuthentication(production);
    expect(await tokens?.get()).toBe('token');
    expect(seen).toEqual([
      ['app', 'https://login.microsoftonline.com/tenant', 'https://api.botframework.com', false],
    ]);
  });

  test('there is none in local mode', () => {
    const local = readConfig({ MAMORI_MODE: 'local', MAMORI_ORGANIZATION: 'city.yaml' });
    expect(createAuthentication(local).tokens).toBeUndefined();
  });
});
