const JST = 9 * 3600_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** Wall clock of the city hall (JST): `HH:MM:SS` on the day of `now`, otherwise `M/D HH:MM`. Both in ms UTC. */
export function clockText(at: number, now: number): string {
  const time = new Date(at + JST);
  const hours = `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
  const sameDay = Math.floor((at + JST) / 86_400_000) === Math.floor((now + JST) / 86_400_000);
  if (sameDay) return `${hours}:${two(time.getUTCSeconds())}`;
  return `${time.getUTCMonth() + 1}/${time.getUTCDate()} ${hours}`;
}

/** Somebody's words as one line of at most `max` characters; what is left out is shown as 「…」. */
export function oneLine(text: string, max: number): string {
  // Bidirectional controls would let a name or place rearrange the words around it.
  const flat = text
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/(?:[^\S\u3000]|\p{Cc})+/gu, ' ')
    .trim();
  const characters = [...flat];
  return characters.length <= max ? flat : `${characters.slice(0, max - 1).join('')}…`;
}

/** The number alone, whether it was configured as `2119` or as `内線 2119`. */
export const extensionNumber = (extension: string): string => extension.replace(/^\s*内線\s*/, '').trim();

/**
 * Makes text literal for the Markdown of a TextBlock. Only what would be read as Markdown is escaped, so that
 * ordinary text stays as it is; `{{` because clients expand `{{DATE(…)}}`.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_~[\]<>&|]/g, '\\$&')
    .replace(/\{\{/g, '\\{\\{')
    .replace(/^(\s*)([#+=-])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2');
}
