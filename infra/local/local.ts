import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startBot } from './bot.ts';
import type { Child } from './child/child.ts';
import { demoPage } from './demo.ts';
import { lockFolder } from './lock.ts';
import type { Playground } from './playground/window.ts';
import { installBot, startPlayground } from './playground/window.ts';
import type { WindowPerson } from './windows.ts';
import { planWindows } from './windows.ts';

export interface LocalOptions {
  readonly dataFolder: string;
  readonly organizationFile: string;
  /** Whose windows to open. */
  readonly windowsFile: string;
  /** Preferred ports; a free one is taken where one is not. `windows` is the first of a row. */
  readonly ports: { readonly bot: number; readonly windows: number };
  /** Deletes the database of the run before. */
  readonly fresh: boolean;
}

export interface Local {
  readonly botUrl: string;
  readonly demoUrl: string;
  /** In the order of the windows' file. */
  readonly windows: readonly (WindowPerson & { readonly url: string })[];
  readonly botLog: string;
  /** Resolves with the reason when something that was started ends by itself. */
  readonly died: Promise<string>;
  stop(): Promise<void>;
}

/**
 * The whole product on this machine: the bot, one Agents Playground a person, and the page with all windows.
 * Resolves when everything answers and the bot knows how to reach each person.
 * @throws LocalError, OrganizationError; nothing is left running then.
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const dataFolder = resolve(options.dataFolder);
  const plan = await planWindows(options.organizationFile, options.windowsFile);
  await mkdir(dataFolder, { recursive: true });
  const release = lockFolder(dataFolder);
  const children: Child[] = [];
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()));
    release();
  };
  try {
    if (options.fresh) await deleteDatabase(dataFolder);
    const page = join(dataFolder, 'demo.html');
    const bot = await startBot({
      dataFolder,
      organizationFile: resolve(options.organizationFile),
      demoPage: page,
      port: options.ports.bot,
    });
    children.push(bot.child);
    const botUrl = `http://127.0.0.1:${bot.port}`;
    const playgrounds = await allOf(
      plan.people.map(async (person, n) => {
        const folder = join(dataFolder, 'playgrounds', String(n + 1));
        const port = options.ports.windows === 0 ? 0 : options.ports.windows + n;
        const playground = await startPlayground({ plan, person, folder, port, botUrl });
        children.push(playground.child);
        await installBot(playground, plan, person);
        return { person, playground };
      }),
    );
    const windows = playgrounds.map(({ person, playground }) => ({ ...person, url: playground.url }));
    await writeFile(page, demoPage(plan.city, windows));
    return {
      botUrl,
      demoUrl: `http://localhost:${bot.port}/demo`,
      windows,
      botLog: bot.child.log,
      died: firstDeath(
        bot.child,
        playgrounds.map(({ playground }) => playground),
      ),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function deleteDatabase(folder: string): Promise<void> {
  await Promise.all(
    ['', '-wal', '-shm'].map((suffix) => rm(join(folder, `mamori.sqlite${suffix}`), { force: true })),
  );
}

/** All results; when one fails, its error, but only after the others are settled and can be stopped. */
async function allOf<T>(parts: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(parts);
  return settled.map((part) => {
    if (part.status === 'rejected') throw part.reason;
    return part.value;
  });
}

async function firstDeath(bot: Child, playgrounds: readonly Playground[]): Promise<string> {
  return Promise.race([
    bot.exited.then((how) => `${bot.name}が終了しました（${how}）。\n${bot.tail()}`),
    ...playgrounds.map(async ({ child, reason }) => {
      const how = await child.exited;
      return `${child.name}が終了しました（${how}）。\n${(await reason()) || child.tail()}`;
    }),
  ]);
}
