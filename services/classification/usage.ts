import { readFileSync } from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { type LabelledReport, parseReports } from './training/corpus.ts';

/** What stands behind `npm run … --`; anything else ends the process with the usage. */
export function readArguments<T extends ParseArgsConfig>(
  config: T,
  usage: string,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch {
    return endWith(usage);
  }
}

/** The labelled reports of a file, or those of one part. A file that is no such thing ends the process by its name. */
export function readLabelled(file: string, part: string | undefined): LabelledReport[] {
  try {
    return parseReports(textOf(file), file).filter(
      (report) => part === undefined || ('part' in report && report.part === part),
    );
  } catch (error) {
    return endWith((error as Error).message);
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** A sentence in place of a stack; exit code 2: wrong usage. */
export function endWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}
