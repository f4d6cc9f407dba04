import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MIN_SECRET_BYTES } from '../services/alarm/signature.ts';
import type { Log } from '../services/log.ts';

interface TriggerSecretSettings {
  /** From the environment, by id of the place. */
  readonly given: Readonly<Record<string, string>>;
  /** Folder with a file a place, named like its id. */
  readonly folder: string | undefined;
}

/**
 * The secret of a registered place, each its own: one that is shared could sign for all of them. A file is read at every
 * request, so that a place is added, given a new secret, or shut out without a restart.
 */
export function createTriggerSecrets(
  { given, folder }: TriggerSecretSettings,
  log: Log,
): (place: string) => Promise<string | undefined> {
  return async (place) => {
    const secret = given[place] ?? (folder === undefined ? undefined : await fileOf(folder, place));
    if (secret === undefined || Buffer.byteLength(secret) >= MIN_SECRET_BYTES) return secret;
    log.error({ place }, 'secret of a place is too short');
    return undefined;
  };
}

/** @throws when there is a file and it cannot be read */
async function fileOf(folder: string, place: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, place), 'utf8')).trim();
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}
