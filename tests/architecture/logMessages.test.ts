import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

const sources = ['bot', 'services'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file)),
);

interface Logged {
  readonly level: string;
  readonly message: string;
}

/** What a program logs, as `log.warn({ … }, 'message')`, on whatever the log is a part of. */
function logged(program: string): Logged[] {
  return [...program.matchAll(/\b[lL]og(?:\?\.|\.)\s*(info|warn|error)\(/g)].map((call) => {
    const [, level = ''] = call;
    return { level, message: messageIn(argumentsAt(program, call.index + call[0].length)) };
  });
}

/** Up to the parenthesis that closes the call. */
function argumentsAt(program: string, from: number): string {
  let open = 1;
  for (let at = from; at < program.length; at += 1) {
    if (program[at] === '(') open += 1;
    if (program[at] === ')') open -= 1;
    if (open === 0) return program.slice(from, at);
  }
  throw new Error(`no end: ${program.slice(from, from + 80)}`);
}

/** A word of its own where it stands in quotation marks or has a name; else as it is written. */
function messageIn(args: string): string {
  const [, literal, name, other = ''] = /(?:'([^']*)'|([A-Z][A-Z_]+)|(`[^`]*`))\s*,?\s*$/.exec(args) ?? [];
  if (name !== undefined) return named(name);
  const message = literal ?? other;
  if (message === '') throw new Error(`no message: ${args}`);
  return message;
}

function named(name: string): string {
  const declared = new RegExp(`const ${name} = '([^']*)'`);
  const [message] = sources.flatMap((file) => declared.exec(read(file))?.[1] ?? []);
  if (message === undefined) throw new Error(`${name} is no message`);
  return message;
}

const all = sources.flatMap((file) => logged(read(file)));
const messages = new Set(all.map(({ message }) => message));
const section = read('docs/errors.md').split('## ログに出る知らせ')[1]?.split('\n## ')[0] ?? '';
const listed = [...section.matchAll(/^\| (`[^|]*`)\s*\|/gm)].flatMap(([, names = '']) =>
  [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
);

describe('messages in the log', () => {
  test('are found wherever the log stands, with a parenthesis in what goes with them, and over several lines', () => {
    const program = `
      this.#log.warn(
        { key: keyText(key), kind },
        'not delivered',
      );
      onRejected: ({ problems }) => parts.log.error(whereToLook(problems), 'refused');
      return log?.info({}, \`case \${kind}\`);
      this.#parts.log.warn({ effect }, CLAIM_EXPIRED);
    `;
    expect(logged(program)).toEqual([
      { level: 'warn', message: 'not delivered' },
      { level: 'error', message: 'refused' },
      { level: 'info', message: '`case ${kind}`' },
      { level: 'warn', message: 'claim expired' },
    ]);
    expect(messages.size).toBeGreaterThan(30);
  });

  test('that warn or tell of an error have an entry in docs/errors.md', () => {
    const grave = new Set(all.filter(({ level }) => level !== 'info').map(({ message }) => message));
    expect([...grave].filter((message) => !listed.includes(message))).toEqual([]);
  });

  test('have one entry each, and none is of a message that nobody logs', () => {
    expect(listed.filter((message) => !messages.has(message))).toEqual([]);
    expect(listed).toEqual([...new Set(listed)]);
  });

  test('docs/operations.md sends nobody to look for a message that does not come', () => {
    const named = [...read('docs/operations.md').matchAll(/ログ(?:の|に) `([^`]+)`/g)].map(
      ([, name = '']) => name,
    );
    expect(named).toContain('poll failed');
    expect(named.filter((message) => !listed.includes(message))).toEqual([]);
  });
});
