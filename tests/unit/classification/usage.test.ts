import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const CLASSIFICATION = join(import.meta.dirname, '../../../services/classification');
const WEIGHTS = join(CLASSIFICATION, 'learned/weights.json');

function run(file: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(CLASSIFICATION, file), ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const wrong = (sentence: RegExp) => ({ status: 2, stdout: '', stderr: expect.stringMatching(sentence) });

describe('wrong usage is a sentence and exit code 2, never a stack', () => {
  test.each([[['--nope']], [[]], [['--part']]])('npm run eval -- %j', (args) => {
    expect(run('evaluation/evalCli.ts', args)).toEqual(wrong(/^npm run eval -- file\.jsonl .*\n$/));
  });

  test.each([[['--nope']], [['file.jsonl']], [['--curve']]])(
    'npm run train -- %j learns and writes nothing',
    (args) => {
      const before = readFileSync(WEIGHTS);
      expect(run('training/trainCli.ts', args)).toEqual(wrong(/^npm run train .*--curve file\.jsonl.*\n$/));
      expect(readFileSync(WEIGHTS).equals(before)).toBe(true);
    },
  );

  test.each([
    ['evaluation/evalCli.ts', ['nofile.jsonl']],
    ['training/trainCli.ts', ['--curve', 'nofile.jsonl']],
  ])('%s names a file that is missing, and the line of one that has no reports', (file, args) => {
    expect(run(file, args)).toEqual(wrong(/^nofile\.jsonl cannot be read \(ENOENT\)\n$/));
    const other = args.map((arg) => (arg === 'nofile.jsonl' ? import.meta.filename : arg));
    expect(run(file, other)).toEqual(wrong(/usage\.test\.ts:1: not JSON\n$/));
  });
});
