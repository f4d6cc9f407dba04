import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openSqliteStore } from '../../../services/store/sqlite/sqliteStore.ts';
import { useFolder } from './folder.ts';

const KEY = { kind: 'call', id: 'K-7F3Q' };

describe('several processes on one file', () => {
  const path = useFolder();

  test('two processes that start at once on a new file both come up', async () => {
    const outcomes = await Promise.all([run(start('opener', path(), 50)), run(start('opener', path(), 50))]);
    expect(outcomes).toEqual(Array(2).fill({ lines: 0, errors: '', code: 0 }));
  }, 60_000);

  test('two processes that make the file and write one document 200 times each lose nothing', async () => {
    const file = path('data', 'mamori.db');
    const outcomes = await Promise.all([
      run(start('writer', file, 'a', 200)),
      run(start('writer', file, 'b', 200)),
    ]);
    expect(outcomes.map(({ errors, code }) => ({ errors, code }))).toEqual(
      Array(2).fill({ errors: '', code: 0 }),
    );

    const entries = await readEntries(file);
    expect(entries).toHaveLength(400);
    for (const name of ['a', 'b']) {
      const own = entries.filter((entry) => entry.startsWith(`${name}:`));
      expect(own).toEqual(Array.from({ length: 200 }, (_, n) => `${name}:${n}`));
    }
  }, 60_000);

  test('a process killed while it writes loses no write that it was told of, and its lists agree', async () => {
    const file = path('mamori.db');
    const child = start('writer', file, 'a', 100_000);
    const acknowledged = await run(child, (lines) => lines >= 50 && child.kill('SIGKILL'));
    expect(acknowledged.errors).toBe('');

    const entries = await readEntries(file);
    expect(entries.length - acknowledged.lines).toBeGreaterThanOrEqual(0);
    expect(entries.length - acknowledged.lines).toBeLessThanOrEqual(1);
    const store = await openSqliteStore({ path: file });
    const listed = await store.list({ kind: 'call', term: `entries:${entries.length}`, limit: 10 });
    expect(listed.items).toEqual([{ ...KEY, sortAt: entries.length, summary: entries.length }]);
    expect(await store.nextDue()).toBe(entries.length);
    await store.close();
  }, 60_000);
});

const start = (fixture: 'opener' | 'writer', ...args: readonly (string | number)[]): ChildProcess =>
  spawn(process.execPath, [join(__dirname, 'fixtures', `${fixture}.ts`), ...args.map(String)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Waits for the end of a process and counts the lines it printed. */
async function run(
  child: ChildProcess,
  onLines: (lines: number) => unknown = () => undefined,
): Promise<{ lines: number; errors: string; code: number | null }> {
  let lines = 0;
  let errors = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    lines += chunk.split('\n').length - 1;
    onLines(lines);
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  await once(child, 'close');
  return { lines, errors, code: child.exitCode };
}

async function readEntries(file: string): Promise<string[]> {
  const store = await openSqliteStore({ path: file });
  const body = (await store.read(KEY))?.body;
  await store.close();
  return Array.isArray(body) ? body.map(String) : [];
}
