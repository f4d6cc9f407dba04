import type { Fleet } from './fleet.ts';
import type { Random } from './random.ts';

const PAUSE_EVERY_MS = 18_000;

/** Kills and pauses at random moments, beside those that workers carry in them. @returns how to stop */
export function unleash(fleet: Fleet, random: Random, kills: number, durationMs: number): () => void {
  let isOver = false;
  const startedAt = Date.now();
  const later = (averageMs: number, act: () => void): void => {
    if (isOver) return;
    setTimeout(() => {
      if (isOver) return;
      act();
      later(averageMs, act);
    }, random.between(0.5, 1.5) * averageMs);
  };
  // Behind its number of kills it kills, ahead of it it waits: those at points come when they come.
  later(Math.min(1_500, durationMs / Math.max(1, kills) / 2), () => {
    const wanted = (kills * (Date.now() - startedAt)) / durationMs;
    if (fleet.killed < Math.min(kills, wanted)) fleet.kill();
  });
  later(PAUSE_EVERY_MS, () => fleet.pause());
  return () => {
    isOver = true;
  };
}
