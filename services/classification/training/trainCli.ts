/**
 * `npm run train`: reads `training/reports/`, chooses thresholds by cross-validation and writes
 * `learned/weights.json`. Deterministic: the same data give the same file, byte for byte, on the same Node.js.
 *
 * `npm run train -- --curve file.jsonl [--part score]`: writes nothing; figures on that file of models that have
 * seen an eighth, a quarter, half and all of the reports. Exit code 2: wrong usage.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Figures, figuresOf, type Judged } from '../evaluation/metrics.ts';
import { decide } from '../learned/decide.ts';
import { hashOf } from '../learned/ngrams.ts';
import { signalsOf } from '../learned/signals.ts';
import { createLearnedClassifier } from '../learnedClassifier.ts';
import { readReport } from '../reading.ts';
import { readArguments, readLabelled } from '../usage.ts';
import { type LabelledReport, readCorpus } from './corpus.ts';
import { type Example, exampleOf } from './examples.ts';
import { crossPredict, learn } from './learn.ts';
import { storedModel } from './store.ts';
import { thresholdsFor } from './thresholds.ts';

const FOLDS = 5;
const WEIGHTS = new URL('../learned/weights.json', import.meta.url);

const USAGE = 'npm run train [-- --curve file.jsonl [--part tune|score]]';

const { values } = readArguments({ options: { curve: { type: 'string' }, part: { type: 'string' } } }, USAGE);
const apart = values.curve === undefined ? undefined : readLabelled(values.curve, values.part);
const examples = readCorpus(fileURLToPath(new URL('reports', import.meta.url))).map(exampleOf);
if (apart === undefined) train();
else curve(apart);

function train(): void {
  const started = Date.now();
  const predictions = crossPredict(examples, FOLDS);
  const thresholds = thresholdsFor(examples, predictions);
  writeFileSync(WEIGHTS, `${JSON.stringify(storedModel(learn(examples), thresholds), null, 1)}\n`);
  const judged = examples.map(({ report }, at) => judgedBy(report, thresholds, predictions[at] ?? []));
  say(
    `${examples.length} reports, ${Math.round((Date.now() - started) / 1000)} s, in ${FOLDS} folds: ${inShort(figuresOf(judged))}`,
  );
  say(`thresholds ${thresholds.join(' ')}`);
}

function judgedBy(
  report: Example['report'],
  thresholds: readonly number[],
  probabilities: readonly number[],
): Judged {
  const facts = report.facts ?? {};
  const { rules } = signalsOf(readReport(report.text));
  const { labels, assessment, danger } = decide({ thresholds }, probabilities, rules.danger, facts);
  const unquoted = labels.map((label) => ({ ...label, evidence: [], clause: '' }));
  return { report, suggestion: { labels: unquoted, assessment, danger, dangerEvidence: [] } };
}

function curve(reports: readonly LabelledReport[]): void {
  const thresholds: number[] = JSON.parse(readFileSync(WEIGHTS, 'utf8')).thresholds;
  // A share by hash, so that each smaller set is part of each larger one.
  const placeOf = ({ report }: Example): number => (hashOf(`curve ${report.text}`) >>> 0) / 2 ** 32;
  for (const share of [1 / 8, 1 / 4, 1 / 2, 1]) {
    const some = examples.filter((example) => placeOf(example) < share);
    const classifier = createLearnedClassifier(storedModel(learn(some), thresholds));
    const judged = reports.map((report) => ({
      report,
      suggestion: classifier.classify(report.text, report.facts),
    }));
    say(`${some.length} reports: ${inShort(figuresOf(judged))}`);
  }
}

function inShort(figures: Figures): string {
  const { macroF1, microF1, assessmentAccuracy, dangerRecall, falseAlarms, legitimateAccused } = figures;
  const words = {
    'macro-F1': macroF1,
    'micro-F1': microF1,
    assessment: assessmentAccuracy,
    'danger recall': dangerRecall,
    'false alarms': falseAlarms,
    'legitimate accused': legitimateAccused,
  };
  return Object.entries(words)
    .map(([name, value]) => `${name} ${value.toFixed(3)}`)
    .join(', ');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
