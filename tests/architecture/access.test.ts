import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { accessTable } from '../../services/calls/accessTable.ts';

test('docs/access.md is what the rules say (npm run docs:access writes it)', () => {
  const written = readFileSync(join(import.meta.dirname, '../../docs/access.md'), 'utf8');
  expect(written).toBe(accessTable());
});
