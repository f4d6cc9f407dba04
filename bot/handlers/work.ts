import { randomUUID } from 'node:crypto';
import { timelineCard, viewsCard } from '../../cards/caseLogCards.ts';
import { casework } from '../../cards/strings/casework.ts';
import { assignCard, closeSureCard, NOBODY } from '../../cards/workForms.ts';
import type { Participant } from '../../services/calls/call.ts';
import { mayDo } from '../../services/calls/roles.ts';
import type { CaseFile, HandlingCommand } from '../../services/cases/cases.ts';
import { timelineOf } from '../../services/cases/timeline.ts';
import { StoreError } from '../../services/store/store.ts';
import type { ViewPage } from '../../services/views/viewLog.ts';
import { linkOf, onFile, refuse, showFile, type Tap, type TapHandler } from './caseFile.ts';
import { text } from './fields.ts';
import { say } from './onCase.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';

const VIEWS_SHOWN = 20;

/** What General Affairs does with a case as a whole (受付, 担当, 対応終了), and its logs. */
export const workTaps = {
  'work.open': (services, turn, tap) =>
    onFile(services, turn, tap, 'state', (file, link) => showFile(services, turn, file, link)),
  'work.timeline': (services, turn, tap) =>
    onFile(services, turn, tap, 'state', async ({ call, report, may }, link) => {
      const events = timelineOf(call, report);
      const shown = may('read') ? events : events.filter(({ type }) => type === 'call' || type === 'report');
      const base = { language: turn.language, call, events: shown, link, now: services.clock.now() };
      return { card: timelineCard({ ...base, page: pageOf(tap) }) };
    }),
  'work.views': (services, turn, tap) =>
    onFile(services, turn, tap, 'views', async (_file, link) => {
      const { items, next } = await viewsAt(services, link.code, text(tap.data.cursor, 500));
      return {
        card: viewsCard({ language: turn.language, views: items, link, next, now: services.clock.now() }),
      };
    }),
  'work.accept': (services, turn, tap) =>
    handle(services, turn, tap, { type: 'accept', by: turn.actor }, 'accepted'),
  'work.reopen': (services, turn, tap) =>
    handle(services, turn, tap, { type: 'reopen', by: turn.actor }, 'reopened'),
  'work.close': (services, turn, tap) =>
    handle(services, turn, tap, { type: 'close', by: turn.actor, sure: tap.data.sure === true }, 'closed'),
  'work.assign': (services, turn, tap) =>
    onFile(services, turn, tap, 'assign', async (file, link) => ({
      card: assignCard(
        {
          language: turn.language,
          link,
          draft: randomUUID(),
          values: { assignee: file.call.handling?.assignee?.id ?? turn.actor.id },
          errors: {},
        },
        assignable(services, file),
      ),
    })),
  'work.assign-save': (services, turn, tap) =>
    onFile(services, turn, tap, 'assign', (file) => assign(services, turn, tap, file)),
} satisfies Record<string, TapHandler>;

export const pageOf = ({ data }: Tap): number =>
  typeof data.page === 'number' && Number.isSafeInteger(data.page) ? data.page : 0;

/** A place in the log that the store did not give leads to its start. */
async function viewsAt({ views }: Services, code: string, cursor: string): Promise<ViewPage> {
  if (cursor === '') return views.list(code, VIEWS_SHOWN);
  try {
    return await views.list(code, VIEWS_SHOWN, cursor);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'bad-cursor') throw error;
    return views.list(code, VIEWS_SHOWN);
  }
}

/** One command on the case; the answer is its card as it is then. */
async function handle(
  services: Services,
  turn: Turn,
  tap: Tap,
  command: HandlingCommand,
  notice: 'accepted' | 'assigned' | 'closed' | 'reopened',
): Promise<Answer> {
  const link = linkOf(tap);
  const worked = await services.cases.handle(link.code, command);
  if (worked.kind === 'done') {
    return showFile(services, turn, worked.file, link, casework(turn.language).notices[notice]);
  }
  // Asked by the rule itself: a call that was raised a moment ago is not ended in passing (promise 2).
  if (worked.reason === 'still-calling') return { card: closeSureCard({ language: turn.language, link }) };
  const file = await services.cases.file(link.code, turn.actor.id);
  if (file === undefined)
    return say(turn, refusalSentence(turn, services, 'unknown-case', { code: link.code }));
  return refuse(services, turn, file, link, worked.reason, worked.detail);
}

/** Who of General Affairs may have the case: nobody implicated, not the one it happened to. */
const assignable = ({ directory, clock }: Services, { call }: CaseFile): Participant[] =>
  directory
    .generalAffairsFallback(clock.now())
    .filter((id) => mayDo(call, directory, id, 'assign', clock.now()))
    .flatMap((id) => {
      const person = directory.person(id);
      return person === undefined ? [] : [{ id, name: person.name, kind: person.kind }];
    });

async function assign(services: Services, turn: Turn, tap: Tap, file: CaseFile): Promise<Answer> {
  const chosen = text(tap.data.assignee, 100);
  const people = assignable(services, file);
  const to = people.find(({ id }) => id === chosen) ?? null;
  if (to === null && chosen !== NOBODY) {
    const { forms } = casework(turn.language);
    const base = { language: turn.language, link: linkOf(tap), draft: randomUUID() };
    const errors = { assignee: forms.chooseAssignee };
    return { card: assignCard({ ...base, values: { assignee: '' }, errors }, people) };
  }
  return handle(services, turn, tap, { type: 'assign', by: turn.actor, to }, 'assigned');
}
