import type { Call } from '../services/calls/call.ts';
import { after, type CardDirectory, pageSummary, participantName, placeDetail, placeText } from './names.ts';
import { block, bold, line, run, subtle } from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import noticeTemplate from './templates/notice.json' with { type: 'json' };
import { clockText } from './text.ts';

const template = cardTemplate('channel', noticeTemplate);

export interface ChannelInput {
  readonly language: Language;
  readonly call: Call;
  readonly directory: CardDirectory;
  readonly now: number;
  readonly reason: 'emergency' | 'exhausted' | 'danger-in-text' | 'engine';
}

/** Post to General Affairs' channel: level, place, caller, code, nothing else (promise 7), and no buttons. */
export function channelCard({ language, call, directory, now, reason }: ChannelInput): Rendered {
  const words = strings(language);
  const big = { weight: 'bolder', size: 'large' } as const;
  const caller = `${participantName(call.caller, words)}${words.gap}${call.code}`;
  // Danger read in a report matters after the end as well.
  const isOver = call.status !== 'open' && reason !== 'danger-in-text';
  const lines = [
    line(run(words.levels[call.level], big), run(after(placeText(call), words), big)),
    line(placeDetail(call, directory, words)),
    line(caller, subtle(`${words.gap}${words.channel.at(clockText(call.openedAt, now))}`)),
    line(bold(isOver ? words.channel[call.status] : words.channel[reason])),
  ];
  if (reason !== 'danger-in-text' && !isOver) lines.push(line(words.channel.answer(call.code)));
  const style = isOver ? 'default' : reason === 'danger-in-text' ? 'warning' : 'attention';
  return render(template, { blocks: [block(style, lines)] }, pageSummary(call, words));
}
