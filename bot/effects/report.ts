import { leftCard } from '../../cards/leftCard.ts';
import { suggestionCard, suggestionDoneCard, suggestionReadyCard } from '../../cards/suggestionCard.ts';
import type { Call } from '../../services/calls/call.ts';
import { mayDo } from '../../services/calls/roles.ts';
import type { SendOutcome } from '../../services/channel.ts';
import type { Perform } from '../../services/engine/aggregate.ts';
import type { Effect } from '../../services/engine/envelope.ts';
import type { SentSuggestion } from '../../services/reports/decide.ts';
import type { Report } from '../../services/reports/report.ts';
import type { performReport as inProcess } from '../../services/reports/reports.ts';
import type { ViewLog } from '../../services/views/viewLog.ts';
import { caseOrLeft } from '../caseView.ts';
import { type EffectParts, languageOf } from './parts.ts';

interface Showing {
  readonly local: ReturnType<typeof inProcess>;
  readonly views: ViewLog;
  readonly read: (code: string) => Promise<Call | undefined>;
}

/** A narrative that stands open becomes the case's neutral card, or says nothing to whoever may not see that. */
async function cover(
  parts: EffectParts,
  { person, data }: Effect,
  call: Call | undefined,
  report: Report,
): Promise<SendOutcome> {
  const language = await languageOf(parts, person);
  const { directory, clock } = parts;
  const card =
    call === undefined
      ? leftCard({ language, code: report.code })
      : caseOrLeft({ directory, now: clock.now(), language, viewer: person, call, report });
  return parts.channel.update({ person }, String(data.activityId), { ...card, alert: false });
}

/** What a report owes: the suggestion to its reporter alone, in personal chat, and its neutral end. */
export function performReportEffects(parts: EffectParts, { local, views, read }: Showing): Perform<Report> {
  const { channel } = parts;
  return async (effect, report): Promise<unknown> => {
    if (effect.kind === 'classify' || effect.kind === 'tell') return local(effect, report);
    if (effect.kind === 'cover') return cover(parts, effect, await read(report.code), report);
    const entry = report.entries.find((e) => e.draft === effect.data.draft);
    if (entry === undefined || entry.suggestion === null)
      return { kind: 'gone', reason: 'no entry' } satisfies SendOutcome;
    const language = await languageOf(parts, entry.by.id);
    const { code } = report;
    const { suggestion, judgement, draft } = entry;
    const to = { person: entry.by.id };
    if (effect.kind === 'neutral' && judgement !== null) {
      const activityId = effect.data.activityId ?? entry.card;
      if (typeof activityId !== 'string') return { kind: 'gone', reason: 'no card' } satisfies SendOutcome;
      const { labels, outcome } = judgement;
      const done = suggestionDoneCard({ language, code, labels, outcome });
      return channel.update(to, activityId, { ...done, alert: false });
    }
    const maySee = async () => {
      const call = await read(code);
      return call !== undefined && mayDo(call, parts.directory, entry.by.id, 'add', parts.clock.now());
    };
    // Out of the organisation, or left out of the case.
    if (!(await maySee())) return { kind: 'gone', reason: 'left' } satisfies SendOutcome;
    // An attempt may have arrived: a second card with quotes would stay when one of them is answered.
    if (effect.uncertain > 0) {
      return channel.send(to, { ...suggestionReadyCard({ language, code, draft }), alert: false });
    }
    await views.write(code, entry.by, 'suggestion');
    const selected = suggestion.labels.map((label) => label.id);
    const card = suggestionCard({ language, code, draft, suggestion, mode: 'confirm', selected });
    const sent = await channel.send(to, { ...card, alert: false });
    const isLate = sent.kind === 'delivered' && !(await maySee());
    return { ...sent, ...(isLate ? { left: true } : {}) } satisfies SentSuggestion;
  };
}
