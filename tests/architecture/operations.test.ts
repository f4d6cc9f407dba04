import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { REASONS } from '../../services/audit/findings.ts';
import { COUNTERS, GAUGES, HISTOGRAMS } from '../../services/metrics/catalogue.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');

test('docs/operations.md says what to do for every reason of the audit, and for no other', () => {
  const [, section = ''] = read('docs/operations.md').split('| `reasons`');
  const table = section.split('\n\n')[0] ?? '';
  const listed = [...table.matchAll(/^\| `([a-z]+)`/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual(Object.keys(REASONS).sort());
});

test('docs/operations.md lists every number that is measured, and no other', () => {
  const listed = [...read('docs/operations.md').matchAll(/^\| (`mamori_.*?) \|/gm)].flatMap(
    ([, names = '']) => [...names.matchAll(/`(mamori_\w+)`/g)].map((match) => match[1]),
  );
  const measured = [COUNTERS, HISTOGRAMS, GAUGES].flatMap((catalogue) => Object.keys(catalogue));
  expect(listed.sort()).toEqual([...measured, 'mamori_build_info'].sort());
});

test('docs/alarm.md and docs/operations.md say by what an illness is over when a restart has ended it', () => {
  for (const file of ['docs/alarm.md', 'docs/operations.md']) {
    const paragraphs = read(file).split(/\n(?:\n|- |\d\. )/);
    const said = paragraphs.filter((text) => text.includes('再起動') && text.includes('`engine-well`'));
    expect(said.join()).toMatch(/来(?:ません|ない).*`\/readyz` が 200 に戻るか、.*死活監視が戻れば/s);
  }
});

test('docs/alarm.md lists what まもり says of itself', () => {
  for (const reason of ['engine-ill', 'engine-well', 'case-stuck'])
    expect(read('docs/alarm.md')).toContain(`| \`${reason}\``);
});
