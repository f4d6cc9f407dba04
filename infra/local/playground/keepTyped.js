/**
 * Runs in the Playground's page. The Playground draws every card anew whenever a message arrives or the window
 * changes, and what somebody was typing into a form is gone; Teams does not do that. This puts it back, with the
 * cursor, into the same form. A form that the bot has replaced keeps what the bot put into it.
 */
(() => {
  /** Card → its fixed texts when something was typed, and what was typed by the field's position. */
  const typed = new Map();
  let focused;

  const fieldsOf = (card) => [...card.querySelectorAll('input, textarea')];
  /** The card without what is typed: a textarea's text counts as content of the page. */
  const textsOf = (card) => {
    const copy = card.querySelector('.ac-adaptiveCard')?.cloneNode(true);
    for (const field of copy?.querySelectorAll('textarea') ?? []) field.remove();
    return copy?.textContent;
  };
  const locate = (field) => {
    const card = field.closest?.('.fai-OutputCard');
    return card ? { card, at: fieldsOf(card).indexOf(field), field } : undefined;
  };

  document.addEventListener(
    'input',
    ({ target }) => {
      const place = locate(target);
      if (!place || place.at < 0) return;
      const texts = textsOf(place.card);
      const before = typed.get(place.card);
      const values = before?.texts === texts ? before.values : new Map();
      values.set(place.at, target.type === 'checkbox' ? target.checked : target.value);
      typed.set(place.card, { texts, values });
    },
    true,
  );
  document.addEventListener('focusin', ({ target }) => {
    focused = locate(target);
  });
  document.addEventListener('focusout', ({ target }) => {
    // A field that was drawn anew is no longer in the page: the person did not leave it.
    if (target.isConnected) focused = undefined;
  });

  function put(field, value) {
    if (field.type === 'checkbox') {
      if (field.checked !== value) field.click();
      return;
    }
    if (field.value === value) return;
    // React takes a value only as if it had been typed.
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value').set.call(field, value);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function putBack() {
    for (const [card, { texts, values }] of typed) {
      if (!card.isConnected || textsOf(card) !== texts) continue;
      const fields = fieldsOf(card);
      for (const [at, value] of values) if (fields[at]) put(fields[at], value);
    }
    if (!focused || focused.field.isConnected || !focused.card.isConnected) return;
    const { card, at, field } = focused;
    const again = fieldsOf(card)[at];
    again?.focus();
    if (again && field.selectionStart !== null)
      again.setSelectionRange?.(field.selectionStart, field.selectionEnd);
  }

  addEventListener('DOMContentLoaded', () => {
    new MutationObserver(putBack).observe(document.getElementById('root'), {
      childList: true,
      subtree: true,
    });
  });
})();
