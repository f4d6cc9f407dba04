import { expect, test } from '@jest/globals';
import { createTokens } from '../../../../bot/teams/tokens.ts';
import { FakeClock } from '../../../harness/fakeClock.ts';

test('many requests at once wait for one token', async () => {
  let fetched = 0;
  const tokens = createTokens(async () => `token-${++fetched}`);
  expect(await Promise.all([tokens.get(), tokens.get(), tokens.get()])).toEqual([
    'token-1',
    'token-1',
    'token-1',
  ]);
});

test('one that was refused is not used again, though the SDK still holds it for good', async () => {
  let held = 'old';
  const forced: boolean[] = [];
  const tokens = createTokens(async (isForced) => {
    forced.push(isForced);
    if (isForced) held = 'new';
    return held;
  });
  expect(await tokens.get()).toBe('old');
  tokens.refused('old');
  expect(await tokens.get()).toBe('new');
  expect(await tokens.get()).toBe('new');
  expect(forced).toEqual([false, false, true, false]);
});

test('a failure is told to those who waited, and the next one tries again', async () => {
  let isAway = true;
  const tokens = createTokens(async () => (isAway ? Promise.reject(new Error('away')) : 'token'));
  await expect(tokens.get()).rejects.toThrow('away');
  isAway = false;
  expect(await tokens.get()).toBe('token');
});

test('one that never comes is not waited for by everybody for ever', async () => {
  const clock = new FakeClock('2026-11-24T10:00:00+09:00');
  let tries = 0;
  const tokens = createTokens(async () => {
    tries += 1;
    return tries === 1 ? new Promise<string>(() => {}) : 'token';
  }, clock);
  void tokens.get();
  void tokens.get();
  clock.set(clock.now() + 10_000);
  expect(await tokens.get()).toBe('token');
  expect(tries).toBe(2);
});
