import { block, bold, button, line, row, title } from './parts.ts';
import { render } from './render.ts';
import type { Language, Rendered } from './rendered.ts';
import { reachStrings } from './strings/reach.ts';
import { cardTemplate } from './template.ts';
import noticeTemplate from './templates/notice.json' with { type: 'json' };

const template = cardTemplate('reachPost', noticeTemplate);

interface ReachPostInput {
  readonly language: Language;
  /** How many may be paged, how many of them cannot be, and how many of these are news. */
  readonly all: number;
  readonly unreached: number;
  readonly fresh: number;
  /** In personal chat the list is one tap away; in a channel it is said how to get there. */
  readonly isPersonal: boolean;
}

/** That some people cannot be paged: counts alone. Who they are is for General Affairs in personal chat (promise 7). */
export function reachPost({ language, all, unreached, fresh, isPersonal }: ReachPostInput): Rendered {
  const { channel, buttons } = reachStrings(language);
  const lines = [
    title(channel.title),
    line(bold(channel.counts(all, unreached))),
    line(fresh === 0 ? channel.still : fresh < unreached ? channel.fresh(fresh) : ''),
    ...(isPersonal ? [] : [line(channel.how)]),
  ];
  return render(
    template,
    {
      blocks: [
        block('warning', lines, [row(button(buttons.show, 'reach.open', isPersonal ? { page: 0 } : {}))]),
      ],
    },
    channel.title,
  );
}
