import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The Playground's own page with the stylesheet for narrow windows. */
export function narrowPage(): string {
  const playground = dirname(
    createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/package.json'),
  );
  const page = readFileSync(join(playground, 'dist', 'client', 'index.html'), 'utf8');
  const style = readFileSync(new URL('narrow.css', import.meta.url), 'utf8');
  return page.replace('</head>', `<style>${style}</style></head>`);
}
