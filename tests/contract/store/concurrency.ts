import { expect, test } from '@jest/globals';
import type { DocumentStore } from '../../../services/store/store.ts';
import { aDocument, type Bench, created, refusal, replaced } from './bench.ts';

const WRITERS = 20;
const ROUNDS = 20;

export function describeConcurrency(bench: Bench): void {
  test('a write is seen by every store on the same data', async () => {
    const other = await bench.another();
    const written = await created(bench.store, aDocument({ dueAt: 5_000 }));
    expect(await other.read(written)).toEqual(written);
    expect(await other.nextDue()).toBe(5_000);
    const rewritten = await replaced(other, aDocument({ dueAt: 6_000 }), written.etag);
    expect(await bench.store.read(written)).toEqual(rewritten);
  });

  test(`of ${WRITERS} who create the same key one wins`, async () => {
    const stores = await writers(bench);
    const outcomes = await race(stores, (store, writer) => store.create(aDocument({ body: writer })));
    expect(outcomes.lost).toEqual(Array(WRITERS - 1).fill('already-exists'));
    expect(outcomes.won).toEqual([(await bench.store.read(aDocument()))?.etag]);
  });

  test(`of ${WRITERS} who replace the same document one wins, ${ROUNDS} times over`, async () => {
    const stores = await writers(bench);
    let etag = await bench.store.create(aDocument());
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = etag;
      const outcomes = await race(stores, (store, writer) =>
        store.replace(aDocument({ body: { round, writer } }), before),
      );
      expect(outcomes.lost).toEqual(Array(WRITERS - 1).fill('stale'));
      const stored = await bench.store.read(aDocument());
      expect(outcomes.won).toEqual([stored?.etag]);
      etag = stored?.etag ?? before;
    }
  });

  test('writers who read again when they were late lose no update', async () => {
    const stores = await writers(bench);
    await bench.store.create(aDocument({ body: [] }));
    await Promise.all(stores.map((store, writer) => append(store, writer)));
    const appended = entries((await bench.store.read(aDocument()))?.body);
    expect(appended.sort((a, b) => a - b)).toEqual(stores.map((_, writer) => writer));
  });
}

/** Twenty writers on four connections: some share one, as requests of one process do. */
async function writers(bench: Bench): Promise<DocumentStore[]> {
  const connections = [bench.store, await bench.another(), await bench.another(), await bench.another()];
  return Array.from({ length: WRITERS / connections.length }, () => connections).flat();
}

async function race(
  stores: readonly DocumentStore[],
  write: (store: DocumentStore, writer: number) => Promise<string>,
): Promise<{ won: string[]; lost: string[] }> {
  const won: string[] = [];
  const lost: string[] = [];
  await Promise.all(
    stores.map(async (store, writer) => {
      const attempt = write(store, writer);
      await attempt.then(
        (etag) => won.push(etag),
        async () => lost.push(await refusal(attempt)),
      );
    }),
  );
  return { won, lost };
}

async function append(store: DocumentStore, writer: number): Promise<void> {
  const current = await store.read(aDocument());
  const body = [...entries(current?.body), writer];
  try {
    await store.replace(aDocument({ body }), current?.etag ?? '');
  } catch (error) {
    expect(error).toMatchObject({ code: 'stale' });
    await append(store, writer);
  }
}

const entries = (body: unknown): number[] => (Array.isArray(body) ? body.map(Number) : []);
