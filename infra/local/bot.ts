import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Child } from './child/child.ts';
import { startChild } from './child/child.ts';
import { LocalError } from './error.ts';
import { freePort } from './ports.ts';

export interface BotOptions {
  readonly dataFolder: string;
  readonly organizationFile: string;
  /** HTML file served at `/demo`. */
  readonly demoPage: string;
  /** Preferred port; another when it is taken. */
  readonly port: number;
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
      PORT: String(await freePort(options.port)),
    },
    folder: process.cwd(),
    log: join(options.dataFolder, 'bot.log'),
    preload: new URL('child/preload.ts', import.meta.url),
  });
  try {
    const [, port] = await child.printed(/^mamori listening on http:\/\/127\.0\.0\.1:(\d+)/);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    if (!ready.ok)
      throw new LocalError(`まもり の準備ができません（/readyz ${ready.status}）。\n${child.tail()}`);
    return { child, port: Number(port) };
  } catch (error) {
    await child.stop();
    throw error;
  }
}
