import { replaceSource } from './mutations.ts';

const OPEN = 'export async function openStore(';

/** Puts the trace around whatever store the settings of the process name. */
export function traceStore(): void {
  const traced = new URL('./tracedStore.ts', import.meta.url).href;
  const around = [
    `import { traced } from '${traced}';`,
    'export const openStore = async (settings: StoreSettings, log: Log) => traced(await openReal(settings, log));',
    'async function openReal(',
  ].join('\n');
  replaceSource('/services/store/openStore.ts', OPEN, around);
}
