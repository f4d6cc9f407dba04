import type { Call } from '../services/calls/call.ts';
import { after, type CardDirectory, placeDetail, placeText } from './names.ts';
import { block, bold, line, run, subtle } from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { type Strings, strings } from './strings.ts';
import { cardTemplate } from './template.ts';
import noticeTemplate from './templates/notice.json' with { type: 'json' };
import { clockText } from './text.ts';

const STYLES = {
  opened: 'emphasis',
  'danger-in-text': 'warning',
  emergency: 'attention',
  exhausted: 'attention',
  engine: 'attention',
} as const;

const template = cardTemplate('channel', noticeTemplate);

interface ChannelInput {
  readonly language: Language;
  readonly call: Call;
  readonly directory: CardDirectory;
  readonly now: number;
  readonly reason: 'opened' | 'emergency' | 'exhausted' | 'danger-in-text' | 'engine';
}

function sentence(call: Call, reason: ChannelInput['reason'], words: Strings): string {
  if (reason === 'danger-in-text') return words.channel[reason];
  const phase = call.handling?.phase ?? 'new';
  // Nobody was called for a written report, so nobody is called off.
  if (call.level === 'report' && phase !== 'new') return words.channel[phase];
  return call.status === 'open' ? words.channel[reason] : words.channel[call.status];
}

/** Post to General Affairs' channel: level, place and code, nothing else (promise 7), and no buttons. */
export function channelCard({ language, call, directory, now, reason }: ChannelInput): Rendered {
  const words = strings(language);
  const big = { weight: 'bolder', size: 'large' } as const;
  // Danger read in a report matters after the end as well.
  const isOver = call.status !== 'open' && reason !== 'danger-in-text';
  const lines = [
    line(run(words.levels[call.level], big), run(after(placeText(call), words), big)),
    line(placeDetail(call, directory, words)),
    line(bold(call.code), subtle(`${words.gap}${words.channel.at(clockText(call.openedAt, now))}`)),
    line(bold(sentence(call, reason, words))),
  ];
  const isCalling = reason === 'emergency' || reason === 'exhausted';
  if (isCalling && !isOver) lines.push(line(words.channel.answer(call.code)));
  const style = isOver ? 'default' : STYLES[reason];
  const summary = words.summary.page(words.levels[call.level], placeText(call), '', call.code);
  return render(template, { blocks: [block(style, lines)] }, summary);
}
