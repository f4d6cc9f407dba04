import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { demoPage } from '../../../infra/local/demo.ts';
import { lockFolder } from '../../../infra/local/lock.ts';
import { playgroundSettings } from '../../../infra/local/playground/settings.ts';
import { planWindows } from '../../../infra/local/windows.ts';

const ORGANIZATION = 'infra/local/organization.yaml';
const WINDOWS = 'infra/local/windows.yaml';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-local-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('windows of the demo city', () => {
  test('reporter, second member of staff, General Affairs’ duty and the head of department have one', async () => {
    const { people } = await planWindows(ORGANIZATION, WINDOWS);
    expect(people.map(({ role, name }) => `${role} ${name}`)).toEqual([
      '報告者 佐藤 美咲',
      '応援職員 鈴木 健太',
      '総務課の当番 清水 陽子',
      '部局等の長 中村 浩一',
    ]);
  });

  test('somebody unknown is named together with the file', async () => {
    const file = join(folder, 'windows.yaml');
    await writeFile(file, 'windows:\n  - person: nobody\n    role: 報告者\n');
    await expect(planWindows(ORGANIZATION, file)).rejects.toThrow(/windows\.yaml: nobody/);
  });

  test('a file of another shape says what is expected', async () => {
    const file = join(folder, 'windows.yaml');
    await writeFile(file, 'windows: []\n');
    await expect(planWindows(ORGANIZATION, file)).rejects.toThrow(/person と role/);
  });
});

describe('settings of a Playground', () => {
  type Settings = {
    tenantId: string;
    currentUser: { id: string; aadObjectId: string };
    users: { id: string }[];
    personalChat: { id: string };
    team: { channels: { id: string }[] };
  };
  const all = async () => {
    const plan = await planWindows(ORGANIZATION, WINDOWS);
    return plan.people.map((person) => ({ person, settings: playgroundSettings(plan, person) as Settings }));
  };

  test('the person is the Entra object id, and has a chat and five colleagues of their own', async () => {
    const windows = await all();
    for (const { person, settings } of windows) {
      expect(settings.currentUser.aadObjectId).toBe(person.id);
      const users = [settings.currentUser, ...settings.users].map(({ id }) => id);
      expect(new Set(users).size).toBe(6);
    }
    expect(new Set(windows.map(({ settings }) => settings.personalChat.id)).size).toBe(windows.length);
  });

  test('only General Affairs sees General Affairs’ channel', async () => {
    const withChannel = (await all()).filter(({ settings }) => settings.team.channels.length > 0);
    expect(withChannel.map(({ person }) => person.name)).toEqual(['清水 陽子']);
    expect(withChannel[0]?.settings.team.channels).toEqual([
      expect.objectContaining({ id: '19:general-affairs@thread.tacv2' }),
    ]);
  });
});

describe('demo page', () => {
  const window = {
    name: '佐藤 <b>',
    post: '主任',
    section: '税務課',
    role: '報告者',
    url: 'http://localhost:1/',
  };

  test('a name is text, never markup', () => {
    expect(demoPage('みなと市', [window])).not.toContain('<b>');
  });

  test('a head’s post is not said twice', () => {
    const head = { ...window, name: '中村 浩一', post: '税務部長', section: '税務部' };
    expect(demoPage('みなと市', [head])).not.toContain('税務部 税務部長');
  });
});

describe('data folder', () => {
  test('is refused while another run holds it, and free again afterwards', () => {
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`プロセス ${process.pid}`);
    release();
    lockFolder(folder)();
  });

  test('is free when the run that held it died', async () => {
    // Above the largest process id that Linux gives.
    await writeFile(join(folder, 'run.lock'), '4194305');
    const release = lockFolder(folder);
    expect(await readFile(join(folder, 'run.lock'), 'utf8')).toBe(String(process.pid));
    release();
  });
});
