import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/** Activities that nobody sends in good faith: generated, and made of real ones by breaking them. */

type Json = Record<string, unknown>;

const FIXTURES = join(import.meta.dirname, '../fixtures/activities');

/** What real clients sent, as far as there are records of it. */
export function recorded(): Json[] {
  let names: string[] = [];
  try {
    names = readdirSync(FIXTURES).filter((name) => name.endsWith('.json'));
  } catch {
    return [];
  }
  const read = names.map((name) => JSON.parse(readFileSync(join(FIXTURES, name), 'utf8')) as unknown);
  return read.flat().filter((one): one is Json => typeof one === 'object' && one !== null);
}

/** None of these words calls anybody. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }).map((s) => `zz${s}`),
  fc.constantFrom(
    '',
    '\u0000',
    '\ud800',
    '${$root}',
    '<at>x</at>',
    '__proto__',
    "'; DROP TABLE documents; --",
    '../../etc/passwd',
    'z'.repeat(5_000),
    '<script>alert(1)</script>',
  ),
);

export const strange: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.constantFrom<unknown>(null, undefined, true, -1, 1e308, [], {}, [[]], { id: {} }, { length: -1 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(JSON.parse('{"__proto__":{"type":"message"},"constructor":{"prototype":{}}}')),
);

const paths = (value: unknown, prefix: readonly string[] = []): string[][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) => [[...prefix, key], ...paths(inner, [...prefix, key])]);

function put(target: unknown, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined || typeof target !== 'object' || target === null) return;
  const object = target as Json;
  if (rest.length === 0) object[key] = value;
  else put(object[key], rest, value);
}

/** One to four fields of the activity are replaced by something that does not belong there. */
export function broken(activity: Json): fc.Arbitrary<Json> {
  const change = fc.tuple(fc.constantFrom(...paths(activity)), strange);
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy = structuredClone(activity);
    for (const [path, value] of changes) put(copy, path, structuredClone(value));
    return copy;
  });
}

/** Anything at all. */
export const nonsense: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.anything({ withBigInt: false, withDate: true, withNullPrototype: true, withSparseArray: true }),
  fc.record({
    type: fc.constantFrom('message', 'invoke', 'installationUpdate'),
    value: strange,
    from: strange,
  }),
);

/** What must not stand in any answer: the inside of the program. */
export const INSIDE =
  /\bat [^"]{0,80}:\d+:\d+|(?:Type|Range|Reference|Syntax|Store|Zod)?Error\b|Cannot read|is not a function|SQLITE|node:internal|node_modules|\.ts\b/;

const ANSWERS = [
  'application/vnd.microsoft.card.adaptive',
  'application/vnd.microsoft.activity.message',
  'application/vnd.microsoft.error',
];

/** An invoke is always answered with a body that Teams can show. */
export function isInvokeAnswer(body: unknown): boolean {
  const { statusCode, type, value } = (body ?? {}) as Json;
  return typeof statusCode === 'number' && ANSWERS.includes(String(type)) && value !== undefined;
}
