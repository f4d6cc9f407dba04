import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The Playground's own page, made fit for narrow windows, for typing while messages arrive, and for a restart. */
export function windowPage(): string {
  const playground = dirname(
    createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/package.json'),
  );
  const page = readFileSync(join(playground, 'dist', 'client', 'index.html'), 'utf8');
  const own = `<style>${beside('narrow.css')}</style><script>${beside('keepTyped.js')}${beside('reopen.js')}</script>`;
  return page.replace('<head>', () => `<head>${own}`);
}

const beside = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8');
