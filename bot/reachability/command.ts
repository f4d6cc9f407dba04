import type { Channel } from '../../services/channel.ts';
import { systemClock } from '../../services/clock.ts';
import type { Outcome } from '../../services/command.ts';
import { type Config, ConfigError, readConfig } from '../../services/config.ts';
import { createDirectory } from '../../services/directory/createDirectory.ts';
import type { PersonId } from '../../services/directory/directory.ts';
import { loadOrganization, OrganizationError } from '../../services/directory/organization.ts';
import { Engine } from '../../services/engine/engine.ts';
import { silentLog } from '../../services/log.ts';
import { createPeople, type People } from '../../services/people/people.ts';
import { BATCH_EVERY_MS } from '../../services/reach/begin.ts';
import { createReachAggregate } from '../../services/reach/decide.ts';
import { personAggregate } from '../../services/reach/decidePerson.ts';
import { createReach, type ReachService } from '../../services/reach/reachService.ts';
import { openStore, requireDatabase } from '../../services/store/openStore.ts';
import { type DocumentStore, StoreError } from '../../services/store/store.ts';
import { openTeams } from '../openTeams.ts';
import { tableOf } from './table.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const USAGE = '使い方: npm run reachability（設定は、ボットと同じ環境変数です）';

/**
 * `npm run reachability`: asks once for everybody on the duty lists, with the settings the bot itself uses. Exit code 1:
 * somebody cannot be paged, or it could not be told; 2: the settings, or the store.
 */
export async function reachabilityCommand(
  args: readonly string[],
  environment: Environment,
  channelOf: (config: Config, people: People) => Pick<Channel, 'reach'> = (config, people) =>
    openTeams(config, people).channel,
): Promise<Outcome> {
  if (args.length > 0) return { code: 2, text: USAGE };
  try {
    const config = readConfig(environment);
    const directory = createDirectory(await loadOrganization(config.organizationFile));
    await requireDatabase(config.store);
    const store = await openStore(config.store, silentLog);
    try {
      const channel = channelOf(config, createPeople(store));
      const reach = await serviceOn(store, directory, channel);
      const overview = await reach.overview(await askEverybody(reach));
      const isWell = overview.unreached.length + overview.unsure.length === 0;
      return { code: isWell ? 0 : 1, text: tableOf(directory.city, overview) };
    } finally {
      await store.close();
    }
  } catch (error) {
    return { code: 2, text: sentenceOf(error) };
  }
}

/** Beside a running bot: what this engine finds owed, it leaves to the bot's own. */
async function serviceOn(
  store: DocumentStore,
  directory: ReturnType<typeof createDirectory>,
  channel: Pick<Channel, 'reach'>,
): Promise<ReachService> {
  const engine = new Engine({ store, clock: systemClock, log: silentLog });
  await engine.stop();
  const nothing = () => Promise.reject(new Error('left to the bot'));
  const city = engine.register(createReachAggregate(directory), nothing);
  const people = engine.register(personAggregate, nothing);
  return createReach({ city, people, store, directory, channel, clock: systemClock, log: silentLog });
}

/**
 * Numbered as the next check of the bot: what is found here is news for General Affairs then.
 *
 * @returns those of whom nothing could be kept
 */
async function askEverybody(reach: ReachService): Promise<PersonId[]> {
  const { city } = await reach.overview();
  const run = city.check?.run ?? city.run + 1;
  const all: PersonId[] = [];
  for (let after = ''; ; ) {
    const { next, unkept } = await reach.checkBatch(run, after);
    all.push(...unkept);
    if (next === null) return all;
    after = next;
    await new Promise((resolve) => setTimeout(resolve, BATCH_EVERY_MS));
  }
}

/** @throws whatever is a defect */
function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError)
    return `設定が正しくありません（.env.example を参照）。\n${error.message}`;
  if (error instanceof OrganizationError) return `組織の設定ファイルが正しくありません。\n${error.message}`;
  if (error instanceof StoreError) return `保存先を使えませんでした（${error.code}）。${error.message}`;
  throw error;
}
