import { mkdtemp, rename, rm, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLiveDirectory, type LiveDirectory } from '../../../services/directory/liveDirectory.ts';
import type { OrganizationError } from '../../../services/directory/organization.ts';
import { type OrganizationWatch, watchOrganization } from '../../../services/directory/watchOrganization.ts';
import { CITY, directory } from './fixture.ts';

const NEW = CITY.replace('city: 試験市', 'city: 新市');
const BROKEN = CITY.replace('city: 試験市', 'city:');

let folder: string;
let path: string;
let live: LiveDirectory;
let watch: OrganizationWatch;
let tick: () => void;
let isRepeating: boolean;
let changes: string[];
let rejected: OrganizationError[];
let failed: unknown[];
let onChange: () => Promise<void>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mamori-watch-'));
  path = join(folder, 'organization.yaml');
  await writeFile(path, CITY);
  live = createLiveDirectory(directory());
  [changes, rejected, failed] = [[], [], []];
  onChange = async () => void changes.push(live.city);
  isRepeating = false;
  watch = watchOrganization({
    path,
    loaded: Buffer.from(CITY),
    directory: live,
    repeat: (task) => {
      tick = task;
      isRepeating = true;
      return () => {
        isRepeating = false;
      };
    },
    onChange: () => onChange(),
    onRejected: (error) => rejected.push(error),
    onFailed: (error) => failed.push(error),
  });
  await watch.check();
  changes = [];
});
afterEach(async () => {
  await watch.stop();
  await rm(folder, { recursive: true, force: true });
});

async function looks(times: number): Promise<void> {
  for (let time = 0; time < times; time++) await watch.check();
}
const paths = () => rejected.map(({ problems }) => problems.map((problem) => problem.path));

describe('a change of the file', () => {
  test('takes effect once, when it has been seen twice', async () => {
    await writeFile(path, NEW);
    await looks(1);
    expect([live.city, changes]).toEqual(['試験市', []]);
    await looks(3);
    expect([live.city, changes]).toEqual(['新市', ['新市']]);
    expect(rejected).toEqual([]);
  });

  test('is seen when an editor puts another file in its place', async () => {
    const draft = join(folder, '.organization.yaml.swp');
    await writeFile(draft, NEW);
    await rename(draft, path);
    await looks(2);
    expect(changes).toEqual(['新市']);
  });

  test('is seen when length and time stay the same', async () => {
    const at = new Date(1_700_000_000_000);
    await utimes(path, at, at);
    await looks(2);
    await writeFile(path, CITY.replace('内線 2119', '内線 2120'));
    await utimes(path, at, at);
    await looks(2);
    expect(live.helpExtension).toBe('内線 2120');
  });

  test('is not taken from a file that is still being written, and not reported either', async () => {
    for (const share of [0.2, 0.5, 0.8]) {
      await writeFile(path, NEW.slice(0, NEW.length * share));
      await looks(1);
    }
    // Cut in the last number the half is a valid file, with other waits.
    await writeFile(path, NEW.replace(/wait: 300 }\]\n$/, 'wait: 30 }]'));
    await looks(1);
    await writeFile(path, NEW);
    await looks(2);
    expect([changes, rejected]).toEqual([['新市'], []]);
  });

  test('the same contents written again are no change', async () => {
    await writeFile(path, CITY);
    await looks(3);
    expect([changes, rejected]).toEqual([[], []]);
  });

  test('a file that is gone for a moment is no news', async () => {
    await unlink(path);
    await looks(1);
    await writeFile(path, CITY);
    await looks(3);
    expect([changes, rejected, live.city]).toEqual([[], [], '試験市']);
  });
});

describe('a file that cannot be used', () => {
  test('is reported once for each content; the organisation before stays in force', async () => {
    await writeFile(path, BROKEN);
    await looks(5);
    expect(paths()).toEqual([['city']]);
    await writeFile(path, BROKEN.replace('language', 'languages').replace('timezone: Asia/Tokyo', ''));
    await looks(5);
    expect(paths()).toEqual([['city'], ['city', 'timezone']]);
    expect([live.city, changes]).toEqual(['試験市', []]);
  });

  test('takes effect when it is mended, also back to what it was', async () => {
    await writeFile(path, BROKEN);
    await looks(2);
    await writeFile(path, CITY);
    await looks(2);
    expect(changes).toEqual(['試験市']);
    await writeFile(path, BROKEN);
    await looks(2);
    expect(rejected).toHaveLength(2);
    await writeFile(path, NEW);
    await looks(2);
    expect(live.city).toBe('新市');
  });

  test('is one of another tenant: that needs a restart', async () => {
    await writeFile(path, NEW.replace(/tenantId: .*/, 'tenantId: 00000000-0000-4000-8000-0000000000bb'));
    await looks(3);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.problems).toEqual([
      { path: 'tenantId', line: 3, message: expect.stringContaining('まもりを再起動してください。') },
    ]);
    expect([live.city, live.tenantId]).toEqual(['試験市', '00000000-0000-4000-8000-0000000000aa']);
  });

  test.each([
    ['gone for good', () => unlink(path), 'ファイルを開けません'],
    ['of another encoding', () => writeFile(path, Buffer.from([0x82, 0xa0])), 'UTF-8'],
    ['empty', () => writeFile(path, ''), 'ファイルが空です'],
    ['no YAML', () => writeFile(path, 'a: ['), '字下げか括弧'],
    ['without anybody to page', () => writeFile(path, CITY.replaceAll('[advice]', '[assist]')), 'だれも'],
  ])('is %s', async (_, act, says) => {
    await act();
    await looks(4);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]?.message).toContain(says);
    expect([live.city, changes, failed]).toEqual(['試験市', [], []]);
    await writeFile(path, NEW);
    await looks(2);
    expect(live.city).toBe('新市');
  });
});

describe('what follows from a change', () => {
  test('is done at the start too: the file may have changed while nothing ran', async () => {
    let calls = 0;
    const other = watchOrganization({
      path,
      loaded: Buffer.from(CITY),
      directory: live,
      repeat: () => () => {},
      onChange: async () => {
        calls += 1;
      },
      onRejected: () => {},
      onFailed: () => {},
    });
    await other.check();
    await other.check();
    expect(calls).toBe(1);
  });

  test('is tried again at the next look when it fails', async () => {
    let tries = 0;
    onChange = async () => {
      tries += 1;
      if (tries < 3) throw new Error('store away');
    };
    await writeFile(path, NEW);
    await looks(6);
    expect(tries).toBe(3);
    expect(failed).toHaveLength(2);
    expect(live.city).toBe('新市');
  });

  test('a look that takes long is not overtaken; stop waits for it and ends the looking', async () => {
    let finish = () => {};
    let running = 0;
    onChange = async () => {
      running += 1;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    };
    await writeFile(path, NEW);
    await watch.check();
    const slow = watch.check();
    while (running === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    tick();
    tick();
    let hasStopped = false;
    const stopped = watch.stop().then(() => {
      hasStopped = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([running, hasStopped, isRepeating]).toEqual([1, false, false]);
    finish();
    await Promise.all([slow, stopped]);
    expect(running).toBe(1);
  });
});
