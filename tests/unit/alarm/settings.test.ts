import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig } from '../../../services/config.ts';

const SECRET = 'a secret of more than thirty-two bytes';
const LOCAL = { MAMORI_MODE: 'local', MAMORI_ORGANIZATION: 'city.yaml' };
const PRODUCTION = {
  MAMORI_ORGANIZATION: 'city.yaml',
  MicrosoftAppId: 'app',
  MicrosoftAppPassword: 'secret',
  MicrosoftAppTenantId: 'tenant',
};

function problems(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
}

const alarm = (url: string, secret = SECRET) => ({ MAMORI_ALARM_URL: url, MAMORI_ALARM_SECRET: secret });

describe('MAMORI_ALARM_URL and MAMORI_ALARM_SECRET', () => {
  test('not said: there is no alarm', () => {
    expect(readConfig(PRODUCTION)).not.toHaveProperty('alarm');
  });

  test('https, with a secret', () => {
    expect(readConfig({ ...PRODUCTION, ...alarm('https://pbx.minato.example/mamori') }).alarm).toEqual({
      url: 'https://pbx.minato.example/mamori',
      secret: SECRET,
    });
  });

  test.each(['http://127.0.0.1:1234/alarm', 'http://localhost:1234/alarm', 'http://[::1]:1234/alarm'])(
    'in local mode %s, in production not',
    (url) => {
      expect(problems({ ...LOCAL, ...alarm(url) })).toBe('');
      expect(problems({ ...PRODUCTION, ...alarm(url) })).toMatch(/^MAMORI_ALARM_URL: https:\/\/ で/);
    },
  );

  test('trying out sets off nothing outside this machine', () => {
    expect(problems({ ...LOCAL, ...alarm('https://pbx.minato.example/') })).toMatch(
      /^MAMORI_ALARM_URL: MAMORI_MODE=local/,
    );
  });

  test.each(['pbx.minato.example', 'ftp://pbx.minato.example/', 'https://'])('%s is no address', (url) => {
    expect(problems({ ...PRODUCTION, ...alarm(url) })).toMatch(/^MAMORI_ALARM_URL: .+指定してください。$/);
  });

  test('a password in the address', () => {
    expect(problems({ ...PRODUCTION, ...alarm('https://mamori:pw@pbx.minato.example/') })).toMatch(
      /^MAMORI_ALARM_URL: ユーザー名/,
    );
  });

  test.each(['', 'x'.repeat(31)])('a secret that is too short: %j', (secret) => {
    const said = problems({ ...PRODUCTION, ...alarm('https://pbx.minato.example/', secret) });
    expect(said).toMatch(/^MAMORI_ALARM_SECRET: 32バイト以上/);
  });

  test('a secret and nobody to tell', () => {
    expect(problems({ ...PRODUCTION, MAMORI_ALARM_SECRET: SECRET })).toMatch(/^MAMORI_ALARM_SECRET: /);
  });
});

describe('MAMORI_TRIGGER_SECRET_…', () => {
  test('is the secret of the place of that id', () => {
    const { triggers } = readConfig({
      ...PRODUCTION,
      MAMORI_TRIGGER_SECRET_ZEIMU_2: SECRET,
      MAMORI_TRIGGER_SECRET_SHISHO: '',
      MAMORI_TRIGGER_SECRETS: '/etc/mamori/triggers',
    });
    expect(triggers).toEqual({ given: { 'zeimu-2': SECRET }, folder: '/etc/mamori/triggers' });
  });

  test('too short, or the same for two places', () => {
    expect(problems({ ...LOCAL, MAMORI_TRIGGER_SECRET_A: 'short' })).toMatch(
      /^MAMORI_TRIGGER_SECRET_A: 32バイト以上/,
    );
    const shared = { MAMORI_TRIGGER_SECRET_A: SECRET, MAMORI_TRIGGER_SECRET_B: SECRET };
    expect(problems({ ...LOCAL, ...shared })).toMatch(/^MAMORI_TRIGGER_SECRET_B: .+場所ごとに別の鍵/);
  });
});
