import { everything, keyOf } from '../everything.ts';
import { type DocumentStore, inKeyOrder, type Key, keyText, StoreError, Undecodable } from '../store.ts';
import { BackupError, documentLine } from './format.ts';
import { documentsIn, type Verified, verifyBackup } from './readBackup.ts';

interface Restored extends Verified {
  /** Were there already, with the same content. */
  readonly present: number;
}

/**
 * Writes the documents of a backup into an empty store. The file is checked to its end before anything is written;
 * afterwards everything is read back and compared.
 *
 * @param resume go on with a store that holds a part of this very backup
 * @throws BackupError, StoreError `unavailable`: what has been written stays, `resume` goes on
 */
export async function restore(store: DocumentStore, file: string, resume = false): Promise<Restored> {
  const verified = await verifyBackup(file);
  if (resume) {
    const { different, extra } = await compare(store, file);
    if (different.length > 0) throw refusal('バックアップと中身の違う文書があります', different);
    if (extra.length > 0) throw refusal('バックアップにない文書があります', extra);
  } else if ((await store.all(undefined, 1)).length > 0) {
    throw new BackupError(
      '復元先が空ではありません。空の保存先を指定してください。中断した復元の続きは --resume をつけます。',
    );
  }
  let present = 0;
  for await (const document of documentsIn(file)) {
    try {
      await store.create(document);
    } catch (error) {
      if (!resume || !(error instanceof StoreError) || error.code !== 'already-exists') throw error;
      present += 1;
    }
  }
  const { different, extra, missing } = await compare(store, file);
  const wrong = [...different, ...extra, ...missing];
  if (wrong.length > 0) {
    throw refusal('読み返すと、バックアップと違います。ボットが動いていないか確かめてください', wrong);
  }
  return { ...verified, present };
}

interface Comparison {
  readonly different: readonly Key[];
  /** Only in the store. */
  readonly extra: readonly Key[];
  /** Only in the file. */
  readonly missing: readonly Key[];
}

/** Both are in the order of the keys: they are walked side by side. */
async function compare(store: DocumentStore, file: string): Promise<Comparison> {
  const different: Key[] = [];
  const extra: Key[] = [];
  const missing: Key[] = [];
  const stored = everything(store);
  const expected = documentsIn(file);
  let [found, document] = [await stored.next(), await expected.next()];
  while (!found.done || !document.done) {
    const order = orderOf(found, document);
    if (order < 0 && !found.done) extra.push(keyOf(found.value));
    if (order > 0 && !document.done) missing.push(plain(document.value));
    if (order === 0 && !found.done && !document.done) {
      const { value } = found;
      if (value instanceof Undecodable || documentLine(value) !== documentLine(document.value)) {
        different.push(keyOf(value));
      }
    }
    if (order <= 0) found = await stored.next();
    if (order >= 0) document = await expected.next();
  }
  return { different, extra, missing };
}

type Found = Awaited<ReturnType<ReturnType<typeof everything>['next']>>;
type Expected = Awaited<ReturnType<ReturnType<typeof documentsIn>['next']>>;

/** Below 0: the document of the store comes first. Whoever is at the end comes last. */
function orderOf(found: Found, document: Expected): number {
  if (found.done) return 1;
  return document.done ? -1 : inKeyOrder(keyOf(found.value), document.value);
}

/** Without the document that it was part of. */
const plain = ({ kind, id }: Key): Key => ({ kind, id });

const SHOWN = 10;

const refusal = (sentence: string, keys: readonly Key[]): BackupError =>
  new BackupError(
    [
      `${sentence}（${keys.length}件）。`,
      ...keys.slice(0, SHOWN).map((key) => `  ${keyText(key)}`),
      ...(keys.length > SHOWN ? ['  …'] : []),
    ].join('\n'),
  );
