import { REASONS, type Reason, reasonsOf } from '../services/audit/findings.ts';
import { systemClock } from '../services/clock.ts';
import { type Config, ConfigError, readConfig } from '../services/config.ts';
import { createDirectory } from '../services/directory/createDirectory.ts';
import type { Directory } from '../services/directory/directory.ts';
import { createLiveDirectory } from '../services/directory/liveDirectory.ts';
import { OrganizationError, openOrganization } from '../services/directory/organization.ts';
import type { Log } from '../services/log.ts';
import { measuredChannel } from '../services/metrics/measuredChannel.ts';
import type { Metrics } from '../services/metrics/metrics.ts';
import { cachedPeople } from '../services/people/cachedPeople.ts';
import { createPeople } from '../services/people/people.ts';
import { openStore } from '../services/store/openStore.ts';
import { StoreError } from '../services/store/store.ts';
import { createWebhookAlarm } from './alarm/webhook.ts';
import { createApp } from './app.ts';
import { logCrashes } from './crash.ts';
import { followOrganization } from './followOrganization.ts';
import { createLog } from './log.ts';
import { countCosmos } from './metrics/cosmos.ts';
import { createPrometheus } from './metrics/prometheus.ts';
import { showMetrics } from './metrics/show.ts';
import { createMonitoring, type Monitoring } from './monitoring.ts';
import { openTeams } from './openTeams.ts';
import { createServer } from './server.ts';
import { createTriggerSecrets } from './triggerSecrets.ts';

interface Around {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly directory: Directory;
}

async function main(config: Config): Promise<void> {
  const log = createLog(config.logLevel);
  logCrashes(log);
  const { organization, bytes } = await openOrganization(config.organizationFile);
  const directory = createLiveDirectory(createDirectory(organization));
  const metrics = createPrometheus();
  const monitoring = await openMonitoring(config, { log, metrics, directory });
  const { app, authentication } = openApp(config, { log, metrics, directory, monitoring });
  const server = createServer({
    authentication,
    receive: app.receive,
    trigger: app.trigger,
    log,
    ready: (scope) => readiness(reasonsOf(auditor.verdict()), scope),
    local: config.mode === 'local' ? { demoPage: config.demoPage } : undefined,
  });

  app.engine.start();
  const auditor = monitoring.start(() => app.engine.health());
  const watch = followOrganization({
    path: config.organizationFile,
    loaded: bytes,
    directory,
    onChange: app.onOrganizationChanged,
    log,
  });
  await listen(server, config);
  process.stdout.write(`mamori listening on http://${config.host}:${server.address().port}\n`);

  const shown =
    config.metricsPort === undefined ? undefined : await showMetrics(config.metricsPort, metrics, log);
  if (shown !== undefined) process.stdout.write(`mamori metrics on ${shown.url}\n`);

  /** In this order: no new activities or changes, then what is under way, then the store it is written to. */
  async function stop(): Promise<void> {
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await watch.stop();
    auditor.stop();
    await shown?.close();
    await app.engine.stop();
    await monitoring.store.close();
    process.exit(0);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
}

/** The store that the settings name, and whatever tells of illness, with an eye on it. */
async function openMonitoring(config: Config, { log, metrics, directory }: Around): Promise<Monitoring> {
  return createMonitoring({
    store: await openStore(config.store, log, (request) => countCosmos(metrics, request)),
    clock: systemClock,
    log,
    metrics,
    alarm: config.alarm && createWebhookAlarm({ ...config.alarm, clock: systemClock }),
    heartbeatUrl: config.heartbeatUrl,
    extension: () => directory.helpExtension,
    instances: config.instances,
  });
}

/** The product between Teams and that store; what it does to them is measured. */
function openApp(
  config: Config,
  { log, metrics, directory, monitoring }: Around & { readonly monitoring: Monitoring },
) {
  const { store, alarm, observer, sent } = monitoring;
  const people = cachedPeople(createPeople(store), systemClock);
  const { inbound: authentication, channel, waiting } = openTeams(config, people);
  metrics.watch('mamori_sends_waiting', waiting);
  const app = createApp({
    store,
    clock: systemClock,
    log,
    directory,
    people,
    channel: measuredChannel(channel, sent),
    loadClassifier: async () =>
      (await import('../services/classification/createClassifier.ts')).createClassifier(),
    serviceHosts: config.serviceHosts,
    heard: channel.heard,
    alarm,
    observer,
    triggerSecret: createTriggerSecrets(config.triggers, log),
    corrections: config.corrections,
  });
  return { app, authentication };
}

/** What all instances share does not speak against this one: traffic would only go to another that has it as well. */
function readiness(reasons: readonly Reason[], scope: 'all' | 'instance') {
  const own = scope === 'all' ? reasons : reasons.filter((reason) => REASONS[reason] === 'instance');
  return { isReady: own.length === 0, reasons: own };
}

const listen = (server: ReturnType<typeof createServer>, { port, host }: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

const nameOf = (port: number | undefined): string =>
  String(port) === process.env.MAMORI_METRICS_PORT ? 'MAMORI_METRICS_PORT' : 'PORT';

/** Start-up fails with a sentence for the operator, not with a stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError)
    return `設定が正しくありません（.env.example を参照）。\n${error.message}`;
  if (error instanceof OrganizationError) return `組織の設定ファイルが正しくありません。\n${error.message}`;
  if (error instanceof StoreError) return `データベースを開けません。\n${error.message}`;
  const { code, port } = (error ?? {}) as { code?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `ポート ${port} は使用中です。${nameOf(port)} で別の番号を指定してください。`;
  if (code === 'ENOENT') return `ファイルがありません: ${(error as { path?: string }).path ?? ''}`;
  return `起動できませんでした。\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}

try {
  await main(readConfig(process.env));
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}
