import { readFile } from 'node:fs/promises';
import { coverageFindings, staffingFindings } from './escalationCheck.ts';
import { type Finding, fromSchema, locate, OrganizationError, type Problem } from './problems.ts';
import { referenceFindings } from './references.ts';
import type { Organization } from './schema.ts';
import { organizationSchema } from './schema.ts';
import { readYaml } from './yamlText.ts';

export { OrganizationError } from './problems.ts';
export type { Organization } from './schema.ts';

/** A text as far as it can be understood. */
interface Reading {
  /** Everything that has to be mended before the file is used; the file is good when there is nothing. */
  readonly errors: readonly Problem[];
  /** Present when the shape is right and what the parts say about each other holds. */
  readonly organization: Organization | undefined;
  /** Adds the lines of this text to further findings. */
  locate(findings: readonly Finding[]): Problem[];
}

/**
 * Reads and checks the organisation (people, places, duty, escalation) from YAML. The shape is checked first, then
 * what the parts say about each other, then whether paging would reach somebody everywhere (R4).
 */
export function readOrganization(text: string): Reading {
  const { value, document, lines } = readYaml(text);
  const place = (findings: readonly Finding[]) => locate(findings, document, lines);
  const parsed = organizationSchema.safeParse(value);
  if (!parsed.success)
    return { errors: place(fromSchema(parsed.error.issues)), organization: undefined, locate: place };
  const references = referenceFindings(parsed.data);
  const findings = [...references, ...coverageFindings(parsed.data)];
  return {
    errors: place(findings.length > 0 ? findings : staffingFindings(parsed.data)),
    organization: references.length > 0 ? undefined : parsed.data,
    locate: place,
  };
}

/** The organisation of a text. @throws OrganizationError with every problem, its path, its line and the mend in Japanese. */
export function parseOrganization(text: string): Organization {
  const { organization, errors } = readOrganization(text);
  if (organization === undefined || errors.length > 0) throw new OrganizationError(errors);
  return organization;
}

/**
 * Reads the organisation from a UTF-8 file.
 * @throws OrganizationError naming the file, also when it cannot be read.
 */
export async function loadOrganization(path: string): Promise<Organization> {
  return (await openOrganization(path)).organization;
}

/** `loadOrganization`, with the contents that were read: what the file is compared with later. */
export async function openOrganization(path: string): Promise<{ organization: Organization; bytes: Buffer }> {
  const bytes = await readBytes(path);
  try {
    return { organization: parseOrganization(decodeOrganization(bytes)), bytes };
  } catch (error) {
    if (error instanceof OrganizationError) throw new OrganizationError(error.problems, path);
    throw error;
  }
}

/** The contents of the file as they are on the disk. @throws OrganizationError when it cannot be opened. */
export async function readBytes(path: string): Promise<Buffer> {
  return readFile(path).catch(() => {
    const message = 'ファイルを開けません。MAMORI_ORGANIZATION のパスと、読み取りの権限を確かめてください。';
    throw new OrganizationError([{ path: '', message }], path);
  });
}

/** @throws OrganizationError when the text is in another encoding than UTF-8. */
export function decodeOrganization(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const message = '文字コードがUTF-8ではありません。UTF-8で保存し直してください。';
    throw new OrganizationError([{ path: '', message }]);
  }
}
