import type { Rendered } from './rendered.ts';
import type { CardTemplate } from './template.ts';
import { escapeMarkdown, oneLine } from './text.ts';

/** Teams takes 100 KB counted as UTF-16; the rest is room for what the channel wraps around the card. */
export const MAX_CARD_BYTES = 80 * 1024;

/**
 * Fills a template and makes sure of what Teams and the templating library do not:
 * - a field the view model forgot stays as `${field}`: an error here, never on somebody's screen;
 * - `${…}` in what people wrote is neither an expression nor such a leftover: it is shown as written;
 * - TextBlocks read Markdown, so their text is escaped. Phones do not honour every escape
 *   (AdaptiveCards#5590): templates put people's words into RichTextBlocks, which need none;
 * - the card is not too large to send.
 * @throws Error naming the template, for a leftover expression or more than `MAX_CARD_BYTES`
 */
export function render(source: CardTemplate, data: object, summary: string): Rendered {
  // Hardly anybody writes such things: all other data is filled in as it is.
  const mark = isToBeMasked(data) ? unusedMark(JSON.stringify(data)) : undefined;
  const masked =
    mark === undefined ? data : mapStrings(data, (text) => text.toWellFormed().replaceAll('${', mark));
  const expanded: unknown = source.template.expand({ $root: masked });
  const card = finished(expanded, (text) => {
    if (text.includes('${')) {
      throw new Error(`card ${source.name}: nothing fills ${/\$\{[^}]*\}?/.exec(text)?.[0]}`);
    }
    return mark === undefined ? text : text.replaceAll(mark, '${');
  }) as object;
  const bytes = JSON.stringify(card).length * 2;
  if (bytes > MAX_CARD_BYTES) throw new Error(`card ${source.name}: ${bytes} bytes are too many to send`);
  return { card, summary: previewText(summary) };
}

/** Whether an expression is in it, or half a character. */
function isToBeMasked(node: unknown): boolean {
  if (typeof node === 'string') return node.includes('${') || !node.isWellFormed();
  if (typeof node !== 'object' || node === null) return false;
  for (const key in node) if (isToBeMasked((node as Record<string, unknown>)[key])) return true;
  return false;
}

/** One line without anything a client could take for markup. */
const previewText = (text: string): string => oneLine(text, 150).replaceAll('<', '＜').replaceAll('>', '＞');

/** A string of noncharacters that the data does not contain. */
function unusedMark(json: string): string {
  for (let n = 0; ; n++) {
    const mark = `\uFDD0${n}\uFDD1`;
    if (!json.includes(mark)) return mark;
  }
}

function mapStrings(node: unknown, change: (text: string) => string): unknown {
  if (typeof node === 'string') return change(node);
  if (Array.isArray(node)) return node.map((item) => mapStrings(item, change));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, mapStrings(value, change)]));
}

/** The expanded card with its strings as they are shown: one walk, because every card of every update goes this way. */
function finished(node: unknown, shown: (text: string) => string): unknown {
  if (typeof node === 'string') return shown(node);
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((item) => finished(item, shown));
  const isTextBlock = 'type' in node && node.type === 'TextBlock';
  const result: Record<string, unknown> = {};
  for (const key in node) {
    const done = finished((node as Record<string, unknown>)[key], shown);
    result[key] = isTextBlock && key === 'text' && typeof done === 'string' ? escapeMarkdown(done) : done;
  }
  return result;
}
