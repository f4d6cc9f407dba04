/**
 * Scripts that run in the window's page. Strings, since the project is checked without the browser's types.
 */

/** Resolves when nothing slides any more: panels move when the window's size changes. */
export const STANDS_STILL = `Promise.allSettled(
  document.getAnimations()
    .filter(({ effect }) => Number.isFinite(effect.getComputedTiming().endTime))
    .map(({ finished }) => finished),
).then(() => undefined)`;

/** The texts that stick out of their card or the window, or are shortened with an ellipsis. */
export const CUT_TEXTS = `[...document.querySelectorAll('.fai-OutputCard .ac-adaptiveCard')].flatMap((card) => {
  const edge = Math.min(card.getBoundingClientRect().right, window.innerWidth) + 1;
  return [...card.querySelectorAll('*')]
    .filter((part) => {
      const { right, width } = part.getBoundingClientRect();
      const shortened = getComputedStyle(part).textOverflow === 'ellipsis' && part.scrollWidth > part.clientWidth + 1;
      return width > 0 && (right > edge || shortened);
    })
    .map((part) => (part.innerText || part.className).slice(0, 40));
})`;
