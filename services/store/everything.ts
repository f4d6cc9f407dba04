import { type DocumentStore, type Key, type Stored, Undecodable } from './store.ts';

/** Few at a time: each may have 1.5 MB. */
const AT_ONCE = 20;

/** Every document, or all of one kind, in the order of the keys; a damaged one as what reading it would throw. */
export async function* everything(
  store: DocumentStore,
  kind?: string,
): AsyncGenerator<Stored | Undecodable, undefined> {
  let after: Key | undefined = kind === undefined ? undefined : { kind, id: '' };
  for (;;) {
    const page = await store.all(after, AT_ONCE);
    for (const found of page) {
      if (kind !== undefined && keyOf(found).kind !== kind) return;
      yield found;
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = keyOf(last);
  }
}

/** Without the document that it is a part of. */
export function keyOf(found: Stored | Undecodable): Key {
  const { kind, id } = found instanceof Undecodable ? found.key : found;
  return { kind, id };
}
