import { openSync, writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { type Document, type DocumentStore, StoreError } from '../../../services/store/store.ts';
import { linesOf, type TraceLine, versionOf } from '../trace/line.ts';
import { machineNow, pass } from './points.ts';
import { setting } from './readSetting.ts';

const file = openSync(setting.trace, 'a');
/** One line, one call: what a killed process has written of it is whole or missing. */
const note = (line: TraceLine): void => void writeSync(file, `${JSON.stringify(line)}\n`);

let writes = 0;

/**
 * The same store, every write of a call noted before and after, and points to die at around it. The line after a write
 * is out before the engine knows of it: whatever the engine does next follows from a write that is in the trace.
 */
export function traced(store: DocumentStore): DocumentStore {
  async function write(
    document: Document,
    etag: string | null,
    real: () => Promise<string>,
  ): Promise<string> {
    await hurdle();
    if (document.kind !== 'call') return real();
    writes += 1;
    const n = writes;
    pass('before-write');
    note({
      e: 'try',
      n,
      at: machineNow(),
      id: document.id,
      before: versionOf(etag),
      call: linesOf(document.body),
    });
    try {
      const written = await real();
      note({ e: 'done', n, after: versionOf(written) ?? '' });
      pass('after-write');
      if (Math.random() < setting.storeFaults) throw new StoreError('unavailable', 'torture: answer lost');
      return written;
    } catch (error) {
      const isRefused = error instanceof StoreError && /stale|already-exists/.test(error.code);
      if (isRefused) note({ e: 'refused', n });
      throw error;
    }
  }
  const create: DocumentStore['create'] = (document) => write(document, null, () => store.create(document));
  const replace: DocumentStore['replace'] = (document, etag) =>
    write(document, etag, () => store.replace(document, etag));
  const read: DocumentStore['read'] = async (key) => {
    await hurdle();
    return store.read(key);
  };
  const changed = { create, replace, read };
  return new Proxy(store, {
    get(target, name) {
      if (name in changed) return changed[name as keyof typeof changed];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Sometimes slow, sometimes not there. */
async function hurdle(): Promise<void> {
  const drawn = Math.random();
  if (drawn < setting.storeFaults) await delay(50 + Math.random() * 400);
  else if (drawn < setting.storeFaults * 1.5) throw new StoreError('unavailable', 'torture: not now');
}
