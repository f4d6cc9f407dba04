import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { DocumentStore } from '../../../services/store/store.ts';
import { LocalCosmos } from '../../harness/cosmos/place.ts';
import type { Options } from '../benchmark.ts';
import type { Table } from '../table.ts';
import { aCase } from './documents.ts';
import type { Sizes } from './measure.ts';
import { type City, type Operation, READS, WRITES } from './operations.ts';

/** What one call asks of the service. */
interface Asked {
  readonly requests: number;
  /** In the answers to its queries; `null` when it makes none. */
  readonly documents: number | null;
}

/** The local server scans everything for each query, however many there are: time is no object here. */
const PATIENT = { deadlineMs: 120_000, attemptMs: 120_000 };
const AT_ONCE = 16;
const TURNS = 4;

/** What the adapter for Cosmos DB asks for, through the real SDK, counted on the local server. No times. */
export async function countCosmos({ isQuick, progress }: Options): Promise<Table> {
  const counts = isQuick ? { small: 700, large: 1_400 } : { small: 1_000, large: 10_000 };
  const cosmos = await LocalCosmos.start();
  try {
    const rows = {
      small: await countAll(cosmos, counts.small, progress),
      large: await countAll(cosmos, counts.large, progress),
    };
    return tableOf(counts, rows);
  } finally {
    await cosmos.stop();
  }
}

interface Row extends Asked {
  readonly operation: string;
  /** The same with two physical partitions, which the SDK merges. */
  readonly ofTwo: number;
}

async function countAll(cosmos: LocalCosmos, count: number, progress: Options['progress']): Promise<Row[]> {
  progress(`Cosmos DB: ${count.toLocaleString('en')} documents`);
  const place = await cosmos.provide(undefined, { limits: PATIENT });
  const store = await place.open();
  await fill(store, count);
  for (const isPartitioned of [true, false]) {
    cosmos.front.isPartitioned = isPartitioned;
    // The first query of a process also asks where the partitions are.
    await store.nextDue();
  }
  const rows: Row[] = [];
  for (const operation of [...READS, ...WRITES]) {
    const most = async (isPartitioned: boolean, from: number): Promise<Asked> => {
      cosmos.front.isPartitioned = isPartitioned;
      return mostAsked(cosmos, operation, { store, count }, from);
    };
    const one = await most(false, 0);
    rows.push({ operation: operation.name, ...one, ofTwo: (await most(true, TURNS)).requests });
  }
  cosmos.front.isPartitioned = false;
  await store.close();
  return rows;
}

async function fill(store: DocumentStore, count: number): Promise<void> {
  for (let start = 0; start < count; start += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - start);
    await Promise.all(Array.from({ length: size }, (_, n) => store.create(aCase(start + n, count))));
  }
}

async function mostAsked(
  cosmos: LocalCosmos,
  operation: Operation,
  city: City,
  from: number,
): Promise<Asked> {
  let most: Asked = { requests: 0, documents: null };
  for (let turn = from; turn < from + TURNS; turn += 1) {
    const perform = await operation.prepare(city, turn);
    const asked = await counted(cosmos, perform);
    most = {
      requests: Math.max(most.requests, asked.requests),
      documents: asked.documents === null ? null : Math.max(most.documents ?? 0, asked.documents),
    };
  }
  return most;
}

async function counted({ front }: LocalCosmos, perform: () => Promise<unknown>): Promise<Asked> {
  const before = front.log.length;
  const port = Number(new URL(front.endpoint).port);
  let documents: number | null = null;
  const count = (message: unknown) => {
    const { response } = message as { readonly response: IncomingMessage };
    // What the front asks of the server in its turn is not counted again.
    if (response.socket.remotePort !== port) return;
    const found = response.headers['x-ms-item-count'];
    if (found !== undefined) documents = (documents ?? 0) + Number(found);
  };
  subscribe('http.client.response.finish', count);
  await perform();
  unsubscribe('http.client.response.finish', count);
  return { requests: front.log.length - before, documents };
}

function tableOf({ small, large }: Sizes<number>, rows: Sizes<readonly Row[]>): Table {
  const [few, many] = [small, large].map((count) => count.toLocaleString('en'));
  return {
    title: 'Cosmos DB, requests a call (local server: no times)',
    columns: [
      { key: 'operation', title: 'operation' },
      { key: 'smallRequests', title: `requests ${few}` },
      { key: 'largeRequests', title: `requests ${many}` },
      { key: 'isSame', title: 'same' },
      { key: 'smallDocuments', title: `found ${few}` },
      { key: 'largeDocuments', title: `found ${many}` },
      { key: 'smallOfTwo', title: `of 2 partitions ${few}` },
      { key: 'largeOfTwo', title: `of 2 partitions ${many}` },
    ],
    rows: rows.small.map((row, n) => {
      const other = rows.large[n] ?? row;
      return {
        operation: row.operation,
        smallRequests: row.requests,
        largeRequests: other.requests,
        isSame: row.requests === other.requests && row.ofTwo === other.ofTwo,
        smallDocuments: row.documents,
        largeDocuments: other.documents,
        smallOfTwo: row.ofTwo,
        largeOfTwo: other.ofTwo,
      };
    }),
  };
}
