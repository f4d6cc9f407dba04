import { japanTime, noonOf } from './calendar.ts';
import { type Finding, writePath } from './problems.ts';
import type { RiskScope } from './riskScope.ts';
import { squeezeName } from './text.ts';

/** Absences that ended longer ago than this serve nobody, and say more about people than the file should. */
const KEPT_DAYS = 180;

export const peopleRisks = (scope: RiskScope): Finding[] => [...twins(scope), ...oldAbsences(scope)];

/** One person under two ids is paged on an account that nobody reads (an old one, or one of another tenant). */
function twins({ roster }: RiskScope): Finding[] {
  const seen = new Map<string, number>();
  return roster.org.people.flatMap(({ name, section }, index) => {
    const key = JSON.stringify([squeezeName(name), section]);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, index);
      return [];
    }
    const unit = roster.sections.get(section) ?? roster.departments.get(section);
    const message = `「${name}」が${unit?.name ?? section}に二人います（${writePath(['people', first])} と、id が別）。同じ人なら、今の Teams アカウントでないほうを消してください（同姓同名の別人なら、このままでかまいません）。`;
    return [{ path: ['people', index, 'name'], message }];
  });
}

function oldAbsences({ roster, today }: RiskScope): Finding[] {
  const { day: kept } = japanTime(noonOf(today, -KEPT_DAYS));
  const old = roster.org.people.flatMap(({ away }, index) =>
    away.flatMap(({ to }, at) => (to < kept ? [['people', index, 'away', at]] : [])),
  );
  const [path] = old;
  if (path === undefined) return [];
  const message = `終わってから ${KEPT_DAYS} 日を過ぎた不在の期間が ${old.length} 件あります。使われることがなく、休みの記録が残るだけなので消してください。`;
  return [{ path, message }];
}
