import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ASSESSMENTS,
  type Assessment,
  CATEGORY_IDS,
  type CategoryId,
  type Danger,
  type ReportFacts,
} from '../classifier.ts';

/** A report with the labels that careful readers gave it (`training/README.md` has the rules). */
export interface LabelledReport {
  readonly id: string;
  readonly text: string;
  readonly facts?: ReportFacts;
  readonly labels: readonly CategoryId[];
  readonly assessment: Assessment;
  readonly danger: Danger;
}

/** All `*.jsonl` of a folder, by name; the same text twice counts once. @throws Error naming file and line */
export function readCorpus(folder: string): LabelledReport[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  const seen = new Set<string>();
  return files
    .sort()
    .flatMap((name) => parseReports(readFileSync(join(folder, name), 'utf8'), name))
    .filter(({ text }) => !seen.has(text) && seen.add(text));
}

/** JSON Lines of labelled reports; `name` is named in errors. @throws Error naming the line */
export function parseReports(lines: string, name: string): LabelledReport[] {
  return lines.split('\n').flatMap((line, at) => {
    if (line.trim() === '') return [];
    const where = `${name}:${at + 1}`;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new Error(`${where}: not JSON`);
    }
    const problem = problemOf(value);
    if (problem !== undefined) throw new Error(`${where}: ${problem}`);
    return [value as LabelledReport];
  });
}

const DANGERS: readonly unknown[] = ['none', 'imminent', 'harm-done'];

function problemOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return 'not an object';
  const { id, text, labels, assessment, danger } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof text !== 'string' || text === '') return '"id" or "text" is missing';
  if (!Array.isArray(labels) || labels.some((one) => !CATEGORY_IDS.includes(one))) return 'unknown label';
  if (!(ASSESSMENTS as readonly unknown[]).includes(assessment)) return 'unknown assessment';
  if (!DANGERS.includes(danger)) return 'unknown danger';
  if (assessment === 'not-harassment' && labels.length > 0) return 'not-harassment has no labels';
  return undefined;
}
