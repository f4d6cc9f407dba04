import { z } from 'zod';
import { alarmProblems } from './alarm/settings.ts';
import { heartbeatProblems } from './audit/settings.ts';
import { LOOPBACK } from './loopback.ts';
import { proxyProblems } from './sending/settings.ts';
import { isLoopback, type StoreSettings } from './store/settings.ts';
import { triggerProblems, triggerSecrets } from './trigger/settings.ts';

const port = z.coerce.number().int().min(0).max(65_535);

const storeSchema = z.object({
  MAMORI_STORE: z.enum(['sqlite', 'cosmos']).default('sqlite'),
  MAMORI_DATA: z.string().min(1).default('.data'),
  COSMOS_ENDPOINT: z.string().default(''),
  COSMOS_DATABASE: z.string().default(''),
  COSMOS_CONTAINER: z.string().default('mamori'),
  COSMOS_KEY: z.string().default(''),
  AZURE_CLIENT_ID: z.string().default(''),
});

const corrections = {
  MAMORI_CORRECTIONS: z.enum(['on', 'off']).default('off'),
};

const schema = storeSchema.extend({
  ...corrections,
  MAMORI_MODE: z.enum(['local', 'production']).default('production'),
  PORT: port.default(3978),
  MAMORI_ORGANIZATION: z.string().min(1),
  MAMORI_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  MAMORI_METRICS_PORT: port.optional(),
  MAMORI_HEARTBEAT_URL: z.string().default(''),
  MAMORI_DEMO_PAGE: z.string().min(1).optional(),
  MAMORI_SERVICE_HOSTS: z.string().default('smba.trafficmanager.net'),
  MAMORI_SERVICE_URL: z.string().default('https://smba.trafficmanager.net/teams/'),
  MAMORI_INSTANCES: z.coerce.number().int().min(1).max(1_000).default(1),
  HTTPS_PROXY: z.string().default(''),
  MAMORI_ALARM_URL: z.string().default(''),
  MAMORI_ALARM_SECRET: z.string().default(''),
  MAMORI_TRIGGER_SECRETS: z.string().min(1).optional(),
  MicrosoftAppId: z.string().default(''),
  MicrosoftAppPassword: z.string().default(''),
  MicrosoftAppType: z.enum(['SingleTenant', 'UserAssignedMSI']).default('SingleTenant'),
  MicrosoftAppTenantId: z.string().default(''),
});

export interface Config {
  readonly mode: 'local' | 'production';
  readonly port: number;
  /** Address to listen on: loopback in local mode. */
  readonly host: string;
  readonly store: StoreSettings;
  /** Where the embedded store keeps its file. */
  readonly dataFolder: string;
  readonly organizationFile: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Of `/metrics`, on 127.0.0.1; 0: any free one; undefined: none. */
  readonly metricsPort: number | undefined;
  /** A dead man's switch; holds a secret. */
  readonly heartbeatUrl: string | undefined;
  readonly demoPage: string | undefined;
  /** Whether corrected reports may be exported as training data at all: the text itself is personal data. */
  readonly corrections: boolean;
  /** Hosts that messages may be sent to; a tampered address would leak the bot's token. */
  readonly serviceHosts: readonly string[];
  /** Where conversations are created until an activity has said where; undefined in local mode. */
  readonly serviceUrl: string | undefined;
  /** How many instances share what may be sent to the tenant. */
  readonly instances: number;
  /** The second way to reach people (docs/alarm.md); absent: there is none. */
  readonly alarm?: { readonly url: string; readonly secret: string };
  /** Secrets of registered places: by id, and a folder with a file each. */
  readonly triggers: {
    readonly given: Readonly<Record<string, string>>;
    readonly folder: string | undefined;
  };
  readonly app: {
    readonly id: string;
    readonly password: string;
    readonly type: 'SingleTenant' | 'UserAssignedMSI';
    readonly tenantId: string;
  };
}

/** A setting is wrong: the message says which and how to mend it, one line each. */
export class ConfigError extends Error {}

/** Names and meanings are listed in `.env.example`. @throws ConfigError */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const env = parse(schema, environment);
  const problems =
    env.MAMORI_MODE === 'local'
      ? localProblems(env)
      : [...productionProblems(env), ...proxyProblems(environment)];
  if (!isAccountInLocalMode(env)) problems.push(...storeProblems(env));
  problems.push(...alarmProblems(env, env.MAMORI_MODE), ...triggerProblems(environment));
  problems.push(...heartbeatProblems(env, env.MAMORI_MODE));
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    mode: env.MAMORI_MODE,
    store: storeSettings(env),
    port: env.PORT,
    host: env.MAMORI_MODE === 'local' ? '127.0.0.1' : '0.0.0.0',
    dataFolder: env.MAMORI_DATA,
    organizationFile: env.MAMORI_ORGANIZATION,
    logLevel: env.MAMORI_LOG_LEVEL,
    metricsPort: env.MAMORI_METRICS_PORT ?? (env.MAMORI_MODE === 'local' ? 0 : undefined),
    heartbeatUrl: env.MAMORI_HEARTBEAT_URL === '' ? undefined : env.MAMORI_HEARTBEAT_URL,
    corrections: env.MAMORI_CORRECTIONS === 'on',
    demoPage: env.MAMORI_MODE === 'local' ? env.MAMORI_DEMO_PAGE : undefined,
    serviceHosts: env.MAMORI_MODE === 'local' ? LOOPBACK : hostsOf(env),
    serviceUrl: env.MAMORI_MODE === 'local' ? undefined : env.MAMORI_SERVICE_URL,
    instances: env.MAMORI_INSTANCES,
    ...(env.MAMORI_ALARM_URL === ''
      ? {}
      : { alarm: { url: env.MAMORI_ALARM_URL, secret: env.MAMORI_ALARM_SECRET } }),
    triggers: { given: triggerSecrets(environment), folder: env.MAMORI_TRIGGER_SECRETS },
    app: {
      id: env.MicrosoftAppId,
      password: env.MicrosoftAppPassword,
      type: env.MicrosoftAppType,
      tenantId: env.MicrosoftAppTenantId,
    },
  };
}

/** Only where documents are kept: for tools that need no bot. @throws ConfigError */
export function readStoreSettings(environment: Record<string, string | undefined>): StoreSettings {
  const env = parse(storeSchema, environment);
  const problems = storeProblems(env);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return storeSettings(env);
}

/** For `npm run corrections`: it checks the permit against the organisation. @throws ConfigError */
export function readCorrectionsSettings(environment: Record<string, string | undefined>): {
  readonly isOn: boolean;
  readonly store: StoreSettings;
  readonly organizationFile: string;
} {
  const env = parse(
    storeSchema.extend({ ...corrections, MAMORI_ORGANIZATION: z.string().min(1) }),
    environment,
  );
  const problems = storeProblems(env);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    isOn: env.MAMORI_CORRECTIONS === 'on',
    store: storeSettings(env),
    organizationFile: env.MAMORI_ORGANIZATION,
  };
}

function parse<Shape extends z.ZodType>(
  shape: Shape,
  environment: Record<string, string | undefined>,
): z.infer<Shape> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = shape.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(explain).join('\n'));
  return parsed.data;
}

type Environment = z.infer<typeof schema>;
type StoreEnvironment = z.infer<typeof storeSchema>;

const hostsOf = (env: Environment): string[] =>
  env.MAMORI_SERVICE_HOSTS.split(',').map((host) => host.trim().toLowerCase());

/** Local mode has no authentication: it must be impossible to reach production with it. */
function localProblems(env: Environment): string[] {
  const problems: string[] = [];
  if (env.MicrosoftAppId !== '') {
    problems.push(
      'MicrosoftAppId: MAMORI_MODE=local では認証を行わないため指定できません。どちらかを外してください。',
    );
  }
  if (isAccountInLocalMode(env)) {
    problems.push('COSMOS_ENDPOINT: MAMORI_MODE=local では指定できません。どちらかを外してください。');
  }
  return problems;
}

/** An emulator on this machine holds no real cases. */
const isAccountInLocalMode = (env: Environment): boolean =>
  env.MAMORI_MODE === 'local' && env.COSMOS_ENDPOINT !== '' && !isLoopback(env.COSMOS_ENDPOINT);

function productionProblems(env: Environment): string[] {
  const problems: string[] = [];
  if (env.MicrosoftAppId === '') {
    problems.push(
      'MicrosoftAppId: 必須です。空のままでは受信の認証が行われません。（手元で試す場合は MAMORI_MODE=local）',
    );
  }
  if (env.MicrosoftAppTenantId === '')
    problems.push('MicrosoftAppTenantId: 必須です。市のテナントの ID を指定してください。');
  if (env.MicrosoftAppType === 'SingleTenant' && env.MicrosoftAppPassword === '') {
    problems.push('MicrosoftAppPassword: MicrosoftAppType=SingleTenant では必須です。');
  }
  const { MAMORI_SERVICE_URL: address } = env;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' || !hostsOf(env).includes(url.host)) {
    problems.push(
      'MAMORI_SERVICE_URL: https:// で始まる、MAMORI_SERVICE_HOSTS にあるホストのアドレスにしてください。',
    );
  }
  return problems;
}

function storeProblems(env: StoreEnvironment): string[] {
  const { COSMOS_ENDPOINT: endpoint } = env;
  if (env.MAMORI_STORE === 'sqlite') {
    // Said nothing, cases would go to a disk where nobody looks for them.
    return endpoint === ''
      ? []
      : [
          'COSMOS_ENDPOINT: MAMORI_STORE=cosmos のときだけ使われます。MAMORI_STORE=cosmos にするか、外してください。',
        ];
  }
  const problems: string[] = [];
  if (!isUrl(endpoint)) {
    problems.push('COSMOS_ENDPOINT: https://<アカウント>.documents.azure.com/ の形で指定してください。');
  } else if (isLoopback(endpoint)) {
    if (env.COSMOS_KEY === '')
      problems.push(
        'COSMOS_KEY: エミュレーターでは必須です。エミュレーターの説明にあるキーを指定してください。',
      );
  } else {
    if (!endpoint.startsWith('https:'))
      problems.push(
        'COSMOS_ENDPOINT: https:// で始めてください。http はエミュレーター（このマシン）だけです。',
      );
    if (env.COSMOS_KEY !== '')
      problems.push(
        'COSMOS_KEY: エミュレーターでだけ使えます。アカウントへはマネージド ID で接続します。外してください。',
      );
  }
  if (env.COSMOS_DATABASE === '')
    problems.push(
      'COSMOS_DATABASE: MAMORI_STORE=cosmos では必須です。データベースの名前を指定してください。',
    );
  return problems;
}

function storeSettings(env: StoreEnvironment): StoreSettings {
  if (env.MAMORI_STORE === 'sqlite') return { kind: 'sqlite', folder: env.MAMORI_DATA };
  return {
    kind: 'cosmos',
    endpoint: env.COSMOS_ENDPOINT,
    database: env.COSMOS_DATABASE,
    container: env.COSMOS_CONTAINER,
    ...(env.COSMOS_KEY === '' ? {} : { key: env.COSMOS_KEY }),
    ...(env.AZURE_CLIENT_ID === '' ? {} : { clientId: env.AZURE_CLIENT_ID }),
  };
}

const isUrl = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text);

function explain(issue: z.core.$ZodIssue): string {
  const name = issue.path.join('.');
  if (name === 'MAMORI_ORGANIZATION')
    return `${name}: 必須です。組織の YAML ファイルのパスを指定してください。`;
  if (name === 'PORT' || name === 'MAMORI_METRICS_PORT') return `${name}: 0〜65535 の数にしてください。`;
  if (name === 'MAMORI_INSTANCES') return `${name}: 1〜1000 の数にしてください。`;
  if (issue.code === 'invalid_value')
    return `${name}: ${issue.values.map(String).join(' / ')} のどれかにしてください。`;
  return `${name}: 値が正しくありません（${issue.message}）。`;
}
