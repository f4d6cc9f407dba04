import { type FileHandle, open, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import type { Outcome } from '../command.ts';
import { ConfigError, readCorrectionsSettings } from '../config.ts';
import { createDirectory } from '../directory/createDirectory.ts';
import { loadOrganization, type Organization, OrganizationError } from '../directory/organization.ts';
import { silentLog } from '../log.ts';
import type { Report } from '../reports/report.ts';
import { openStore, requireDatabase } from '../store/openStore.ts';
import { type DocumentStore, type Key, keyText, StoreError } from '../store/store.ts';
import { createViewLog } from '../views/viewLog.ts';
import { examplesOf } from './examples.ts';
import { exported } from './exported.ts';
import { createPermits, type Permit } from './permits.ts';

const USAGE = '使い方: npm run corrections -- <書き出すファイル>';
const OFF = [
  '学習データの書き出しは使わない設定です（MAMORI_CORRECTIONS=off）。',
  '報告の言葉は個人情報です。使うことを総務課長が決めたときだけ、MAMORI_CORRECTIONS=on にしてください。',
].join('\n');
const NO_PERMIT = [
  '有効な許可がありません。総務課長が、まもりの個人チャットで「学習データの書き出し」と送り、許可を押してください。',
  '許可は24時間、1回だけ使えます。',
].join('\n');

/**
 * `npm run corrections -- <file>`: masked reports with what people made of the suggestions, as training data. Off by
 * default; needs a permit that General Affairs' manager gave in the product; every case is in the view log first.
 * Exit code 1: refused or failed, or some records could not be read; 2: wrong usage.
 */
export async function correctionsCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  clock: Pick<Clock, 'now'> = systemClock,
): Promise<Outcome> {
  const [file, ...more] = args;
  if (file === undefined || file === '' || file.startsWith('-') || more.length > 0)
    return { code: 2, text: USAGE };
  try {
    const settings = readCorrectionsSettings(environment);
    if (!settings.isOn) return { code: 1, text: OFF };
    const organization = await loadOrganization(settings.organizationFile);
    await requireDatabase(settings.store);
    const store = await openStore(settings.store, silentLog);
    try {
      return await run({ store, organization, clock }, resolve(environment.INIT_CWD ?? '.', file));
    } finally {
      await store.close();
    }
  } catch (error) {
    return { code: 1, text: sentenceOf(error) };
  }
}

interface Parts {
  readonly store: DocumentStore;
  readonly organization: Organization;
  readonly clock: Pick<Clock, 'now'>;
}

async function run({ store, organization, clock }: Parts, path: string): Promise<Outcome> {
  const directory = createDirectory(organization);
  // Made first: a permit is not spent on a file that cannot be written, and nothing is overwritten.
  const file = await open(path, 'wx', 0o600);
  try {
    const permit = await createPermits({ store, clock, directory }).take();
    if (permit === undefined) {
      await file.close();
      await rm(path);
      return { code: 1, text: NO_PERMIT };
    }
    const names = organization.people.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    const done = await write({ store, clock, names, permit }, file);
    return { code: done.unreadable.length === 0 ? 0 : 1, text: textOf(done, path, permit) };
  } finally {
    await file.close().catch(() => undefined);
  }
}

interface Writing extends Omit<Parts, 'organization'> {
  readonly names: readonly string[];
  readonly permit: Permit;
}

async function write({ store, clock, names, permit }: Writing, file: FileHandle) {
  const unreadable: Key[] = [];
  let [ids, written] = [0, 0];
  const nextId = (): string => {
    ids += 1;
    return `c-${String(ids).padStart(5, '0')}`;
  };
  const examples = (report: Report) => examplesOf(report, names, nextId);
  for await (const one of exported({ store, permit, examplesOf: examples })) {
    if ('unreadable' in one) unreadable.push(one.unreadable);
    else if (one.examples.length > 0) {
      await createViewLog(store, clock).write(one.code, permit.by, 'export');
      await file.write(one.examples.map((example) => `${JSON.stringify(example)}\n`).join(''));
      written += one.examples.length;
    }
  }
  return { written, unreadable };
}

function textOf(
  { written, unreadable }: { written: number; unreadable: readonly Key[] },
  path: string,
  permit: Permit,
): string {
  const lines = [
    `${written} 件を ${path} に書き出しました（許可: ${permit.by.name}）。事案ごとの閲覧記録に残しました。`,
    '氏名や電話番号などは種類の名前に置き換えましたが、残っていないか、使う前に人が読んで確かめてください。',
  ];
  if (unreadable.length > 0)
    lines.push(
      `読めない記録が ${unreadable.length} 件あり、書き出していません（記録かその事案が、壊れているか新しい版のものです）。`,
      ...unreadable.map((key) => `  ${keyText(key)}`),
    );
  return lines.join('\n');
}

function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError || error instanceof OrganizationError || error instanceof StoreError)
    return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST')
    return 'その名前のファイルがもうあります。上書きはしません。別の名前にしてください。';
  if (code !== undefined) return `ファイルに書けません（${code}）。`;
  throw error;
}
