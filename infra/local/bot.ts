import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StoreSettings } from '../../services/store/settings.ts';
import type { Child } from './child/child.ts';
import { startChild } from './child/child.ts';
import { LocalError } from './error.ts';
import { freePort } from './ports.ts';

const READY_MS = 30_000;

interface BotOptions {
  readonly dataFolder: string;
  readonly organizationFile: string;
  /** HTML file served at `/demo`. */
  readonly demoPage: string;
  /** Preferred port; another when it is taken. */
  readonly port: number;
  /** Where cases are kept; not said: as the environment does. */
  readonly store?: StoreSettings;
  /** Where alarms go, and what they are signed with. */
  readonly alarm: { readonly url: string; readonly secret: string };
  /** Folder with the secrets of registered places. */
  readonly triggerSecrets: string;
}

/** Starts the bot and waits until store and engine work (`/readyz`). @throws LocalError */
export async function startBot(options: BotOptions): Promise<{ child: Child; port: number }> {
  const child = startChild({
    name: 'まもり',
    args: [fileURLToPath(new URL('../../bot/main.ts', import.meta.url))],
    env: {
      MAMORI_MODE: 'local',
      MAMORI_DATA: options.dataFolder,
      MAMORI_ORGANIZATION: options.organizationFile,
      MAMORI_DEMO_PAGE: options.demoPage,
      MAMORI_ALARM_URL: options.alarm.url,
      MAMORI_ALARM_SECRET: options.alarm.secret,
      MAMORI_TRIGGER_SECRETS: options.triggerSecrets,
      PORT: String(await freePort(options.port)),
      ...(options.store === undefined ? {} : environmentOf(options.store)),
    },
    folder: process.cwd(),
    log: join(options.dataFolder, 'bot.log'),
    preload: new URL('child/preload.ts', import.meta.url),
  });
  try {
    const [, port] = await child.printed(/^mamori listening on http:\/\/127\.0\.0\.1:(\d+)/);
    await ready(child, `http://127.0.0.1:${port}/readyz`);
    return { child, port: Number(port) };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** Listening comes before the engine's first look into the store, which takes a moment where that is a server. */
async function ready(child: Child, url: string): Promise<void> {
  let gone = false;
  void child.exited.then(() => {
    gone = true;
  });
  const end = performance.now() + READY_MS;
  let answer: Response | undefined;
  while (!gone && performance.now() < end) {
    answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new LocalError(
    `まもり の準備ができません（/readyz ${answer?.status ?? '応答なし'}）。\n${child.tail()}`,
  );
}

/** Everything about the store, so that nothing of the terminal's own settings gets in. Empty is not set. */
function environmentOf(store: StoreSettings): Record<string, string> {
  if (store.kind === 'sqlite') return { MAMORI_STORE: 'sqlite', COSMOS_ENDPOINT: '' };
  return {
    MAMORI_STORE: 'cosmos',
    COSMOS_ENDPOINT: store.endpoint,
    COSMOS_DATABASE: store.database,
    COSMOS_CONTAINER: store.container,
    COSMOS_KEY: store.key ?? '',
  };
}
