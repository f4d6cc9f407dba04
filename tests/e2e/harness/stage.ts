import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Local } from '../../../infra/local/local.ts';
import { startLocal } from '../../../infra/local/local.ts';
import { openBrowser } from './browser.ts';
import type { TeamsWindow } from './teamsWindow.ts';
import { NORMAL, openTeams } from './teamsWindow.ts';

const ORGANIZATION = 'infra/local/organization.yaml';
/** Seconds that a step of paging waits here, so that a journey does not take minutes. */
const STEP_SECONDS = 10;

/** The whole product with everybody's Teams window open in Chromium. */
export interface Stage {
  readonly local: Local;
  /** The window of a person who has one (`people.ts`). */
  of(person: string): TeamsWindow;
  close(): Promise<void>;
}

/** Starts bot and Playgrounds on free ports with an empty database and opens every window. */
export async function openStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'mamori-e2e-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of closing.reverse()) await end();
  };
  try {
    const local = await startLocal({
      dataFolder: folder,
      organizationFile: await quickOrganization(folder),
      windowsFile: 'infra/local/windows.yaml',
      ports: { bot: 0, windows: 0 },
      fresh: true,
    });
    closing.push(() => local.stop());
    const browser = await openBrowser();
    closing.push(() => browser.close());
    const windows = new Map<string, TeamsWindow>();
    for (const { id, name, url } of local.windows) windows.set(id, await openWindow(browser, name, url));
    return {
      local,
      of(person) {
        const window = windows.get(person);
        if (window === undefined) throw new Error(`${person} has no window`);
        return window;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens one person's Teams and waits for the home card: the bot then knows how to reach them. */
export async function openWindow(browser: Browser, name: string, url: string): Promise<TeamsWindow> {
  const context = await browser.newContext({ viewport: NORMAL, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
  const page = await context.newPage();
  const window = await openTeams(page, name.replaceAll(' ', ''), url);
  await window.sees('応援を呼ぶ');
  return window;
}

/** The demo city with short waits between the steps of paging. */
async function quickOrganization(folder: string): Promise<string> {
  const file = join(folder, 'organization.yaml');
  const yaml = await readFile(ORGANIZATION, 'utf8');
  await writeFile(file, yaml.replaceAll(/wait: [1-9]\d*/g, `wait: ${STEP_SECONDS}`));
  return file;
}
