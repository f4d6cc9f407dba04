import { suggestionCard, suggestionDoneCard } from '../../cards/suggestionCard.ts';
import type { ReportEntry } from '../../services/reports/report.ts';
import { text } from './fields.ts';
import { say } from './onCase.ts';
import { refusalSentence } from './refusals.ts';
import type { Answer, Services, Turn } from './turn.ts';
import { labelsOf } from './workForms.ts';

type Step = 'open' | 'confirm' | 'edit' | 'correct';

/** 案を見る / この案でよい / 修正する (promise 6): the reporter's word is kept beside the suggestion. */
export async function suggestion(
  services: Services,
  turn: Turn,
  step: Step,
  data: Readonly<Record<string, unknown>>,
): Promise<Answer> {
  const code = text(data.code, 20);
  const draft = text(data.draft, 100);
  const file = await services.cases.file(code, turn.actor.id);
  const entry = file?.report?.entries.find((e) => e.draft === draft);
  if (entry === undefined || entry.suggestion === null) {
    return say(turn, refusalSentence(turn, services, 'stale-card'), code);
  }
  // Their own words: but who has been left out of the case since, or has left the organisation, sees nothing of it.
  const isReporter = entry.by.id === turn.actor.id && file?.may('add') === true;
  if (!isReporter) return say(turn, refusalSentence(turn, services, 'not-yours'), code);
  if (entry.judgement !== null) return done(services, turn, code, entry, true);
  const { what } = turn.incoming;
  const pressed = what.type === 'tap' ? what.pressed : undefined;
  const executed = await run();
  if (executed.kind === 'done' && (step === 'open' || step === 'edit')) {
    return { card: quotingCard(turn, code, entry, step === 'edit' ? 'edit' : 'confirm') };
  }
  if (executed.kind === 'absent') return say(turn, refusalSentence(turn, services, 'stale-card'), code);
  const after = executed.state.entries.find((e) => e.draft === draft) ?? entry;
  return done(services, turn, code, after, executed.kind === 'refused');

  function run() {
    const { reports } = services;
    if (step === 'confirm') return reports.confirm(code, turn.actor, draft, pressed);
    if (step === 'correct') return reports.correct(code, turn.actor, draft, labelsOf(data.labels), pressed);
    return reports.viewed(code, turn.actor, draft, pressed);
  }
}

/** With quotes: the view log has been written before. */
function quotingCard(turn: Turn, code: string, entry: ReportEntry, mode: 'confirm' | 'edit') {
  const suggested = entry.suggestion ?? {
    labels: [],
    assessment: 'needs-judgement',
    danger: 'none',
    dangerEvidence: [],
  };
  const selected = suggested.labels.map((label) => label.id);
  const { draft } = entry;
  return suggestionCard({
    language: turn.language,
    code,
    draft,
    suggestion: suggested,
    mode,
    selected,
  });
}

/** Neutral from here on: no quotes (promise 7). */
function done(services: Services, turn: Turn, code: string, entry: ReportEntry, again: boolean): Answer {
  const { judgement } = entry;
  if (judgement === null) return say(turn, refusalSentence(turn, services, 'try-again'), code);
  const { labels, outcome } = judgement;
  const notice = again ? { notice: refusalSentence(turn, services, 'suggestion-handled') } : {};
  return { card: suggestionDoneCard({ language: turn.language, code, labels, outcome, ...notice }) };
}
