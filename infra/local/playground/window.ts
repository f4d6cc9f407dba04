import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Child } from '../child/child.ts';
import { startChild } from '../child/child.ts';
import { LocalError } from '../error.ts';
import { freePort } from '../ports.ts';
import type { WindowPerson, WindowPlan } from '../windows.ts';
import { personalChat, playgroundSettings } from './settings.ts';

interface PlaygroundOptions {
  readonly plan: WindowPlan;
  readonly person: WindowPerson;
  /** Settings and logs of this window. */
  readonly folder: string;
  /** Preferred port; another when it is taken. */
  readonly port: number;
  readonly botUrl: string;
}

export interface Playground {
  readonly child: Child;
  /** Opens this person's Teams. */
  readonly url: string;
  /** What went wrong, as the Playground wrote it into its own log. */
  reason(): Promise<string>;
}

/** Starts the Teams window of one person and waits until it answers. @throws LocalError */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { plan, person, folder, botUrl } = options;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, '.m365agentsplayground.yml'), stringify(playgroundSettings(plan, person)));
  const ownLog = join(folder, 'playground.log');
  const script = join(
    dirname(createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/package.json')),
    'cli.js',
  );
  const port = String(await freePort(options.port));
  const child = startChild({
    name: `Teams の窓（${person.name}）`,
    // --dt: no telemetry.
    args: [script, '--dt', '-c', 'msteams', '-e', `${botUrl}/api/messages`, '-p', port],
    env: { TZ: 'Asia/Tokyo', TEAMSAPPTESTER_BROWSER: 'none', M365_AGENTS_PLAYGROUND_LOGFILE: ownLog },
    folder,
    log: join(folder, 'output.log'),
    preload: new URL('preload.ts', import.meta.url),
  });
  const reason = () => errorsIn(ownLog);
  try {
    const [, real] = await child.printed(/^Listening on (\d+)/);
    const url = `http://localhost:${real}`;
    await answers(child, `${url}/_debug/ping`);
    return { child, url, reason };
  } catch (error) {
    await child.stop();
    throw new LocalError(`${error instanceof Error ? error.message : error}\n${await reason()}`.trim());
  }
}

/**
 * Installs the bot for this person, and for General Affairs in its channel, as the page does when it is opened:
 * from then on pages reach them although nobody has the window open yet.
 */
export async function installBot({ url }: Playground, plan: WindowPlan, person: WindowPerson): Promise<void> {
  const conversations = [personalChat(person.id)];
  if (person.generalAffairs && plan.channel !== undefined) conversations.push(plan.channel);
  for (const conversation of conversations) {
    const response = await fetch(
      `${url}/_debug/conversation/${encodeURIComponent(conversation)}/installation`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      },
    );
    if (!response.ok)
      throw new LocalError(
        `Teams の窓（${person.name}）に まもり を追加できませんでした（${response.status}）。`,
      );
  }
}

/** Waits for the first answer: it says where it listens a moment before it does. */
async function answers(child: Child, url: string): Promise<void> {
  let gone = false;
  void child.exited.then(() => {
    gone = true;
  });
  while (!gone) {
    const response = await fetch(url).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new LocalError(`${child.name}が起動できずに終了しました。\n${child.tail()}`);
}

async function errorsIn(log: string): Promise<string> {
  const text = await readFile(log, 'utf8').catch(() => '');
  const errors = text.split('\n').filter((line) => line.startsWith('error '));
  return errors.slice(-5).join('\n');
}
