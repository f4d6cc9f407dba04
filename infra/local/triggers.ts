import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadOrganization } from '../../services/directory/organization.ts';

/**
 * Gives every registered place of the organisation a secret on this machine, so that `npm run trigger` works at once.
 * One that is there stays.
 */
export async function prepareTriggers(
  organizationFile: string,
  dataFolder: string,
): Promise<{ folder: string; places: readonly string[] }> {
  const { triggers } = await loadOrganization(organizationFile);
  const folder = join(dataFolder, 'triggers');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const { id } of triggers) {
    const secret = randomBytes(32).toString('base64url');
    // `wx`: only when there is none.
    await writeFile(join(folder, id), `${secret}\n`, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    });
  }
  return { folder, places: triggers.filter(({ revoked }) => !revoked).map(({ id }) => id) };
}
