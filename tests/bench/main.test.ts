import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const MAIN = join(import.meta.dirname, 'main.ts');

test.each([[['--help']], [['nope']], [['--quick=yes']], [['taps', 'storm', '--out', 'a.json']]])(
  'npm run bench -- %j is told the usage and what there is, without a stack',
  (args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
    expect(stderr).toMatch(/^npm run bench -- .*\nnames: taps, storm, .*\n$/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  },
);
