import { block, bold, button, line, row, title } from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { casework } from './strings/casework.ts';
import { strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import noticeTemplate from './templates/notice.json' with { type: 'json' };

const template = cardTemplate('reportSaved', noticeTemplate);

interface ReportSavedInput {
  readonly language: Language;
  readonly code: string;
  /** 「今も危険」 was ticked: people are being called. */
  readonly called: boolean;
  readonly dangerInText: boolean;
  /** Whether the case can still be switched to 緊急; an ended one needs a new call. */
  readonly open: boolean;
  readonly helpExtension: string;
}

/** The report is saved (promise 1); the suggestion follows in a card of its own. */
export function reportSavedCard(input: ReportSavedInput): Rendered {
  const { language, code, called, dangerInText, helpExtension } = input;
  const words = strings(language);
  const { saved, buttons } = words;
  const blocks = [block('default', [title(saved.title), line(bold(code))])];
  if (called) {
    const open = row(button(buttons.openCase, 'case.open', { code }));
    blocks.push(block('attention', [line(bold(saved.called))], [open]));
  } else if (dangerInText) {
    const emergency = input.open
      ? button(buttons.emergency, 'call.raise', { code }, 'destructive')
      : button(buttons.emergency, 'call.emergency', {}, 'destructive');
    const lines = [line(bold(saved.notCalled)), line(saved.notCalledPhone(helpExtension))];
    blocks.push(block('attention', lines, [row(emergency)]));
  }
  const full = row(button(casework(language).buttons.write, 'record.steps', { code }));
  blocks.push(block('default', [line(saved.suggestion), line(saved.full)], [full]));
  return render(template, { blocks }, words.summary.reportSaved(code));
}
