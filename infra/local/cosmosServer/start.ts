import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CosmosSettings } from '../../../services/store/settings.ts';
import type { Child } from '../child/child.ts';
import { startChild } from '../child/child.ts';
import { LocalError } from '../error.ts';

const PACKAGE = '@vercel/cosmosdb-server';

export interface CosmosServer {
  readonly child: Child;
  /** Database and container are there, and empty. */
  readonly settings: CosmosSettings;
}

/**
 * Starts the local Cosmos server and makes database and container on it, as a deployment does for an account: the bot
 * itself makes nothing.
 *
 * @throws LocalError
 */
export async function startCosmos(dataFolder: string): Promise<CosmosServer> {
  checkInstalled();
  const child = startChild({
    name: '手元の Cosmos サーバー',
    args: [fileURLToPath(new URL('main.ts', import.meta.url))],
    env: {},
    folder: process.cwd(),
    log: join(dataFolder, 'cosmos.log'),
    preload: new URL('../child/preload.ts', import.meta.url),
  });
  try {
    const [, endpoint = ''] = await child.printed(/^cosmos server listening on (http:\/\/127\.0\.0\.1:\d+)/);
    const settings = cosmosSettings(endpoint);
    // Only now: the SDK costs those who use the embedded store nothing.
    const { provision } = await import('../../../services/store/cosmos/provision.ts');
    await provision(settings);
    return { child, settings };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** It takes any key, and is reached from this machine only. */
export const cosmosSettings = (endpoint: string): CosmosSettings => ({
  kind: 'cosmos',
  endpoint,
  database: 'mamori-local',
  container: 'mamori',
  key: 'any',
});

/**
 * @param from file or folder that the package is looked for from
 * @throws LocalError when it is not installed
 */
export function checkInstalled(from: string | URL = import.meta.url): void {
  try {
    createRequire(from).resolve(PACKAGE);
  } catch {
    throw new LocalError(
      [
        `--store cosmos には開発用のパッケージ ${PACKAGE} が必要ですが、入っていません。`,
        '--omit=dev を付けずに npm ci を実行してください。',
        `${PACKAGE} is missing: run npm ci without --omit=dev.`,
      ].join('\n'),
    );
  }
}
