import type { Call } from '../calls/call.ts';
import { decode } from '../engine/envelope.ts';
import { skipReason } from '../engine/skipped.ts';
import type { Report } from '../reports/report.ts';
import { everything, keyOf } from '../store/everything.ts';
import { type DocumentStore, type Key, type Stored, Undecodable } from '../store/store.ts';
import type { CorrectedReport } from './examples.ts';
import type { Permit } from './permits.ts';

/** What one record gives, or the key of a record that cannot be read. */
type Exported =
  | { readonly code: string; readonly examples: readonly CorrectedReport[] }
  | { readonly unreadable: Key };

interface Parts {
  readonly store: DocumentStore;
  readonly permit: Permit;
  readonly examplesOf: (report: Report) => readonly CorrectedReport[];
}

/**
 * Every record, one after the other. One that is damaged, or whose case is, does not keep the others back: the permit is
 * spent by then. Nothing of a case in which the manager is implicated leaves in their name.
 *
 * @throws StoreError
 */
export async function* exported({ store, permit, examplesOf }: Parts): AsyncGenerator<Exported> {
  for await (const found of everything(store, 'record')) {
    const one = await read(found).catch((error: unknown) => {
      if (skipReason(error) === undefined) throw error;
      return { unreadable: keyOf(found) };
    });
    if (one !== undefined) yield one;
  }

  async function read(found: Stored | Undecodable): Promise<Exported | undefined> {
    if (found instanceof Undecodable) throw found;
    const report = decode<Report>(found).state;
    const call = await store.read({ kind: 'call', id: report.code });
    if (call === undefined || decode<Call>(call).state.excluded.includes(permit.by.id)) return undefined;
    return { code: report.code, examples: examplesOf(report) };
  }
}
