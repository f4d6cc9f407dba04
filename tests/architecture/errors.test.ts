import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

test('docs/errors.md lists every code of a store error, and no other', () => {
  const declared = /readonly code:([^;]+);/.exec(read('services/store/store.ts'))?.[1] ?? '';
  const codes = [...declared.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]).sort();
  const section = read('docs/errors.md').split('## 保存のエラー')[1]?.split('\n## ')[0] ?? '';
  const listed = [...section.matchAll(/^\| `([a-z-]+)`\s*\|/gm)].map((match) => match[1]).sort();
  expect(codes.length).toBeGreaterThan(3);
  expect(listed).toEqual(codes);
});

test('.env.example lists every setting that is read, and no other', () => {
  const settings = [...read('services/config.ts').matchAll(/^ {2}([A-Z][A-Za-z_]+): /gm)].map(
    (match) => match[1],
  );
  const listed = [...read('.env.example').matchAll(/^([A-Za-z_]+)=/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual(settings.sort());
});
