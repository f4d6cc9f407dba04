import { readFile } from 'node:fs/promises';
import { coverageFindings, staffingFindings } from './escalationCheck.ts';
import { fromSchema, locate, OrganizationError } from './problems.ts';
import { referenceFindings } from './references.ts';
import type { Organization } from './schema.ts';
import { organizationSchema } from './schema.ts';
import { readYaml } from './yamlText.ts';

export { OrganizationError } from './problems.ts';
export type { Organization } from './schema.ts';

/**
 * Reads and checks the organisation (people, places, duty, escalation) from YAML.
 * @throws OrganizationError with every problem, its path, its line and the mend in Japanese. The shape is checked
 *   first, then what the parts say about each other, then whether paging would reach somebody everywhere (R4).
 */
export function parseOrganization(text: string): Organization {
  const { value, document, lines } = readYaml(text);
  const parsed = organizationSchema.safeParse(value);
  if (!parsed.success) throw new OrganizationError(locate(fromSchema(parsed.error.issues), document, lines));
  const organization = parsed.data;
  const findings = [...referenceFindings(organization), ...coverageFindings(organization)];
  if (findings.length > 0) throw new OrganizationError(locate(findings, document, lines));
  const staffing = staffingFindings(organization);
  if (staffing.length > 0) throw new OrganizationError(locate(staffing, document, lines));
  return organization;
}

/**
 * Reads the organisation from a UTF-8 file.
 * @throws OrganizationError naming the file, also when it cannot be read.
 */
export async function loadOrganization(path: string): Promise<Organization> {
  const text = await readText(path);
  try {
    return parseOrganization(text);
  } catch (error) {
    if (error instanceof OrganizationError) throw new OrganizationError(error.problems, path);
    throw error;
  }
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch(() => {
    const message = 'ファイルを開けません。MAMORI_ORGANIZATION のパスと、読み取りの権限を確かめてください。';
    throw new OrganizationError([{ path: '', message }], path);
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const message = '文字コードがUTF-8ではありません。UTF-8で保存し直してください。';
    throw new OrganizationError([{ path: '', message }], path);
  }
}
