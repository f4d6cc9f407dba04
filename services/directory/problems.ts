import type { LineCounter, Document as YamlDocument } from 'yaml';
import { isNode } from 'yaml';
import type { core } from 'zod';

/** One thing to mend in the organisation file. */
export interface Problem {
  /** `people[3].section`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong and how to mend it, in Japanese. */
  readonly message: string;
  /** Counted from 1. */
  readonly line?: number;
}

export type Path = readonly PropertyKey[];

/** A problem found in the values, before its line is looked up. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

/** The organisation file cannot be used. `problems` are those listed in the message. */
export class OrganizationError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], file = '組織の設定ファイル') {
    const lines = problems.map(({ path, message, line }) => {
      const where = path === '' ? '' : `${path}: `;
      return `- ${where}${message}${line === undefined ? '' : `（${line}行目）`}`;
    });
    super(
      `${file} に直すところが ${problems.length} 件あります。直してから、もう一度起動してください。\n${lines.join('\n')}`,
    );
    this.name = 'OrganizationError';
    this.problems = problems;
  }
}

/** `['people', 3, 'section']` as `people[3].section`. */
export function writePath(path: Path): string {
  return path.reduce<string>((written, part) => {
    if (typeof part === 'number') return `${written}[${part}]`;
    return written === '' ? String(part) : `${written}.${String(part)}`;
  }, '');
}

/** zod's findings, one for each unknown key. */
export function fromSchema(issues: readonly core.$ZodIssue[]): Finding[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => ({ path: [...issue.path, name], message: `「${name}」${issue.message}` }))
      : [{ path: issue.path, message: issue.message }],
  );
}

/** Adds the line of the value, or of the nearest thing around it that is in the file. */
export function locate(findings: readonly Finding[], document: YamlDocument, lines: LineCounter): Problem[] {
  return findings.map(({ path, message }) => {
    const offset = offsetOf(path, document);
    const problem = { path: writePath(path), message };
    return offset === undefined ? problem : { ...problem, line: lines.linePos(offset).line };
  });
}

function offsetOf(path: Path, document: YamlDocument): number | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return undefined;
}
