type Environment = Readonly<Record<string, string | undefined>>;

/** By either name, the small letters first; one that is empty is not set. */
const firstSet = (
  environment: Environment,
  ...names: readonly string[]
): [name: string, value: string] | undefined =>
  names.flatMap((name): [string, string][] => {
    const value = environment[name] ?? '';
    return value === '' ? [] : [[name, value]];
  })[0];

const proxy = (environment: Environment) => firstSet(environment, 'https_proxy', 'HTTPS_PROXY');

interface ProxySettings {
  /** Empty: there is none. */
  readonly address: string;
  /** Hosts that are reached without it, and all below them; with commas, as all clients of the process understand it. */
  readonly except: string;
}

/** A name, and no address, pattern or port. */
const NAME = /^(?=.*[a-z])[a-z0-9][a-z0-9.-]*$/i;

/** To some clients a name means itself alone, and `.name` those below it; to others both mean both. */
const withBelow = (hosts: string): string =>
  hosts
    .split(/[,\s]+/)
    .flatMap((host) => (NAME.test(host) ? [host, `.${host}`] : [host]))
    .join(',');

/** The proxy by which everything encrypted goes out. */
export const proxySettings = (environment: Environment): ProxySettings => ({
  address: proxy(environment)?.[1] ?? '',
  except: withBelow(firstSet(environment, 'no_proxy', 'NO_PROXY')?.[1] ?? ''),
});

/** What is wrong with it, one line each. Its address may hold a password and is never quoted. */
export function proxyProblems(environment: Environment): string[] {
  const [name, address] = proxy(environment) ?? [];
  if (name === undefined || address === undefined) return [];
  if (!/^https?:\/\//.test(address) || !URL.canParse(address))
    return [`${name}: http://proxy.example.lg.jp:8080 の形（http:// か https:// から）で指定してください。`];
  const { username, password } = new URL(address);
  if ((username === '') !== (password === ''))
    return [`${name}: ユーザー名とパスワードは、両方書くか、両方省いてください。`];
  if (!isDecodable(username + password))
    return [`${name}: ユーザー名とパスワードの中の % は %25 と書いてください（ほかの記号も %xx の形）。`];
  return [];
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
