import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PRIORITIES } from '../../../services/channel.ts';
import { createPacer } from '../../../services/sending/pacer.ts';
import { FakeClock } from '../../harness/fakeClock.ts';
import type { Benchmark, Options } from '../benchmark.ts';
import { percentile } from '../percentile.ts';
import type { Table } from '../table.ts';
import { activity, fetchClient, ownClient, type Send, sdkClient } from './clients.ts';

const ROUNDS = 7;
const WIDTHS = [1, 16] as const;

/** What one message costs this process until its answer has been read. */
export const sending: Benchmark = {
  about: 'CPU of one message to Teams (loopback, connections kept), and of its place in the queue',
  async run(options) {
    const sink = fork(join(import.meta.dirname, 'sink.ts'));
    try {
      const [port] = (await once(sink, 'message')) as [number];
      const url = `http://127.0.0.1:${port}/_connector`;
      const clients = {
        'botframework-connector': await sdkClient(url),
        fetch: fetchClient(url),
        'bot/teams/request.ts': ownClient(url),
      };
      return {
        tables: [await compare(clients, options), await queue(options)],
        notes: [
          `Messages of ${Buffer.byteLength(JSON.stringify(activity))} bytes to another process, in turns, ${ROUNDS} rounds; the median round counts.`,
          'CPU of the whole process (user and system), without TLS and without the token, which the SDK keeps in memory.',
        ],
      };
    } finally {
      sink.kill();
    }
  },
};

async function compare(
  clients: Readonly<Record<string, Send>>,
  { isQuick, progress }: Options,
): Promise<Table> {
  const count = isQuick ? 50 : 1_500;
  const samples = new Map<string, number[]>();
  for (let round = -1; round < ROUNDS; round++) {
    progress(round < 0 ? 'warm-up' : `round ${round + 1} of ${ROUNDS}`);
    for (const [name, send] of Object.entries(clients)) {
      for (const width of WIDTHS) {
        const cost = await cpuOf(send, count, width);
        if (round < 0) continue;
        const key = `${name} ${width}`;
        samples.set(key, [...(samples.get(key) ?? []), cost]);
      }
    }
  }
  const rows = Object.keys(clients).map((client) => ({
    client,
    ...Object.fromEntries(
      WIDTHS.map((width) => [`w${width}`, percentile(samples.get(`${client} ${width}`) ?? [], 0.5)]),
    ),
  }));
  return {
    title: 'CPU a message, µs',
    columns: [
      { key: 'client', title: 'client' },
      { key: 'w1', title: 'one at a time' },
      { key: 'w16', title: '16 at a time' },
    ],
    rows,
  };
}

/** Microseconds of CPU a message. */
async function cpuOf(send: Send, count: number, width: number): Promise<number> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await send();
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: width }, worker));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

/** Fake time: what the queue itself costs while it is full. */
async function queue({ isQuick }: Options): Promise<Table> {
  const count = isQuick ? 500 : 50_000;
  const clock = new FakeClock('2026-11-24T10:00:00+09:00');
  const pacer = createPacer({ clock, instances: 1 });
  const before = process.cpuUsage();
  let out = 0;
  let away = 0;
  for (let n = 0; n < count; n++) {
    const priority = PRIORITIES[n % PRIORITIES.length] ?? 'card';
    void pacer.admit({ thread: `t${n % 500}`, priority }).then(({ ok }) => {
      if (ok) out += 1;
      else away += 1;
    });
    if (n % 4 === 0) {
      clock.set(clock.now() + 40);
      await Promise.resolve();
    }
  }
  const { user, system } = process.cpuUsage(before);
  return {
    title: 'The queue, twice as much wanted as may go',
    columns: [
      { key: 'what', title: 'messages' },
      { key: 'out', title: 'let out' },
      { key: 'away', title: 'sent away' },
      { key: 'cpu', title: 'CPU each, µs', digits: 1 },
    ],
    rows: [{ what: count, out, away, cpu: (user + system) / count }],
  };
}
