/**
 * `npm run eval -- file.jsonl [--part score]`: figures of the classifier on labelled reports. Prints numbers only,
 * never a text: labelled reports may be personal data, or kept apart from those who tune. Exit code 2: wrong usage.
 */
import type { Classifier } from '../classifier.ts';
import { endWith, readArguments, readLabelled } from '../usage.ts';
import { intervalsOf } from './bootstrap.ts';
import { figuresOf, type Judged } from './metrics.ts';
import { reportLines } from './table.ts';

const USAGE = 'npm run eval -- file.jsonl [--part tune|score] [--json]';

const { positionals, values } = readArguments(
  { allowPositionals: true, options: { part: { type: 'string' }, json: { type: 'boolean' } } },
  USAGE,
);
const [file = endWith(USAGE)] = positionals;
const reports = readLabelled(file, values.part);
if (reports.length === 0) endWith('no reports of this part');

const memoryBefore = process.memoryUsage().rss;
const loadStarted = performance.now();
const classifier: Classifier = (await import('../createClassifier.ts')).createClassifier();
const loadMs = performance.now() - loadStarted;

const judged: Judged[] = reports.map((report) => ({
  report,
  suggestion: classifier.classify(report.text, report.facts),
}));
const times = timesOf(classifier);
const figures = figuresOf(judged);
const intervals = intervalsOf(judged, (one) => [
  one.macroF1,
  one.microF1,
  one.assessmentAccuracy,
  ...one.labels.map(({ f1 }) => f1),
]);
const cost = {
  loadMs,
  ...times,
  rssMb: process.memoryUsage().rss / 2 ** 20,
  grownMb: (process.memoryUsage().rss - memoryBefore) / 2 ** 20,
};

if (values.json) process.stdout.write(`${JSON.stringify({ figures, intervals, cost }, null, 2)}\n`);
else process.stdout.write(`${reportLines(figures, intervals, cost).join('\n')}\n`);

/** Each report several times, the first round not counted: what a bot that runs for weeks sees. */
function timesOf(measured: Classifier): { p50: number; p99: number; most: number } {
  const taken: number[] = [];
  for (let round = 0; round < 11; round += 1) {
    for (const { text, facts } of reports) {
      const started = performance.now();
      measured.classify(text, facts);
      if (round > 0) taken.push(performance.now() - started);
    }
  }
  taken.sort((a, b) => a - b);
  const at = (share: number): number =>
    taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}
