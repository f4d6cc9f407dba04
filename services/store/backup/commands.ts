import { resolve } from 'node:path';
import type { Outcome } from '../../command.ts';
import { ConfigError, readStoreSettings } from '../../config.ts';
import { silentLog } from '../../log.ts';
import { databaseFile, openStore, requireDatabase } from '../openStore.ts';
import type { StoreSettings } from '../settings.ts';
import { type DocumentStore, keyText, StoreError } from '../store.ts';
import { backup } from './backup.ts';
import { BackupError, type Kinds } from './format.ts';
import { restore } from './restore.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const BACKUP_USAGE = '使い方: npm run store:backup -- <書き出すファイル>';
const RESTORE_USAGE = '使い方: npm run store:restore -- <バックアップのファイル> [--resume]';

/** `npm run store:backup -- <file>`: every document of the store that the environment configures. */
export function backupCommand(args: readonly string[], environment: Environment): Promise<Outcome> {
  return run(args, [], BACKUP_USAGE, environment, async (settings, file) => {
    await requireDatabase(settings);
    return withStore(settings, async (store) => {
      const { documents, kinds, skipped } = await backup(store, file, new Date().toISOString());
      const lines = [
        `${placeOf(settings)} から ${documents} 件を ${file} に書き出しました。`,
        ...listed(kinds),
      ];
      if (skipped.length === 0) return { code: 0, text: lines.join('\n') };
      lines.push(`壊れていて読めない文書が ${skipped.length} 件あり、書き出していません。`);
      return { code: 1, text: [...lines, ...skipped.map((key) => `  ${keyText(key)}`)].join('\n') };
    });
  });
}

/** `npm run store:restore -- <file> [--resume]`: into the store that the environment configures. */
export function restoreCommand(args: readonly string[], environment: Environment): Promise<Outcome> {
  return run(args, ['--resume'], RESTORE_USAGE, environment, (settings, file, options) =>
    withStore(settings, async (store) => {
      const done = await restore(store, file, options.has('--resume'));
      const present = done.present > 0 ? `（うち ${done.present} 件は復元済みでした）` : '';
      const lines = [
        `${file}（${done.createdAt} に書き出し）から ${placeOf(settings)} に ${done.documents} 件を復元しました${present}。`,
        ...listed(done.kinds),
        '読み返して、件数と中身がバックアップと同じことを確かめました。',
      ];
      if (done.skipped > 0)
        lines.push(`書き出しのとき壊れていた ${done.skipped} 件は、バックアップに入っていません。`);
      return { code: 0, text: lines.join('\n') };
    }),
  );
}

async function run(
  args: readonly string[],
  known: readonly string[],
  usage: string,
  environment: Environment,
  work: (settings: StoreSettings, file: string, options: ReadonlySet<string>) => Promise<Outcome>,
): Promise<Outcome> {
  const options = args.filter((arg) => arg.startsWith('-'));
  const [file = '', ...more] = args.filter((arg) => !arg.startsWith('-'));
  if (file === '' || more.length > 0 || options.some((option) => !known.includes(option))) {
    return { code: 2, text: usage };
  }
  try {
    // npm runs scripts in the folder of package.json; a path is meant from where it was typed.
    const path = resolve(environment.INIT_CWD ?? '.', file);
    return await work(readStoreSettings(environment), path, new Set(options));
  } catch (error) {
    return { code: 1, text: sentenceOf(error) };
  }
}

/** @throws whatever is a defect */
function sentenceOf(error: unknown): string {
  if (error instanceof BackupError || error instanceof ConfigError) return error.message;
  if (error instanceof StoreError) {
    return `保存先を使えませんでした（${error.code}）。${error.message}\n復元の途中だったときは、--resume で続けられます。`;
  }
  if (typeof error === 'object' && error !== null && 'syscall' in error && 'code' in error) {
    return `ファイルを読み書きできませんでした（${String(error.code)}）。`;
  }
  throw error;
}

async function withStore(
  settings: StoreSettings,
  work: (store: DocumentStore) => Promise<Outcome>,
): Promise<Outcome> {
  const store = await openStore(settings, silentLog);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const placeOf = (settings: StoreSettings): string =>
  settings.kind === 'sqlite'
    ? databaseFile(settings)
    : `Cosmos DB（${settings.database}/${settings.container}）`;

const listed = (kinds: Kinds): string[] =>
  Object.entries(kinds).map(([kind, count]) => `  ${kind}: ${count} 件`);
