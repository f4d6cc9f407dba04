/** Walks Adaptive Cards as a client does: what is in them, in reading order. */
export type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All objects of a card; a button's `fallback` and `data` belong to the button. */
export function elements(node: unknown): Json[] {
  if (Array.isArray(node)) return node.flatMap(elements);
  if (!isJson(node)) return [];
  const inner = Object.entries(node).filter(([key]) => key !== 'fallback' && key !== 'data');
  return [node, ...inner.flatMap(([, value]) => elements(value))];
}

export const ofType = (card: object, ...types: readonly string[]): Json[] =>
  elements(card).filter(({ type }) => types.includes(String(type)));

export const actions = (card: object): Json[] => ofType(card, 'Action.Execute');
export const buttonTitles = (card: object): string[] => actions(card).map(({ title }) => String(title));
export const dataOf = (card: object, title: string): unknown =>
  actions(card).find((action) => action.title === title)?.data;

/** One string a line of text, as it reads. Folded parts count. */
export const lines = (card: object): string[] =>
  ofType(card, 'RichTextBlock').map(({ inlines }) =>
    elements(inlines)
      .map(({ text }) => String(text ?? ''))
      .join(''),
  );

export const textOf = (card: object): string => lines(card).join('\n');

/** Styles and colours that stand out red. */
export const redParts = (card: object): Json[] =>
  elements(card).filter(
    ({ style, color }) => style === 'attention' || style === 'destructive' || color === 'attention',
  );
