import type { Classifier, ReportFacts } from './classifier.ts';

/** One answered line of `npm run classify`; `problem` goes to stderr as well. */
interface AnsweredLine {
  readonly output: string;
  readonly problem?: string;
}

/**
 * Answers one JSON line `{"id","text","facts"?}`. A line that is none is answered with `{"id":null,"error"}`: one bad
 * line of a batch costs nobody the rest.
 */
export function answerLine(classifier: Classifier, line: string, number: number): AnsweredLine {
  const read = readLine(line);
  if ('error' in read) {
    const problem = `line ${number}: ${read.error}`;
    return { output: JSON.stringify({ id: null, error: problem }), problem };
  }
  return { output: JSON.stringify({ id: read.id, ...classifier.classify(read.text, read.facts) }) };
}

interface ReportLine {
  readonly id: string | number;
  readonly text: string;
  readonly facts: ReportFacts;
}

function readLine(line: string): ReportLine | { error: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: 'not JSON' };
  }
  if (!isRecord(value)) return { error: 'not a JSON object' };
  const { id, text, facts } = value;
  if (typeof id !== 'string' && typeof id !== 'number') return { error: '"id" is not a string or number' };
  if (typeof text !== 'string') return { error: '"text" is not a string' };
  const known = readFacts(facts);
  return typeof known === 'string' ? { error: known } : { id, text, facts: known };
}

function readFacts(facts: unknown): ReportFacts | string {
  if (facts === undefined || facts === null) return {};
  if (!isRecord(facts)) return '"facts" is not an object';
  const known: Record<string, unknown> = {};
  for (const [name, { is, what }] of Object.entries(FACTS)) {
    const value = facts[name];
    if (value === undefined || value === null) continue;
    if (!is(value)) return `"facts.${name}" is not ${what}`;
    known[name] = value;
  }
  return known;
}

const yesNo = { is: (value: unknown) => typeof value === 'boolean', what: 'true or false' };
const FACTS: Readonly<Record<keyof ReportFacts, { is: (value: unknown) => boolean; what: string }>> = {
  dangerNow: yesNo,
  minutes: { is: (value) => typeof value === 'number' && value >= 0, what: 'a number' },
  repeated: yesNo,
  injured: yesNo,
  weapon: yesNo,
  cityFault: {
    is: (value) => value === 'none' || value === 'checking' || value === 'found',
    what: '"none", "checking" or "found"',
  },
  accommodation: yesNo,
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
