import { suggestionCard, suggestionDoneCard, suggestionReadyCard } from '../../cards/suggestionCard.ts';
import type { SendOutcome } from '../../services/channel.ts';
import type { Perform } from '../../services/engine/aggregate.ts';
import type { Report } from '../../services/reports/report.ts';
import type { performReport as inProcess } from '../../services/reports/reports.ts';
import { type EffectParts, languageOf } from './call.ts';

/** What a report owes: the suggestion to its reporter alone, in personal chat, and its neutral end. */
export function performReportEffects(
  parts: EffectParts,
  local: ReturnType<typeof inProcess>,
): Perform<Report> {
  const { channel } = parts;
  return async (effect, report): Promise<unknown> => {
    if (effect.kind === 'classify' || effect.kind === 'tell') return local(effect, report);
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
    // An attempt may have arrived: a second card with quotes would stay when one of them is answered.
    if (effect.uncertain > 0) {
      return channel.send(to, { ...suggestionReadyCard({ language, code, draft }), alert: false });
    }
    const selected = suggestion.labels.map((label) => label.id);
    const card = suggestionCard({ language, code, draft, suggestion, mode: 'confirm', selected });
    return channel.send(to, { ...card, alert: false });
  };
}
