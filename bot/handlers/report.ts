import { randomUUID } from 'node:crypto';
import { levelName } from '../../cards/names.ts';
import { fieldErrors } from '../../cards/refusals.ts';
import { type ReportValues, reportFormCard } from '../../cards/reportFormCard.ts';
import { reportSavedCard } from '../../cards/reportSavedCard.ts';
import { casework } from '../../cards/strings/casework.ts';
import { notice } from '../../cards/strings/notices.ts';
import { isEntitled } from '../../services/calls/access.ts';
import type { Call, Participant } from '../../services/calls/call.ts';
import { personCalled } from '../../services/calls/named.ts';
import { isOfGeneralAffairs, mayDo } from '../../services/calls/roles.ts';
import { checkReport } from '../../services/reports/report.ts';
import { nowText, text } from './fields.ts';
import { home } from './home.ts';
import { say, showCase } from './onCase.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';

/** A report is a person's own: a counter account and somebody outside the directory cannot write one. */
function refuseReport(services: Services, turn: Turn): Answer | undefined {
  if (turn.actor.kind === 'counter') return say(turn, refusalSentence(turn, services, 'counter-no-report'));
  if (turn.actor.kind === 'guest') return say(turn, refusalSentence(turn, services, 'guest-only-call'));
  return undefined;
}

/** 報告する: an empty form as a new message; the pressed card stays as it is. */
export async function openForm(
  services: Services,
  turn: Turn,
  code: string | undefined,
  what = '',
): Promise<Answer> {
  const refused = refuseReport(services, turn);
  if (refused !== undefined) return refused;
  const call = code === undefined ? undefined : await services.calls.read(code);
  if (code !== undefined && (call === undefined || !mayAdd(services, turn, call))) {
    return say(turn, refusalSentence(turn, services, call === undefined ? 'unknown-case' : 'not-yours'));
  }
  const values: ReportValues = {
    when: nowText(call?.openedAt ?? services.clock.now()),
    where: call?.places.at(-1)?.text ?? '',
    what,
    danger: false,
    ...(call === undefined && writesForOthers(services, turn.actor.id) ? { forWhom: '' } : {}),
  };
  const form = reportFormCard({
    language: turn.language,
    draft: randomUUID(),
    values,
    errors: {},
    ...(call === undefined ? {} : { code: call.code }),
  });
  if (turn.incoming.what.type !== 'tap') return { messages: [form] };
  const pressed =
    call === undefined ? { card: await home(services, turn) } : await showCase(services, turn, call);
  return { ...pressed, messages: [form] };
}

/** 送信: checked on the server, with the message at the field; nothing typed is lost. */
export async function submitForm(
  services: Services,
  turn: Turn,
  data: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const refused = refuseReport(services, turn);
  if (refused !== undefined) return refused;
  const draft = text(data.draft, 100);
  const code = text(data.code, 20);
  const values: ReportValues = {
    when: text(data.when),
    where: text(data.where),
    what: text(data.what),
    danger: data.danger === true || data.danger === 'true',
    ...(typeof data.forWhom === 'string' ? { forWhom: text(data.forWhom, 200).trim() } : {}),
  };
  const errors = checkReport(values);
  if (draft === '') return say(turn, refusalSentence(turn, services, 'stale-card'));
  if (Object.keys(errors).length > 0) return formAgain(services, turn, { draft, code, values, errors });
  const whom = forWhom(services, turn, values.forWhom ?? '');
  if (typeof whom === 'string')
    return formAgain(services, turn, { draft, code, values, errors, forWhomError: whom });
  const on = { ...(code === '' ? {} : { code }), ...(whom === undefined ? {} : { behalfOf: whom }) };
  const saved = await services.reports.submit(turn.actor, values, draft, on);
  if (typeof saved === 'string') return notAdded(turn, refusalSentence(turn, services, saved), draft, values);
  // Lasting: the same form must not be there to be sent for somebody else.
  return {
    isLasting: true,
    card: reportSavedCard({
      language: turn.language,
      code: saved.code,
      called: saved.called,
      dangerInText: saved.dangerInText,
      open: saved.call?.status === 'open',
      helpExtension: services.directory.helpExtension,
    }),
  };
}

/** The case of the form is not theirs, or there is none: the same words are sent again as a report of its own. */
function notAdded(turn: Turn, why: string, draft: string, values: ReportValues): Answer {
  const { language } = turn;
  const gap = language === 'ja' ? '' : ' ';
  const text = `${why}${gap}${notice(language, 'notAdded')}`;
  return { card: reportFormCard({ language, draft, values, errors: {}, notice: text }) };
}

/** Whoever has a part in the case, General Affairs and the section head (代筆). */
const mayAdd = ({ directory, clock }: Services, { actor }: Turn, call: Call): boolean =>
  isEntitled(call, directory, actor.id) || mayDo(call, directory, actor.id, 'add', clock.now());

const writesForOthers = ({ directory, clock }: Services, person: string): boolean =>
  isOfGeneralAffairs(directory, person, clock.now()) || directory.posts(person, clock.now()).heads.length > 0;

/** Whose report it is: undefined for one's own, a sentence when it cannot be (promise 4). */
function forWhom(services: Services, turn: Turn, typed: string): Participant | string | undefined {
  if (typed === '') return undefined;
  const { directory, clock } = services;
  const { forms } = casework(turn.language);
  const { heads } = directory.posts(turn.actor.id, clock.now());
  const isGeneralAffairs = isOfGeneralAffairs(directory, turn.actor.id, clock.now());
  const found = personCalled(directory, typed, turn.person?.section);
  if (found === undefined) return forms.forWhomUnknown;
  if (found.id === turn.actor.id) return undefined;
  if (!isGeneralAffairs && !heads.includes(found.section)) return forms.forWhomOther;
  return { id: found.id, name: found.name, kind: found.kind };
}

interface Refused {
  readonly draft: string;
  readonly code: string;
  readonly values: ReportValues;
  readonly errors: ReturnType<typeof checkReport>;
  readonly forWhomError?: string;
}

/** The form as it was typed, with what is wrong at each field. 「今も危険」 does not wait until it is right (promise 5). */
async function formAgain(services: Services, turn: Turn, refused: Refused): Promise<Answer> {
  const { draft, values } = refused;
  const { language } = turn;
  const errors = fieldErrors(language, refused.errors, values);
  const asked = refused.code === '' ? undefined : refused.code;
  const again = refused.forWhomError === undefined ? {} : { forWhomError: refused.forWhomError };
  if (!values.danger) {
    const code = asked === undefined ? {} : { code: asked };
    return { card: reportFormCard({ language, draft, values, errors, ...again, ...code }) };
  }
  const whom = forWhom(services, turn, values.forWhom ?? '');
  const on = {
    ...(asked === undefined ? {} : { code: asked }),
    ...(typeof whom === 'object' ? { behalfOf: whom } : {}),
  };
  const helped = await services.reports.callForHelp(turn.actor, values, draft, on);
  const { code } = helped;
  const called = notice(language, 'called', { code, level: levelName('emergency', language) });
  return { card: reportFormCard({ language, draft, values, errors, ...again, code, notice: called }) };
}
