import { MIN_SECRET_BYTES } from '../alarm/signature.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const PREFIX = 'MAMORI_TRIGGER_SECRET_';

/** `MAMORI_TRIGGER_SECRET_ZEIMU_2` is the secret of the place `zeimu-2`. */
const given = (environment: Environment): [name: string, secret: string][] =>
  Object.entries(environment).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && value !== undefined && value !== '' ? [[name, value]] : [],
  );

/** Secrets of registered places that the environment gives, by id of the place. */
export const triggerSecrets = (environment: Environment): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given(environment).map(([name, secret]) => [
      name.slice(PREFIX.length).toLowerCase().replaceAll('_', '-'),
      secret,
    ]),
  );

/** What is wrong, one line each. Two places with one secret could sign for each other. */
export function triggerProblems(environment: Environment): string[] {
  const seen = new Set<string>();
  return given(environment).flatMap(([name, secret]) => {
    const again = seen.has(secret);
    seen.add(secret);
    if (Buffer.byteLength(secret) < MIN_SECRET_BYTES)
      return [`${name}: ${MIN_SECRET_BYTES}バイト以上にしてください（例: openssl rand -base64 32）。`];
    return again ? [`${name}: ほかの場所と同じ鍵です。場所ごとに別の鍵にしてください。`] : [];
  });
}
