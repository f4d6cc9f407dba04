import type { Finding } from './problems.ts';
import { dutyRisks } from './riskDuty.ts';
import { peopleRisks } from './riskPeople.ts';
import { postRisks } from './riskPosts.ts';
import type { RiskScope } from './riskScope.ts';
import { stepRisks } from './riskSteps.ts';
import { createRoster } from './roster.ts';
import type { Organization } from './schema.ts';

/**
 * What is allowed in the file and yet leaves somebody alone when it matters: each with its place and the mend, in
 * Japanese. Only for a file without errors in its references. What is usual in a small city hall is no risk: a list
 * that is never empty is not read.
 */
export function riskFindings(org: Organization, today: string): Finding[] {
  const scope = { roster: createRoster(org), today };
  return [
    ...buildingRisks(org),
    ...sectionRisks(scope),
    ...postRisks(scope),
    ...peopleRisks(scope),
    ...generalAffairsRisks(scope),
    ...dutyRisks(scope),
    ...stepRisks(scope),
  ];
}

function buildingRisks({ buildings }: Organization): Finding[] {
  return buildings.flatMap(({ name, hours }, index) =>
    Object.keys(hours).length > 0
      ? []
      : [
          {
            path: ['buildings', index, 'hours'],
            message: `「${name}」に開庁時間がなく、いつも閉庁日として扱われます。曜日ごとの開庁時間を書いてください。`,
          },
        ],
  );
}

/** 応援職員 are first of all the colleagues of the section (domain: second staff). */
function sectionRisks({ roster }: RiskScope): Finding[] {
  return roster.org.sections.flatMap(({ id, name, head }, index) =>
    roster.members(id).some((member) => member !== head)
      ? []
      : [
          {
            path: ['sections', index],
            message: `${name}には、所属長のほかに職員がいません。課の中から応援に行く人がいないので、people に職員を書くか、近くの課を next に書いてください。`,
          },
        ],
  );
}

function generalAffairsRisks({ roster }: RiskScope): Finding[] {
  const { section, manager, channel } = roster.org.generalAffairs;
  const people = new Set([...roster.members(section), manager]);
  const name = roster.sections.get(section)?.name ?? '総務課';
  return [
    ...(channel === undefined
      ? [
          {
            path: ['generalAffairs', 'channel'],
            message: `${name}のチャネルがありません。「緊急」や「だれも応答しない」の知らせは、${name}の職員へ一人ずつ送ることになります。channel にチャネルの会話IDを書いてください。`,
          },
        ]
      : []),
    ...(people.size > 1
      ? []
      : [
          {
            path: ['generalAffairs', 'section'],
            message: `${name}の職員が一人しかいません。その人が休むと、事案を受け付ける人がいなくなります。people に${name}の職員を足してください。`,
          },
        ]),
  ];
}
