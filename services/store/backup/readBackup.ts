import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type Document, inKeyOrder, type Key } from '../store.ts';
import { BackupError, type Footer, parseDocument, parseFooter, parseHeader } from './format.ts';

export interface Verified extends Footer {
  readonly createdAt: string;
}

/**
 * Reads the whole file once and keeps one document at a time.
 *
 * @throws BackupError when it is none of ours, was cut off, or is not as it was written
 */
export async function verifyBackup(file: string): Promise<Verified> {
  const documents = documentsIn(file);
  for (;;) {
    const { done, value } = await documents.next();
    if (done) return value;
  }
}

/** The documents in the order of their keys; at the end, header and footer. @throws BackupError as `verifyBackup` */
export async function* documentsIn(file: string): AsyncGenerator<Document, Verified> {
  const hash = createHash('sha256');
  const kinds = new Map<string, number>();
  let header: { readonly createdAt: string } | undefined;
  let footer: Footer | undefined;
  let last: Key | undefined;
  let count = 0;
  for await (const bytes of linesOf(file)) {
    if (footer !== undefined) throw edited(count + 2);
    const line = bytes.toString();
    if (header === undefined) {
      header = parseHeader(line);
    } else {
      footer = parseFooter(line);
      if (footer === undefined) {
        const document = parseDocument(line);
        if (document === undefined || (last !== undefined && inKeyOrder(last, document) >= 0)) {
          throw edited(count + 2);
        }
        count += 1;
        last = { kind: document.kind, id: document.id };
        kinds.set(document.kind, (kinds.get(document.kind) ?? 0) + 1);
        yield document;
      }
    }
    if (footer === undefined) hash.update(bytes).update('\n');
  }
  if (header === undefined) throw new BackupError('まもりのバックアップではありません。');
  if (footer === undefined) throw cutOff();
  const isAsWritten = footer.sha256 === hash.digest('hex') && footer.documents === count;
  if (!isAsWritten || !isEqual(footer.kinds, kinds)) {
    throw new BackupError('バックアップの中身が、書き出したときと違います。書き換えられたか、壊れています。');
  }
  return { ...footer, ...header };
}

const isEqual = (kinds: Record<string, number>, counted: ReadonlyMap<string, number>): boolean =>
  Object.keys(kinds).length === counted.size &&
  [...counted].every(([kind, count]) => Object.hasOwn(kinds, kind) && kinds[kind] === count);

const cutOff = () => new BackupError('バックアップが途中で切れています。書き出しからやり直してください。');
const edited = (line: number) =>
  new BackupError(`バックアップの ${line} 行目が正しくありません。書き換えられたか、壊れています。`);

/** No line of ours is longer: a body ends at 1.5 MB. */
const MAX_LINE_BYTES = 16_000_000;
const NEWLINE = 0x0a;

/** Split at line feeds alone: U+2028, at which `node:readline` splits too, may stand in a text. */
async function* linesOf(file: string): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)]);
      parts = [];
      length = 0;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    length += chunk.length - start;
    if (length > MAX_LINE_BYTES) throw new BackupError('まもりのバックアップではありません。');
  }
  if (length > 0) throw cutOff();
}
