import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createTriggerSecrets } from '../../../bot/triggerSecrets.ts';
import type { Log } from '../../../services/log.ts';

const LONG = 'a secret of more than thirty-two bytes';

let folder: string;
let errors: object[];
const log: Log = { info() {}, warn() {}, error: (fields) => void errors.push(fields) };
beforeEach(async () => {
  errors = [];
  folder = await mkdtemp(join(tmpdir(), 'mamori-secrets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const secrets = (given: Record<string, string> = {}) => createTriggerSecrets({ given, folder }, log);

test('a file a place, read anew each time: added, changed and taken away without a restart', async () => {
  const secretOf = secrets();
  expect(await secretOf('zeimu-2')).toBeUndefined();
  await writeFile(join(folder, 'zeimu-2'), `${LONG}\n`);
  expect(await secretOf('zeimu-2')).toBe(LONG);
  await writeFile(join(folder, 'zeimu-2'), `${LONG}!`);
  expect(await secretOf('zeimu-2')).toBe(`${LONG}!`);
  await rm(join(folder, 'zeimu-2'));
  expect(await secretOf('zeimu-2')).toBeUndefined();
});

test('what the environment gives comes first; without a folder it is all there is', async () => {
  await writeFile(join(folder, 'a'), LONG);
  expect(await secrets({ a: `${LONG} given` })('a')).toBe(`${LONG} given`);
  expect(await createTriggerSecrets({ given: {}, folder: undefined }, log)('a')).toBeUndefined();
});

test('one that is too short opens nothing, and the log says of which place', async () => {
  await writeFile(join(folder, 'a'), 'short');
  expect(await secrets()('a')).toBeUndefined();
  expect(errors).toEqual([{ place: 'a' }]);
});

test('one that cannot be read is an error, not a place without a secret', async () => {
  await mkdir(join(folder, 'a'));
  await expect(secrets()('a')).rejects.toThrow();
});
