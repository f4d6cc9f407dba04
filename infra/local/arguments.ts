import { parseArgs } from 'node:util';
import { LocalError } from './error.ts';

/** What stands behind `npm start --`. */
interface Arguments {
  /** Start with an empty database. */
  readonly fresh: boolean;
  /** Where cases are kept; not said: as the environment does, the embedded store by default. */
  readonly store?: Store;
}

export type Store = (typeof STORES)[number];

const STORES = ['sqlite', 'cosmos'] as const;

const USAGE = [
  '使い方 / usage:',
  '  npm start                     データは .data に残る / data stay in .data',
  '  npm start -- --fresh          データを消して始める / delete them and start',
  '  npm start -- --store cosmos   手元の Cosmos サーバーで試す。止めると消える / on a local Cosmos server, in memory only',
  '--store は sqlite か cosmos です。/ --store is sqlite or cosmos.',
].join('\n');

/** @throws LocalError */
export function readArguments(args: readonly string[]): Arguments {
  const { fresh, store } = parse(args);
  if (store === undefined) return { fresh };
  if (isStore(store)) return { fresh, store };
  throw new LocalError(`--store ${store} は使えません。/ --store ${store} is not known.\n${USAGE}`);
}

function parse(args: readonly string[]): { fresh: boolean; store?: string } {
  try {
    return parseArgs({
      args: [...args],
      options: { fresh: { type: 'boolean', default: false }, store: { type: 'string' } },
    }).values;
  } catch {
    throw new LocalError(USAGE);
  }
}

const isStore = (text: string): text is Store => STORES.some((store) => store === text);
