import { type CaseLink, caseCard } from '../cards/caseCard.ts';
import { leftCard } from '../cards/leftCard.ts';
import type { Language, Rendered } from '../cards/rendered.ts';
import { isEntitled } from '../services/calls/access.ts';
import type { Call } from '../services/calls/call.ts';
import { mayDo } from '../services/calls/roles.ts';
import { timelineOf } from '../services/cases/timeline.ts';
import type { Directory, PersonId } from '../services/directory/directory.ts';
import { categoriesOf } from '../services/reports/categories.ts';
import type { Report } from '../services/reports/report.ts';

interface CaseViewInput {
  readonly directory: Directory;
  readonly now: number;
  readonly language: Language;
  readonly viewer: PersonId;
  readonly call: Call;
  readonly report: Report | undefined;
  readonly link?: CaseLink;
  readonly notice?: string | undefined;
}

/** The neutral card of a case as its viewer may see it now; nothing of it for whoever may not. */
export function caseOrLeft(input: CaseViewInput): Rendered {
  const { directory, now, language, viewer, call, report, notice } = input;
  const may = (action: Parameters<typeof mayDo>[3]) => mayDo(call, directory, viewer, action, now);
  if (!may('state')) return leftCard({ language, code: call.code });
  const events = timelineOf(call, report);
  return caseCard({
    language,
    call,
    report,
    categories: categoriesOf(report),
    // What is done with the record is for those who may read it.
    events: may('read') ? events : events.filter(({ type }) => type === 'call' || type === 'report'),
    may,
    hasLive: isEntitled(call, directory, viewer),
    link: input.link ?? { code: call.code },
    directory,
    now,
    notice,
  });
}
