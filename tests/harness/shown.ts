/** A card as a person reads it: its visible text, its buttons and its inputs. */
export interface Shown {
  readonly text: string;
  /** Text that is folded away until a button is pressed. */
  readonly folded: string;
  readonly buttons: readonly Button[];
  readonly inputs: readonly Input[];
}

interface Button {
  readonly title: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Input {
  readonly id: string;
  readonly value: string;
}

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads an Adaptive Card the way a client draws it. */
export function shownOf(card: object): Shown {
  const text: string[] = [];
  const folded: string[] = [];
  const buttons: Button[] = [];
  const inputs: Input[] = [];

  function visit(node: unknown, hidden: boolean): void {
    if (Array.isArray(node)) {
      for (const item of node) visit(item, hidden);
      return;
    }
    if (!isJson(node)) return;
    const inside = hidden || node.isVisible === false;
    const type = String(node.type ?? '');
    if (type === 'Action.Execute') {
      const data = isJson(node.data) ? node.data : {};
      buttons.push({ title: String(node.title), data: { ...data, verb: node.verb ?? data.verb } });
      return;
    }
    if (type.startsWith('Input.')) inputs.push({ id: String(node.id), value: String(node.value ?? '') });
    for (const key of ['label', 'title', 'text', 'errorMessage', 'placeholder']) {
      if (typeof node[key] === 'string') (inside ? folded : text).push(plain(node[key]));
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'fallback') visit(value, inside);
  }

  visit(card, false);
  return { text: text.join('\n'), folded: folded.join('\n'), buttons, inputs };
}

/** Markdown escapes and entities, undone as a client does. */
const plain = (text: string): string =>
  text
    .replace(/\\([\\`*_{}[\]()#+\-.!~>|<&])/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
