import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { createClassifier } from '../../../services/classification/createClassifier.ts';
import { answerLine } from '../../../services/classification/lines.ts';

const classifier = createClassifier();

describe('npm run classify', () => {
  test('answers every line in order, names a bad one and goes on', async () => {
    const { stdout, stderr, code } = await run(
      [
        JSON.stringify({ id: 'a', text: '「殺すぞ」と怒鳴られました' }),
        'これはJSONではない',
        '',
        JSON.stringify({ id: 2, text: '窓口にいます', facts: { dangerNow: true } }),
      ].join('\n'),
    );
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([
      expect.objectContaining({ id: 'a', assessment: 'harassment', danger: 'imminent' }),
      { id: null, error: 'line 2: not JSON' },
      expect.objectContaining({ id: 2, danger: 'imminent', dangerEvidence: [] }),
    ]);
    const label = lines[0].labels.find(({ id }: { id: string }) => id === 'verbal-abuse');
    expect(label).toEqual({
      id: 'verbal-abuse',
      score: expect.any(Number),
      evidence: expect.arrayContaining([{ start: 6, end: 13, text: '怒鳴られました', cue: 'verbal.shout' }]),
      clause: 'P9',
    });
    expect(stderr).toBe('line 2: not JSON\n');
    expect(code).toBe(0);
  }, 30_000);

  test('answers a line before the next one comes', async () => {
    const child = spawn(process.execPath, ['services/classification/cli.ts']);
    child.stdin.write(`${JSON.stringify({ id: 1, text: 'あ' })}\n`);
    const [first] = await once(child.stdout, 'data');
    expect(JSON.parse(String(first)).id).toBe(1);
    child.stdin.end();
    await once(child, 'close');
  }, 30_000);
});

test('the heap is swept while it reads, so that a long batch takes no more memory than a short one', async () => {
  const line = `${JSON.stringify({ id: 1, text: '窓口で大きな声を出されました。'.repeat(200) })}\n`;
  const { stdout } = await run(line.repeat(250), ['--trace-gc']);
  const characters = line.length * 250;
  const sweeps = stdout.split('\n').filter((one) => one.includes('Mark-Compact (reduce)'));
  expect(stdout.split('\n').filter((one) => one.startsWith('{'))).toHaveLength(250);
  expect(sweeps.length).toBeGreaterThanOrEqual(Math.floor(characters / 300_000));
}, 30_000);

test.each([
  ['[]', 'line 7: not a JSON object'],
  ['{"text":"x"}', 'line 7: "id" is not a string or number'],
  ['{"id":1}', 'line 7: "text" is not a string'],
  ['{"id":1,"text":"x","facts":3}', 'line 7: "facts" is not an object'],
  ['{"id":1,"text":"x","facts":{"minutes":"30"}}', 'line 7: "facts.minutes" is not a number'],
  ['{"id":1,"text":"x","facts":{"dangerNow":1}}', 'line 7: "facts.dangerNow" is not true or false'],
  ['{"id":1,"text":"x","facts":{"injured":"yes"}}', 'line 7: "facts.injured" is not true or false'],
  [
    '{"id":1,"text":"x","facts":{"cityFault":"yes"}}',
    'line 7: "facts.cityFault" is not "none", "checking" or "found"',
  ],
])('%s is named', (line, problem) => {
  const answered = answerLine(classifier, line, 7);
  expect(answered.problem).toBe(problem);
  expect(JSON.parse(answered.output)).toEqual({ id: null, error: problem });
});

async function run(
  input: string,
  flags: readonly string[] = [],
): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const child = spawn(process.execPath, [...flags, 'services/classification/cli.ts']);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  return { stdout, stderr, code };
}
