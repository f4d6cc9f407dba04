import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const ROOT = resolve(import.meta.dirname, '../..');

interface Import {
  readonly file: string;
  /** A path from the root for our own files, else the package's name. */
  readonly target: string;
}

const sources = ['bot', 'cards', 'services', 'infra', 'tests'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('node_modules'))
    .map((file) => join(folder, file)),
);

const IMPORT = /(?:from\s+|import\s*\(\s*|import\s+)'([^']+)'/g;

const imports: Import[] = sources.flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)].map(([, target = '']) => ({
    file,
    target: target.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(file), target)) : target,
  })),
);

/** Imports of files below `from` that `forbidden` matches, as `file → target`. */
const offences = (from: RegExp, forbidden: (target: string) => boolean): string[] =>
  imports
    .filter(({ file, target }) => from.test(file) && forbidden(target))
    .map(({ file, target }) => `${file} → ${target}`);

const under =
  (...folders: string[]) =>
  (target: string) =>
    folders.some((f) => target.startsWith(`${f}/`));
const named = (name: string | RegExp) => (target: string) =>
  typeof name === 'string' ? target === name : name.test(target);

describe('dependencies go in one direction', () => {
  test('there is something to check', () => {
    expect(imports.length).toBeGreaterThan(200);
  });

  test('services know neither bot nor cards nor the SDKs around them', () => {
    expect(offences(/^services\//, under('bot', 'cards', 'infra'))).toEqual([]);
    expect(offences(/^services\//, named(/^(botbuilder|botframework-|restify|adaptivecards)/))).toEqual([]);
  });

  test('cards know services, and neither bot nor botbuilder', () => {
    expect(offences(/^cards\//, under('bot', 'infra'))).toEqual([]);
    expect(offences(/^cards\//, named(/^(botbuilder|botframework-|restify)/))).toEqual([]);
  });

  test('botbuilder appears only in bot/teams, restify only in bot/server.ts', () => {
    const outside = /^(?!bot\/teams\/)(bot|infra)\//;
    expect(offences(outside, named(/^(botbuilder|botframework-)/))).toEqual([]);
    expect(offences(/^(?!bot\/server\.ts)(bot|infra)\//, named('restify'))).toEqual([]);
  });

  test('prom-client appears only in bot/metrics', () => {
    expect(offences(/^(?!bot\/metrics\/)(bot|cards|services|infra)\//, named('prom-client'))).toEqual([]);
  });

  test('each database is known to its own adapter only', () => {
    expect(
      offences(/^(?!services\/store\/sqlite\/)(bot|cards|services|infra)\//, named('node:sqlite')),
    ).toEqual([]);
    expect(
      offences(/^(?!services\/store\/cosmos\/)(bot|cards|services|infra)\//, named(/^@azure\//)),
    ).toEqual([]);
  });

  test('the adapter for Cosmos DB is loaded only where it is used: its SDK costs the embedded store nothing', () => {
    const staticImport = /^(?:import|export)\s(?!type\s)[^;]*?from\s+'([^']+)'/gm;
    const loading = sources
      .filter((file) => /^(?!services\/store\/cosmos\/)(bot|cards|services|infra)\//.test(file))
      .filter((file) =>
        [...readFileSync(join(ROOT, file), 'utf8').matchAll(staticImport)].some(([, target]) =>
          /\/cosmos\//.test(target ?? ''),
        ),
      );
    expect(loading).toEqual([]);
  });

  test('nothing outside tests imports tests, and the product does not import local mode', () => {
    expect(offences(/^(bot|cards|services|infra)\//, under('tests'))).toEqual([]);
    expect(offences(/^(bot|cards|services)\//, under('infra'))).toEqual([]);
  });

  test('the rules are pure: no clock, no randomness, no store in decide', () => {
    const rules = sources.filter(
      (file) =>
        /^services\/(calls|reports|reach)\//.test(file) &&
        !/(calls\/calls|reports\/reports|reach\/reachService)\.ts$/.test(file),
    );
    const impure = rules.filter((file) =>
      /Date\.now|new Date\(\)|Math\.random|randomUUID|setTimeout/.test(
        readFileSync(join(ROOT, file), 'utf8'),
      ),
    );
    expect(impure).toEqual([]);
  });
});
