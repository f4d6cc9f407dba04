import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { databaseFile } from '../../services/store/openStore.ts';
import type { StoreSettings } from '../../services/store/settings.ts';
import type { AlarmReceiver } from './alarms/receiver.ts';
import { startAlarmReceiver } from './alarms/receiver.ts';
import type { Store } from './arguments.ts';
import { startBot } from './bot.ts';
import type { Child } from './child/child.ts';
import type { CosmosServer } from './cosmosServer/start.ts';
import { startCosmos } from './cosmosServer/start.ts';
import { demoPage } from './demo.ts';
import { lockFolder } from './lock.ts';
import type { Playground } from './playground/window.ts';
import { installBot, startPlayground } from './playground/window.ts';
import { prepareTriggers } from './triggers.ts';
import type { WindowPerson, WindowPlan } from './windows.ts';
import { planWindows } from './windows.ts';

interface LocalOptions {
  readonly dataFolder: string;
  readonly organizationFile: string;
  /** Whose windows to open. */
  readonly windowsFile: string;
  /** Preferred ports; a free one is taken where one is not. `windows` is the first of a row. */
  readonly ports: { readonly bot: number; readonly windows: number };
  /** Deletes the database of the run before. With `cosmos` there is none: the embedded one is not this run's. */
  readonly fresh: boolean;
  /** Where cases are kept; not said: as the environment does, the embedded store by default. */
  readonly store?: Store;
}

export interface Local {
  readonly botUrl: string;
  readonly demoUrl: string;
  /** In the order of the windows' file. */
  readonly windows: readonly (WindowPerson & { readonly url: string })[];
  readonly botLog: string;
  /** Registered places that can be called from with `npm run trigger`. */
  readonly places?: readonly string[];
  /** Endpoint of the local Cosmos server that keeps the cases. */
  readonly cosmos?: string;
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
  let cosmos: CosmosServer | undefined;
  let alarms: AlarmReceiver | undefined;
  const stop = async () => {
    await Promise.all(children.map((child) => child.stop()));
    // Last: the bot writes until it has stopped.
    await cosmos?.child.stop();
    await alarms?.stop();
    release();
  };
  try {
    if (options.store === 'cosmos') cosmos = await startCosmos(dataFolder);
    else if (options.fresh) await deleteDatabase(dataFolder);
    const page = join(dataFolder, 'demo.html');
    alarms = await startAlarmReceiver();
    const buttons = await prepareTriggers(options.organizationFile, dataFolder);
    const bot = await startBot({
      dataFolder,
      organizationFile: resolve(options.organizationFile),
      demoPage: page,
      port: options.ports.bot,
      alarm: alarms,
      triggerSecrets: buttons.folder,
      ...chosenStore(options.store, dataFolder, cosmos),
    });
    children.push(bot.child);
    const botUrl = `http://127.0.0.1:${bot.port}`;
    const playgrounds = await openWindows(
      { plan, dataFolder, botUrl, firstPort: options.ports.windows },
      children,
    );
    const windows = playgrounds.map(({ person, playground }) => ({ ...person, url: playground.url }));
    await writeFile(page, demoPage(plan.city, windows, alarms.listUrl));
    return {
      botUrl,
      demoUrl: `http://localhost:${bot.port}/demo`,
      windows,
      botLog: bot.child.log,
      places: buttons.places,
      ...(cosmos === undefined ? {} : { cosmos: cosmos.settings.endpoint }),
      died: firstDeath(
        cosmos === undefined ? [bot.child] : [bot.child, cosmos.child],
        playgrounds.map(({ playground }) => playground),
      ),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Windows {
  readonly plan: WindowPlan;
  readonly dataFolder: string;
  readonly botUrl: string;
  /** Of a row; 0: any free ones. */
  readonly firstPort: number;
}

/** Each is among the `started` as soon as it runs: when one cannot be opened, the others have to be stopped. */
function openWindows(
  { plan, dataFolder, botUrl, firstPort }: Windows,
  started: Child[],
): Promise<{ person: WindowPerson; playground: Playground }[]> {
  return allOf(
    plan.people.map(async (person, n) => {
      const folder = join(dataFolder, 'playgrounds', String(n + 1));
      const port = firstPort === 0 ? 0 : firstPort + n;
      const playground = await startPlayground({ plan, person, folder, port, botUrl });
      started.push(playground.child);
      await installBot(playground, plan, person);
      return { person, playground };
    }),
  );
}

function chosenStore(
  store: Store | undefined,
  folder: string,
  cosmos: CosmosServer | undefined,
): { store?: StoreSettings } {
  if (cosmos !== undefined) return { store: cosmos.settings };
  return store === 'sqlite' ? { store: { kind: 'sqlite', folder } } : {};
}

async function deleteDatabase(folder: string): Promise<void> {
  const file = databaseFile({ kind: 'sqlite', folder });
  await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(`${file}${suffix}`, { force: true })));
}

/** All results; when one fails, its error, but only after the others are settled and can be stopped. */
async function allOf<T>(parts: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(parts);
  return settled.map((part) => {
    if (part.status === 'rejected') throw part.reason;
    return part.value;
  });
}

async function firstDeath(own: readonly Child[], playgrounds: readonly Playground[]): Promise<string> {
  return Promise.race([
    ...own.map(async ({ exited, name, tail }) => `${name}が終了しました（${await exited}）。\n${tail()}`),
    ...playgrounds.map(async ({ child, reason }) => {
      const how = await child.exited;
      return `${child.name}が終了しました（${how}）。\n${(await reason()) || child.tail()}`;
    }),
  ]);
}
