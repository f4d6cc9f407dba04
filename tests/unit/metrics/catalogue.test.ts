import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { COUNTERS, HISTOGRAMS } from '../../../services/metrics/catalogue.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** Source of all rules that owe effects and set timers. */
const sources = ['calls', 'reports', 'reach'].flatMap((folder) =>
  readdirSync(join(ROOT, 'services', folder)).map((file) =>
    readFileSync(join(ROOT, 'services', folder, file), 'utf8'),
  ),
);

test('each kind of effect that is performed is counted under its own name', () => {
  const performers = readdirSync(join(ROOT, 'bot/effects')).map((file) =>
    readFileSync(join(ROOT, 'bot/effects', file), 'utf8'),
  );
  const performed = performers.flatMap((source) =>
    [...source.matchAll(/case '([a-z-]+)':/g)].map(([, kind]) => kind),
  );
  expect(performed.length).toBeGreaterThan(10);
  const { kind } = COUNTERS.mamori_effects_total.labels;
  expect(kind).toEqual(expect.arrayContaining(performed));
});

test('each timer of the city’s reachability is measured under its own name', () => {
  const set = sources.flatMap((source) =>
    [...source.matchAll(/\btimers: \{ (?:\.\.\.[\w.]+, )?(\w+):/g)].map(([, name]) => name),
  );
  expect(set).toEqual(expect.arrayContaining(['check', 'test', 'change', 'again', 'list']));
  const { timer } = HISTOGRAMS.mamori_timer_lateness_seconds.labels;
  expect(timer).toEqual(expect.arrayContaining(set));
});
