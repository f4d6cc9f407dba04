import { readOrganization } from './organization.ts';
import { OrganizationError, type Problem } from './problems.ts';
import { riskFindings } from './risks.ts';

interface Examination {
  /** 直すところ: the file is not used while there is one. */
  readonly errors: readonly Problem[];
  /** 注意; undefined when the errors leave nothing to look at. In the order of the file. */
  readonly risks: readonly Problem[] | undefined;
}

/** Everything that can be said about a text. `today` is a day in Japan, `2026-12-01`. */
export function examine(text: string, today: string): Examination {
  try {
    const { errors, organization, locate } = readOrganization(text);
    const risks = organization && locate(riskFindings(organization, today));
    return { errors, risks: risks?.toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0)) };
  } catch (error) {
    if (error instanceof OrganizationError) return { errors: error.problems, risks: undefined };
    throw error;
  }
}

/** As it is printed: for the person who keeps the file, who need not know programming. */
export function report(file: string, today: string, { errors, risks }: Examination): string {
  const parts = [
    `${file} を調べました（${today} 現在）。`,
    ...block('直すところ', 'これを直すまで、まもりはこのファイルを使いません', errors),
    ...block('注意', '動きますが、いざというときに困るかもしれません', risks ?? []),
    summary(errors.length, risks?.length),
  ];
  return parts.join('\n\n');
}

function block(title: string, meaning: string, problems: readonly Problem[]): string[] {
  if (problems.length === 0) return [];
  const items = problems.map(({ path, line, message }, index) => {
    const where = [path, line === undefined ? '' : `${line}行目`].filter((part) => part !== '');
    const [first, second] = where;
    const place = second === undefined ? (first ?? 'ファイル全体') : `${first}（${second}）`;
    return `${index + 1}. ${place}\n   ${message}`;
  });
  return [[`■ ${title} ${problems.length} 件 ── ${meaning}`, ...items].join('\n')];
}

function summary(errors: number, risks: number | undefined): string {
  const later =
    risks === undefined
      ? '「注意」は、直したあとにもう一度調べると出ます。'
      : `ほかに注意が ${risks} 件あります。`;
  if (errors > 0) return `まとめ: 直すところが ${errors} 件あります。${risks === 0 ? '' : later}`;
  if (risks !== undefined && risks > 0)
    return `まとめ: このまま使えます。注意が ${risks} 件あるので、上から順に確かめてください。`;
  return 'まとめ: 問題は見つかりませんでした。このまま安心して使えます。';
}
