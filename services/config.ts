import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.object({
  MAMORI_MODE: z.enum(['local', 'production']).default('production'),
  PORT: port.default(3978),
  MAMORI_DATA: z.string().min(1).default('.data'),
  MAMORI_ORGANIZATION: z.string().min(1),
  MAMORI_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  MAMORI_DEMO_PAGE: z.string().min(1).optional(),
  MAMORI_SERVICE_HOSTS: z.string().default('smba.trafficmanager.net'),
  MicrosoftAppId: z.string().default(''),
  MicrosoftAppPassword: z.string().default(''),
  MicrosoftAppType: z.enum(['SingleTenant', 'UserAssignedMSI']).default('SingleTenant'),
  MicrosoftAppTenantId: z.string().default(''),
  COSMOS_ENDPOINT: z.string().default(''),
});

export interface Config {
  readonly mode: 'local' | 'production';
  readonly port: number;
  /** Address to listen on: loopback in local mode. */
  readonly host: string;
  readonly dataFolder: string;
  readonly organizationFile: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly demoPage: string | undefined;
  /** Hosts that messages may be sent to; a tampered address would leak the bot's token. */
  readonly serviceHosts: readonly string[];
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
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(explain).join('\n'));
  const env = parsed.data;
  const problems = env.MAMORI_MODE === 'local' ? localProblems(env) : productionProblems(env);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    mode: env.MAMORI_MODE,
    port: env.PORT,
    host: env.MAMORI_MODE === 'local' ? '127.0.0.1' : '0.0.0.0',
    dataFolder: env.MAMORI_DATA,
    organizationFile: env.MAMORI_ORGANIZATION,
    logLevel: env.MAMORI_LOG_LEVEL,
    demoPage: env.MAMORI_MODE === 'local' ? env.MAMORI_DEMO_PAGE : undefined,
    serviceHosts:
      env.MAMORI_MODE === 'local'
        ? ['localhost', '127.0.0.1', '[::1]']
        : env.MAMORI_SERVICE_HOSTS.split(',').map((host) => host.trim().toLowerCase()),
    app: {
      id: env.MicrosoftAppId,
      password: env.MicrosoftAppPassword,
      type: env.MicrosoftAppType,
      tenantId: env.MicrosoftAppTenantId,
    },
  };
}

type Environment = z.infer<typeof schema>;

/** Local mode has no authentication: it must be impossible to reach production with it. */
function localProblems(env: Environment): string[] {
  const problems: string[] = [];
  if (env.MicrosoftAppId !== '') {
    problems.push(
      'MicrosoftAppId: MAMORI_MODE=local では認証を行わないため指定できません。どちらかを外してください。',
    );
  }
  if (env.COSMOS_ENDPOINT !== '') {
    problems.push('COSMOS_ENDPOINT: MAMORI_MODE=local では指定できません。どちらかを外してください。');
  }
  return problems;
}

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
  return problems;
}

function explain(issue: z.core.$ZodIssue): string {
  const name = issue.path.join('.');
  if (name === 'MAMORI_ORGANIZATION')
    return `${name}: 必須です。組織の YAML ファイルのパスを指定してください。`;
  if (name === 'PORT') return `${name}: 0〜65535 の数にしてください。`;
  if (issue.code === 'invalid_value')
    return `${name}: ${issue.values.map(String).join(' / ')} のどれかにしてください。`;
  return `${name}: 値が正しくありません（${issue.message}）。`;
}
