import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sign, verify } from '../../../services/alarm/signature.ts';

/** docs/alarm.md is what others build against: its vectors and examples are true. */
const text = readFileSync(join(process.cwd(), 'docs/alarm.md'), 'utf8');
const vectors = text.split('### 試験用の値')[1]?.split('\n## ')[0] ?? '';
const [, secret = ''] = /secret: `([^`]+)`/.exec(vectors) ?? [];
const [, timestamp = ''] = /timestamp: `(\d+)`/.exec(vectors) ?? [];
const all = [
  ...vectors.matchAll(/id `([^`]+)`[\s\S]*?```text\n(.+)\n```\s+```text\n(v1=[0-9a-f]{64})\n```/g),
].map(([, id = '', body = '', signature = '']) => ({ id, body, signature }));
const NOW = Number(timestamp) * 1000;

const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\n\`\`\``).exec(text)?.[1] ?? '';

interface Case {
  readonly name: string;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly status: number;
}

/** A right request, the same once more, one that was written otherwise, one of an hour ago. */
function cases(header: (name: string) => string): Case[] {
  const request = (id: string, at: number, body: string, signed = body) => ({
    headers: {
      [header('Timestamp')]: String(at),
      [header('Id')]: id,
      [header('Signature')]: sign(secret, { timestamp: String(at), id, body: signed }),
    },
    body,
  });
  const now = Math.floor(Date.now() / 1000);
  const body = '{"text":"緊急の呼び出しです。"}';
  return [
    { name: 'right', ...request('id-number-1', now, body), status: 204 },
    { name: 'again', ...request('id-number-1', now + 1, body), status: 409 },
    { name: 'other body', ...request('id-number-2', now, `${body} `, body), status: 401 },
    { name: 'old', ...request('id-number-3', now - 3_600, body), status: 401 },
    { name: 'nothing', headers: {}, body, status: 401 },
  ];
}

describe('docs/alarm.md', () => {
  test('has a vector for either direction', () => {
    expect(all.map(({ id }) => id.includes('signal'))).toEqual([true, false]);
  });

  test.each(all)('$id is signed as it says', ({ id, body, signature }) => {
    expect(sign(secret, { timestamp, id, body })).toBe(signature);
    expect(verify(secret, { timestamp, id, body, signature }, NOW)).toBe('ok');
  });

  test('the example for Node tells them apart', () => {
    const asked = cases((name) => `x-mamori-${name.toLowerCase()}`);
    const script = `${block('js')}
      const seen = new Set();
      const asked = ${JSON.stringify(asked)};
      console.log(JSON.stringify(asked.map(({ headers, body }) => isFromMamori(${JSON.stringify(secret)}, headers, body, seen))));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(asked.map(({ status }) => status));
  });

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  (hasPython ? test : test.skip)('the example for Python tells them apart', () => {
    const asked = cases((name) => `X-Mamori-${name}`);
    const script = `${block('python')}
import json, sys
seen = set()
print(json.dumps([is_from_mamori(${JSON.stringify(secret)}, one["headers"], one["body"].encode(), seen) for one in json.load(sys.stdin)]))`;
    // Without a Timestamp there is no number: the signature is wrong before that matters.
    const { stdout, stderr } = spawnSync('python3', ['-c', script], {
      encoding: 'utf8',
      input: JSON.stringify(asked),
    });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(asked.map(({ status }) => status));
  });
});
