import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FLAGS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-quic',
  '--no-first-run',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium. @throws with the mend when there is none */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: executable(), args: FLAGS });
}

function executable(): string {
  const given = process.env.CHROMIUM;
  if (given !== undefined && given !== '') return given;
  const found = CANDIDATES.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    'Chromium is missing. On Debian: apt-get install -y chromium fonts-noto-cjk (Japanese needs the fonts). ' +
      'Elsewhere: set CHROMIUM to the path of a Chromium or Chrome.',
  );
}
