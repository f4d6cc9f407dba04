import { z } from 'zod';
import { encode } from '../encoding.ts';
import type { Document } from '../store.ts';

/**
 * A backup is JSON Lines: a header, the documents in the order of their keys, a footer. The footer counts them and
 * holds the SHA-256 of every byte before it, so that a file that was cut off or edited is known as such.
 */
const FORMAT_VERSION = 1;

/** Something is wrong with a backup or a restore. The message is for the operator and quotes no document. */
export class BackupError extends Error {}

export type Kinds = Readonly<Record<string, number>>;

const headerSchema = z.object({
  mamori: z.literal('backup'),
  version: z.number(),
  createdAt: z.string(),
});
const footerSchema = z.object({
  mamori: z.literal('end'),
  documents: z.number(),
  kinds: z.record(z.string(), z.number()),
  /** Damaged documents that could not be taken along. */
  skipped: z.number(),
  sha256: z.string(),
});
const documentSchema = z.object({
  kind: z.string().min(1),
  id: z.string(),
  dueAt: z.number().nullable(),
  terms: z.array(z.string()),
  sortAt: z.number(),
  summary: z.unknown(),
  body: z.unknown(),
});

export type Footer = z.infer<typeof footerSchema>;

export const headerLine = (createdAt: string): string =>
  `${JSON.stringify({ mamori: 'backup', version: FORMAT_VERSION, createdAt })}\n`;

export const footerLine = (footer: Omit<Footer, 'mamori'>): string =>
  `${JSON.stringify({ mamori: 'end', ...footer })}\n`;

/** Equal documents give equal lines: stores keep a body to the order of its keys. */
export const documentLine = ({ kind, id, dueAt, terms, sortAt, summary, body }: Document): string =>
  `${JSON.stringify({ kind, id, dueAt, terms, sortAt, summary, body })}\n`;

export function parseHeader(line: string): { readonly createdAt: string } {
  const header = parse(headerSchema, line);
  if (header === undefined) throw new BackupError('まもりのバックアップではありません。');
  if (header.version !== FORMAT_VERSION) {
    throw new BackupError(
      `バックアップの形式 ${header.version} は、このバージョンでは読めません（読めるのは ${FORMAT_VERSION}）。`,
    );
  }
  return header;
}

export const parseFooter = (line: string): Footer | undefined => parse(footerSchema, line);

/** Nothing for what no store would take. */
export function parseDocument(line: string): Document | undefined {
  const document = parse(documentSchema, line);
  if (document === undefined) return undefined;
  try {
    encode(document);
    return document;
  } catch {
    return undefined;
  }
}

/** The parser's own message quotes the text: it is not kept. */
function parse<Shape extends z.ZodType>(shape: Shape, line: string): z.infer<Shape> | undefined {
  try {
    return shape.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
