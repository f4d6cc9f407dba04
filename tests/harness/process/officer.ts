import { createApp } from '../../../bot/app.ts';
import { systemClock } from '../../../services/clock.ts';
import { readStoreSettings } from '../../../services/config.ts';
import { createDirectory } from '../../../services/directory/createDirectory.ts';
import { loadOrganization } from '../../../services/directory/organization.ts';
import type { Log } from '../../../services/log.ts';
import { createPeople } from '../../../services/people/people.ts';
import { openStore } from '../../../services/store/openStore.ts';
import { ORGANIZATION } from '../organization.ts';
import { participant } from '../simulation.ts';

/**
 * A process in which an officer of General Affairs accepts cases, on a store that others share:
 * `node officer.ts <person>`. Each message names cases that are accepted at once; the answer says what became of
 * each. The engine runs as in the product, on a channel that takes everything.
 */
const [, , person = ''] = process.argv;

export type Outcome =
  | { readonly code: string; readonly number: string }
  | { readonly code: string; readonly reason: string; readonly name: string };

const log: Log = {
  info() {},
  warn() {},
  error: (fields, message) => console.error(message, fields),
};
const store = await openStore(readStoreSettings(process.env), log);
const directory = createDirectory(await loadOrganization(ORGANIZATION));
let sent = 0;
async function send() {
  sent += 1;
  return { kind: 'delivered', activityId: `${process.pid}-${sent}` } as const;
}
const update = async (_to: unknown, activityId: string) => ({ kind: 'delivered', activityId }) as const;
const app = createApp({
  store,
  directory,
  clock: systemClock,
  log,
  people: createPeople(store),
  channel: { send, update, say: send, reach: async () => ({ kind: 'reachable' }) },
  loadClassifier: () => Promise.reject(new Error('no report here is classified')),
  serviceHosts: [],
});
app.engine.start();

async function accept(code: string): Promise<Outcome> {
  const done = await app.cases.handle(code, { type: 'accept', by: participant(directory, person) });
  if (done.kind === 'refused') return { code, reason: done.reason, name: done.detail.name ?? '' };
  const number = done.file.call.handling?.number ?? null;
  return { code, number: number === null ? '' : `${number.year}-${number.n}` };
}

process.on('message', (codes: readonly string[]) => {
  void Promise.all(codes.map(accept)).then((outcomes) => process.send?.(outcomes));
});
process.send?.([]);
