import { describe, expect, test } from '@jest/globals';
import { ConfigError, readConfig, readStoreSettings } from '../../services/config.ts';
import { proxySettings } from '../../services/sending/settings.ts';

const LOCAL = { MAMORI_MODE: 'local', MAMORI_ORGANIZATION: 'city.yaml' };
const PRODUCTION = {
  MAMORI_ORGANIZATION: 'city.yaml',
  MicrosoftAppId: 'app',
  MicrosoftAppPassword: 'secret',
  MicrosoftAppTenantId: 'tenant',
};

function problems(environment: Record<string, string | undefined>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('local mode', () => {
  test('listens on loopback and sends to loopback only', () => {
    const config = readConfig(LOCAL);
    expect(config).toMatchObject({ mode: 'local', host: '127.0.0.1', port: 3978, dataFolder: '.data' });
    expect(config.serviceHosts).toEqual(['localhost', '127.0.0.1', '[::1]']);
  });

  test.each(['MicrosoftAppId', 'COSMOS_ENDPOINT'])('is refused together with %s', (name) => {
    const [line, ...more] = problems({ ...LOCAL, [name]: 'https://account.example' });
    expect(line).toMatch(new RegExp(`^${name}: .*MAMORI_MODE=local`));
    expect(more).toEqual([]);
  });

  test('cannot be given other hosts to send to', () => {
    expect(readConfig({ ...LOCAL, MAMORI_SERVICE_HOSTS: 'evil.example' }).serviceHosts).not.toContain(
      'evil.example',
    );
  });
});

describe('production is what is meant when nothing is said', () => {
  test('listens for the outside and trusts the hosts of Teams', () => {
    const config = readConfig(PRODUCTION);
    expect(config).toMatchObject({ mode: 'production', host: '0.0.0.0' });
    expect(config.serviceHosts).toEqual(['smba.trafficmanager.net']);
  });

  test.each(['MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppPassword'])(
    'is refused without %s',
    (name) => {
      for (const value of [undefined, '']) {
        expect(problems({ ...PRODUCTION, [name]: value })).toEqual([expect.stringContaining(`${name}: `)]);
      }
    },
  );

  test('names everything that is missing at once', () => {
    const lines = problems({ MAMORI_ORGANIZATION: 'city.yaml' });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'MicrosoftAppId',
      'MicrosoftAppTenantId',
      'MicrosoftAppPassword',
    ]);
  });

  test('a managed identity needs no password', () => {
    const { MicrosoftAppPassword: _, ...rest } = PRODUCTION;
    expect(problems({ ...rest, MicrosoftAppType: 'UserAssignedMSI' })).toEqual([]);
  });

  test('sends first contacts where Microsoft says, or to another allowed host', () => {
    expect(readConfig(PRODUCTION).serviceUrl).toBe('https://smba.trafficmanager.net/teams/');
    const gcc = 'smba.infra.gcc.teams.microsoft.com';
    const elsewhere = { MAMORI_SERVICE_HOSTS: gcc, MAMORI_SERVICE_URL: `https://${gcc}/teams` };
    expect(readConfig({ ...PRODUCTION, ...elsewhere }).serviceUrl).toBe(`https://${gcc}/teams`);
    for (const url of [
      'https://evil.example/',
      'http://smba.trafficmanager.net/',
      'smba.trafficmanager.net',
    ]) {
      expect(problems({ ...PRODUCTION, MAMORI_SERVICE_URL: url })).toEqual([
        expect.stringMatching(/^MAMORI_SERVICE_URL: /),
      ]);
    }
    expect(readConfig(LOCAL).serviceUrl).toBeUndefined();
  });

  test('shares what may be sent among its instances', () => {
    expect(readConfig(PRODUCTION).instances).toBe(1);
    expect(readConfig({ ...PRODUCTION, MAMORI_INSTANCES: '3' }).instances).toBe(3);
    for (const wrong of ['0', '1.5', 'three', '-1'])
      expect(problems({ ...PRODUCTION, MAMORI_INSTANCES: wrong })).toEqual([
        expect.stringMatching(/^MAMORI_INSTANCES: /),
      ]);
  });

  test('shows no demo page', () => {
    expect(readConfig({ ...PRODUCTION, MAMORI_DEMO_PAGE: 'demo.html' }).demoPage).toBeUndefined();
    expect(readConfig({ ...LOCAL, MAMORI_DEMO_PAGE: 'demo.html' }).demoPage).toBe('demo.html');
  });

  test('reads a list of hosts as people write it', () => {
    const config = readConfig({
      ...PRODUCTION,
      MAMORI_SERVICE_HOSTS: 'SMBA.trafficmanager.net, other.example',
    });
    expect(config.serviceHosts).toEqual(['smba.trafficmanager.net', 'other.example']);
  });
});

describe('where documents are kept', () => {
  const ACCOUNT = {
    MAMORI_STORE: 'cosmos',
    COSMOS_ENDPOINT: 'https://city.documents.azure.com/',
    COSMOS_DATABASE: 'mamori',
  };
  const EMULATOR = { ...ACCOUNT, COSMOS_ENDPOINT: 'http://127.0.0.1:8081', COSMOS_KEY: 'hunter2' };
  const namesOf = (lines: string[]) => lines.map((line) => line.split(':')[0]);

  test('in a file of this machine when nothing is said', () => {
    expect(readConfig(PRODUCTION).store).toEqual({ kind: 'sqlite', folder: '.data' });
    expect(readStoreSettings({ MAMORI_DATA: '/var/mamori' })).toEqual({
      kind: 'sqlite',
      folder: '/var/mamori',
    });
  });

  test('in an account, as the identity of the machine or as a given one', () => {
    const store = {
      kind: 'cosmos',
      endpoint: 'https://city.documents.azure.com/',
      database: 'mamori',
      container: 'mamori',
    };
    expect(readConfig({ ...PRODUCTION, ...ACCOUNT }).store).toEqual(store);
    const over = { COSMOS_CONTAINER: 'cases', AZURE_CLIENT_ID: 'id' };
    expect(readConfig({ ...PRODUCTION, ...ACCOUNT, ...over }).store).toEqual({
      ...store,
      container: 'cases',
      clientId: 'id',
    });
  });

  test('in an emulator, also in local mode', () => {
    for (const base of [LOCAL, PRODUCTION])
      expect(readConfig({ ...base, ...EMULATOR }).store).toMatchObject({ kind: 'cosmos', key: 'hunter2' });
  });

  test('an account is never reached by key or without TLS', () => {
    const lines = problems({ ...PRODUCTION, ...ACCOUNT, COSMOS_KEY: 'hunter2' });
    expect(lines).toEqual([expect.stringMatching(/^COSMOS_KEY: .*マネージド ID/)]);
    expect(lines.join()).not.toContain('hunter2');
    const insecure = { ...PRODUCTION, ...ACCOUNT, COSMOS_ENDPOINT: 'http://city.documents.azure.com/' };
    expect(problems(insecure)).toEqual([expect.stringMatching(/^COSMOS_ENDPOINT: https/)]);
  });

  test.each(['https://127.0.0.1.example', 'https://localhost.example', 'https://10.0.0.1:8081'])(
    '%s is not this machine',
    (endpoint) => {
      const env = { ...EMULATOR, COSMOS_ENDPOINT: endpoint };
      expect(namesOf(problems({ ...PRODUCTION, ...env }))).toEqual(['COSMOS_KEY']);
      expect(namesOf(problems({ ...LOCAL, ...env }))).toEqual(['COSMOS_ENDPOINT']);
    },
  );

  test.each(['http://localhost:8081', 'https://127.0.0.2', 'https://[::1]:8081/'])('%s is', (endpoint) => {
    expect(problems({ ...LOCAL, ...EMULATOR, COSMOS_ENDPOINT: endpoint })).toEqual([]);
  });

  test('names everything that is missing at once', () => {
    expect(namesOf(problems({ ...PRODUCTION, MAMORI_STORE: 'cosmos' }))).toEqual([
      'COSMOS_ENDPOINT',
      'COSMOS_DATABASE',
    ]);
    expect(namesOf(problems({ ...PRODUCTION, ...EMULATOR, COSMOS_KEY: '' }))).toEqual(['COSMOS_KEY']);
    expect(namesOf(problems({ ...PRODUCTION, ...ACCOUNT, COSMOS_ENDPOINT: 'city' }))).toEqual([
      'COSMOS_ENDPOINT',
    ]);
  });

  test('an endpoint that would not be used is a mistake: cases would go to a disk where nobody looks', () => {
    const { MAMORI_STORE: _, ...rest } = ACCOUNT;
    expect(problems({ ...PRODUCTION, ...rest })).toEqual([
      expect.stringMatching(/^COSMOS_ENDPOINT: MAMORI_STORE=cosmos/),
    ]);
  });
});

describe('the proxy of the city', () => {
  test.each(['HTTPS_PROXY', 'https_proxy'])('%s may be the address of one, by http or https', (name) => {
    for (const address of ['', 'http://proxy.example:8080', 'https://user:secret@proxy.example'])
      expect(problems({ ...PRODUCTION, [name]: address })).toEqual([]);
    const wrong = ['proxy.example:8080', 'socks5://secret@proxy.example', 'http://', '内部プロキシ'];
    const halves = [
      'http://secret@proxy.example',
      'http://:secret@proxy.example',
      'http://me:%secret@proxy.example',
    ];
    for (const address of [...wrong, ...halves]) {
      const [line, ...more] = problems({ ...PRODUCTION, [name]: address });
      expect(line).toMatch(new RegExp(`^${name}: ${wrong.includes(address) ? 'http://' : 'ユーザー名'}`));
      expect(line).not.toContain('secret');
      expect(more).toEqual([]);
    }
  });

  test('one that is empty is not set, and hides no other', () => {
    const address = 'http://proxy.example:8080';
    const both = {
      https_proxy: '',
      HTTPS_PROXY: address,
      no_proxy: '',
      NO_PROXY: 'a.example, 10.0.0.1,.b.example',
    };
    expect(proxySettings(both)).toEqual({ address, except: 'a.example,.a.example,10.0.0.1,.b.example' });
    expect(proxySettings({ ...both, https_proxy: 'http://first.example' }).address).toBe(
      'http://first.example',
    );
    expect(proxySettings({})).toEqual({ address: '', except: '' });
  });

  test('is nothing to local mode, which sends to this machine', () => {
    expect(problems({ ...LOCAL, HTTPS_PROXY: 'proxy.example:8080' })).toEqual([]);
  });
});

describe('numbers and heartbeat', () => {
  test('numbers are shown only where a port says so, and always in local mode', () => {
    expect(readConfig(PRODUCTION).metricsPort).toBeUndefined();
    expect(readConfig(LOCAL).metricsPort).toBe(0);
    expect(readConfig({ ...PRODUCTION, MAMORI_METRICS_PORT: '9464' }).metricsPort).toBe(9464);
  });

  test('the heartbeat goes out encrypted, or stays on the machine, and its secret is never quoted', () => {
    const beats = (url: string) => ({ ...PRODUCTION, MAMORI_HEARTBEAT_URL: url });
    expect(readConfig(PRODUCTION).heartbeatUrl).toBeUndefined();
    for (const url of ['https://switch.example/abc', 'http://127.0.0.1:9000/abc'])
      expect(readConfig(beats(url)).heartbeatUrl).toBe(url);
    for (const url of [
      'http://switch.example/abc',
      'ftp://switch.example/abc',
      'https://me:abc@switch.example',
    ]) {
      const [line, ...more] = problems(beats(url));
      expect(line).toMatch(/^MAMORI_HEARTBEAT_URL: /);
      expect(line).not.toContain('abc');
      expect(more).toEqual([]);
    }
  });
});

describe('a wrong setting is named, with the mend', () => {
  test.each([
    ['MAMORI_MODE', 'lokal', 'local / production'],
    ['PORT', 'x', '0〜65535'],
    ['PORT', '70000', '0〜65535'],
    ['PORT', '-1', '0〜65535'],
    ['PORT', '39.5', '0〜65535'],
    ['MAMORI_METRICS_PORT', 'x', '0〜65535'],
    ['MAMORI_HEARTBEAT_URL', 'https://switch.example/abc', 'MAMORI_MODE=local'],
    ['MAMORI_HEARTBEAT_URL', 'switch', 'https://'],
    ['MAMORI_ORGANIZATION', '', 'YAML'],
    ['MAMORI_STORE', 'postgres', 'sqlite / cosmos'],
    ['MAMORI_LOG_LEVEL', 'loud', 'debug / info / warn / error / silent'],
    ['MicrosoftAppType', 'MultiTenant', 'SingleTenant / UserAssignedMSI'],
  ])('%s=%s', (name, value, mend) => {
    const [line, ...more] = problems({ ...LOCAL, [name]: value });
    expect(line).toMatch(new RegExp(`^${name}: `));
    expect(line).toContain(mend);
    expect(more).toEqual([]);
  });

  test('an empty setting counts as not set', () => {
    expect(readConfig({ ...LOCAL, PORT: '', MAMORI_DATA: '', MAMORI_LOG_LEVEL: '' })).toMatchObject({
      port: 3978,
      dataFolder: '.data',
      logLevel: 'info',
    });
  });

  test('a secret is never quoted', () => {
    const lines = problems({
      ...PRODUCTION,
      MicrosoftAppPassword: 'hunter2',
      MicrosoftAppId: '',
      PORT: 'hunter2',
    });
    expect(lines.join()).not.toContain('hunter2');
  });
});
