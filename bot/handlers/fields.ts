/** A text field of a form; anything else counts as empty. */
export const text = (value: unknown, limit = 20_000): string =>
  typeof value === 'string' ? value.slice(0, limit) : '';

/** 「11月23日 14:05」 in Japan, for the field いつ. */
export const nowText = (at: number): string =>
  new Intl.DateTimeFormat('ja-JP', {
    timeZone: 'Asia/Tokyo',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
