import { createHash } from 'node:crypto';
import { access, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { everything } from '../everything.ts';
import { type DocumentStore, type Key, Undecodable } from '../store.ts';
import { BackupError, documentLine, footerLine, headerLine, type Kinds } from './format.ts';

interface BackedUp {
  readonly documents: number;
  readonly kinds: Kinds;
  /** Damaged ones, which are not in the file. */
  readonly skipped: readonly Key[];
}

/**
 * Copies every document into a new file. Under its name the file is there only when it is complete. Afterwards
 * everything is read once more: if anything was written meanwhile the copy is no state that ever was, and is refused.
 *
 * @throws BackupError, StoreError `unavailable`; then no file is left
 */
export async function backup(store: DocumentStore, file: string, createdAt: string): Promise<BackedUp> {
  if (await isThere(file)) throw new BackupError(`${file} はもうあります。別の名前にしてください。`);
  const partial = `${file}.part-${process.pid}`;
  try {
    const handle = await open(partial, 'wx', 0o600);
    let done: BackedUp;
    try {
      done = await write(store, handle, createdAt);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
    return done;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function write(store: DocumentStore, handle: FileHandle, createdAt: string): Promise<BackedUp> {
  const skipped: Key[] = [];
  const kinds: Record<string, number> = {};
  let documents = 0;
  const hash = createHash('sha256');
  const put = async (line: string): Promise<void> => {
    hash.update(line);
    await handle.appendFile(line);
  };
  await put(headerLine(createdAt));
  for await (const found of everything(store)) {
    if (found instanceof Undecodable) {
      skipped.push(found.key);
      continue;
    }
    await put(documentLine(found));
    documents += 1;
    kinds[found.kind] = (kinds[found.kind] ?? 0) + 1;
  }
  const sha256 = hash.digest('hex');
  if (sha256 !== (await digestOf(store, createdAt))) {
    throw new BackupError(
      '書き出しの間に、保存先へ書き込みがありました。ボットを止めてから、やり直してください。',
    );
  }
  await handle.appendFile(footerLine({ documents, kinds, skipped: skipped.length, sha256 }));
  return { documents, kinds, skipped };
}

async function digestOf(store: DocumentStore, createdAt: string): Promise<string> {
  const hash = createHash('sha256').update(headerLine(createdAt));
  for await (const found of everything(store)) {
    if (!(found instanceof Undecodable)) hash.update(documentLine(found));
  }
  return hash.digest('hex');
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
