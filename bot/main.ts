import { systemClock } from '../services/clock.ts';
import { type Config, ConfigError, readConfig } from '../services/config.ts';
import { createDirectory } from '../services/directory/createDirectory.ts';
import { createLiveDirectory } from '../services/directory/liveDirectory.ts';
import { OrganizationError, openOrganization } from '../services/directory/organization.ts';
import { createPeople } from '../services/people/people.ts';
import { openStore } from '../services/store/openStore.ts';
import { StoreError } from '../services/store/store.ts';
import { createApp } from './app.ts';
import { followOrganization } from './followOrganization.ts';
import { createLog } from './log.ts';
import { createServer } from './server.ts';
import { createTeamsChannel } from './teams/channel.ts';
import { createAuthentication, createConnectors } from './teams/connector.ts';

/** A poll older than this means that the engine is stuck: pages would wait, so readiness says so. */
const POLL_BOUND_MS = 15_000;

async function main(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  const { organization, bytes } = await openOrganization(config.organizationFile);
  const directory = createLiveDirectory(createDirectory(organization));
  const store = await openStore(config.store, log);
  const people = createPeople(store);
  const authentication = createAuthentication(config);
  const { serviceHosts } = config;
  const connect = createConnectors(authentication, config.app.id);
  const app = createApp({
    store,
    clock: systemClock,
    log,
    directory,
    people,
    channel: createTeamsChannel({ people, connect, serviceHosts }),
    loadClassifier: async () =>
      (await import('../services/classification/createClassifier.ts')).createClassifier(),
    serviceHosts,
    corrections: config.corrections,
  });
  const server = createServer({
    authentication,
    receive: app.receive,
    log,
    ready: async () => {
      await store.ping();
      const { running, lastPollAt } = app.engine.health();
      if (!running || lastPollAt === null || Date.now() - lastPollAt > POLL_BOUND_MS)
        throw new Error('engine stuck');
    },
    local: config.mode === 'local' ? { demoPage: config.demoPage } : undefined,
  });

  app.engine.start();
  const watch = followOrganization({
    path: config.organizationFile,
    loaded: bytes,
    directory,
    onChange: app.onOrganizationChanged,
    log,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.host, resolve);
  });
  process.stdout.write(`mamori listening on http://${config.host}:${server.address().port}\n`);

  /** In this order: no new activities or changes, then what is under way, then the store it is written to. */
  async function stop(): Promise<void> {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await watch.stop();
    await app.engine.stop();
    await store.close();
    process.exit(0);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
}

/** Start-up fails with a sentence for the operator, not with a stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError)
    return `設定が正しくありません（.env.example を参照）。\n${error.message}`;
  if (error instanceof OrganizationError) return `組織の設定ファイルが正しくありません。\n${error.message}`;
  if (error instanceof StoreError) return `データベースを開けません。\n${error.message}`;
  const { code } = (error ?? {}) as { code?: string };
  if (code === 'EADDRINUSE')
    return `ポート ${process.env.PORT ?? 3978} は使用中です。PORT で別の番号を指定してください。`;
  if (code === 'ENOENT') return `ファイルがありません: ${(error as { path?: string }).path ?? ''}`;
  return `起動できませんでした。\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

try {
  await main(readConfig(process.env));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
