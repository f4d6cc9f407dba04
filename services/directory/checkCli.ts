/**
 * `npm run organization:check organization.yaml`: what is wrong or risky in an organisation file, before it takes
 * effect. Reads, prints, changes nothing. Exit code 0: usable, 1: something to mend, 2: wrong usage.
 */
import { resolve } from 'node:path';
import { japanTime } from './calendar.ts';
import { examine, report } from './examination.ts';
import { decodeOrganization, OrganizationError, readBytes } from './organization.ts';

const USAGE = [
  '使い方: npm run organization:check <組織の設定ファイル>',
  '例:     npm run organization:check infra/local/organization.yaml',
  'ファイルを書かないときは、環境変数 MAMORI_ORGANIZATION のファイルを調べます。',
].join('\n');

/** npm runs scripts in the folder of package.json; a path is meant from where it was typed. */
function fileOf(args: readonly string[]): string | undefined {
  const [file, ...more] = args;
  if (more.length > 0 || file?.startsWith('-')) return undefined;
  if (file !== undefined && file !== '') return resolve(process.env.INIT_CWD ?? '.', file);
  return process.env.MAMORI_ORGANIZATION || undefined;
}

async function check(path: string): Promise<number> {
  const { day } = japanTime(Date.now());
  try {
    const examined = examine(decodeOrganization(await readBytes(path)), day);
    process.stdout.write(`${report(path, day, examined)}\n`);
    return examined.errors.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof OrganizationError)) throw error;
    process.stdout.write(`${report(path, day, { errors: error.problems, risks: undefined })}\n`);
    return 1;
  }
}

const path = fileOf(process.argv.slice(2));
if (path === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else {
  process.exitCode = await check(path);
}
