/**
 * `npm run classify < reports.jsonl > suggestions.jsonl`: one JSON line in, one JSON line out, in order, while it
 * reads. Nothing is stored or sent; texts stay in this process.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { createClassifier } from './createClassifier.ts';
import { answerLine } from './lines.ts';
import { createSweeper } from './sweep.ts';

const classifier = createClassifier();
const sweep = createSweeper();
let number = 0;

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  number += 1;
  if (line.trim() === '') continue;
  const { output, problem } = answerLine(classifier, line, number);
  if (problem !== undefined) process.stderr.write(`${problem}\n`);
  if (!process.stdout.write(`${output}\n`)) await once(process.stdout, 'drain');
  sweep(line.length);
}
