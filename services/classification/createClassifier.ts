import type { Classifier } from './classifier.ts';
import weights from './learned/weights.json' with { type: 'json' };
import { createLearnedClassifier } from './learnedClassifier.ts';

/** The classifier of the product, with the committed weights. Import it late: it takes some dozen milliseconds. */
export const createClassifier = (): Classifier => createLearnedClassifier(weights);
