/**
 * `npm run train`: reads `training/reports/`, chooses thresholds by cross-validation and writes
 * `learned/weights.json`. Deterministic: the same data give the same file, byte for byte, on the same Node.js.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readCorpus } from './corpus.ts';
import { exampleOf } from './examples.ts';
import { crossPredict, learn } from './learn.ts';
import { storedModel } from './store.ts';
import { thresholdsFor } from './thresholds.ts';

const FOLDS = 5;
const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

const started = Date.now();
const reports = readCorpus(path('reports'));
const examples = reports.map(exampleOf);
const thresholds = thresholdsFor(examples, crossPredict(examples, FOLDS));
const model = storedModel(learn(examples), thresholds);
writeFileSync(path('../learned/weights.json'), `${JSON.stringify(model, null, 1)}\n`);
process.stdout.write(
  `${reports.length} reports, ${Math.round((model.features.length * 3) / 16)} features, thresholds ${thresholds.join(' ')}, ${Math.round((Date.now() - started) / 1000)} s\n`,
);
