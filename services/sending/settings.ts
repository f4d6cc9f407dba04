/** By either name; its value may hold a password and is never quoted. Which hosts go without it says `NO_PROXY`. */
const NAMES = ['HTTPS_PROXY', 'https_proxy'] as const;

/** What is wrong with the proxy that messages to Teams are to go by, one line each. */
export function proxyProblems(environment: Readonly<Record<string, string | undefined>>): string[] {
  return NAMES.flatMap((name) => {
    const address = environment[name] ?? '';
    if (address === '' || (/^https?:\/\//.test(address) && URL.canParse(address))) return [];
    return [`${name}: http://proxy.example.lg.jp:8080 の形（http:// か https:// から）で指定してください。`];
  });
}
