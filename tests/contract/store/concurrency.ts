import { expect, test } from '@jest/globals';
import type { DocumentStore, Stored } from '../../../services/store/store.ts';
import { aDocument, type Bench, refusal } from './bench.ts';

const WRITERS = 20;
const ROUNDS = 20;

export function describeConcurrency(bench: Bench): void {
  test('a write is seen by every store on the same data', async () => {
    const other = await bench.another();
    const created = await bench.store.create(aDocument({ dueAt: 5_000 }));
    expect(await other.read(created)).toEqual(created);
    expect(await other.nextDue()).toBe(5_000);
    const replaced = await other.replace(aDocument({ dueAt: 6_000 }), created.etag);
    expect(await bench.store.read(created)).toEqual(replaced);
  });

  test(`of ${WRITERS} who create the same key one wins`, async () => {
    const stores = await writers(bench);
    const outcomes = await race(stores, (store, writer) => store.create(aDocument({ body: writer })));
    expect(outcomes.lost).toEqual(Array(WRITERS - 1).fill('already-exists'));
    expect(outcomes.won).toEqual([await bench.store.read(aDocument())]);
  });

  test(`of ${WRITERS} who replace the same document one wins, ${ROUNDS} times over`, async () => {
    const stores = await writers(bench);
    let current = await bench.store.create(aDocument());
    for (let round = 0; round < ROUNDS; round += 1) {
      const { etag } = current;
      const outcomes = await race(stores, (store, writer) =>
        store.replace(aDocument({ body: { round, writer } }), etag),
      );
      expect(outcomes.lost).toEqual(Array(WRITERS - 1).fill('stale'));
      const stored = await bench.store.read(current);
      expect(outcomes.won).toEqual([stored]);
      current = stored ?? current;
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
  write: (store: DocumentStore, writer: number) => Promise<Stored>,
): Promise<{ won: Stored[]; lost: string[] }> {
  const won: Stored[] = [];
  const lost: string[] = [];
  await Promise.all(
    stores.map(async (store, writer) => {
      const attempt = write(store, writer);
      await attempt.then(
        (stored) => won.push(stored),
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
