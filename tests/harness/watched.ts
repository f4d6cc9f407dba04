import { createLog } from '../../bot/log.ts';
import { createPrometheus } from '../../bot/metrics/prometheus.ts';
import { createMonitoring } from '../../bot/monitoring.ts';
import type { Alarm, AlarmOutcome, AlarmSignal } from '../../services/alarm/alarm.ts';
import type { Auditor } from '../../services/audit/auditor.ts';
import type { Classifier } from '../../services/classification/classifier.ts';
import { measuredChannel } from '../../services/metrics/measuredChannel.ts';
import type { DocumentStore } from '../../services/store/store.ts';
import { type Casework, openCasework } from './casework.ts';
import { quickFolder } from './city.ts';
import { FakeChannel } from './fakeChannel.ts';
import { FakeClock } from './fakeClock.ts';
import { FaultyStore } from './faultyStore.ts';
import { stores } from './stores.ts';
import { OPEN_HOURS } from './world.ts';

/** One attempt to send or update, whatever became of it. */
interface Outgoing {
  readonly to: string;
  readonly alert: boolean;
  readonly summary: string;
  readonly card: string;
}

/** The demo city with everything that watches it in a real process: real log, real numbers, audit, alarm. */
export interface Watched extends Casework {
  readonly store: FaultyStore;
  readonly auditor: Auditor;
  readonly alarms: AlarmSignal[];
  readonly outgoing: Outgoing[];
  /** What the alarm says next; then it takes everything. */
  readonly alarmSays: AlarmOutcome[];
  /** That of the product; a test may put another one there. */
  classifier: Classifier;
  /** Everything the process has logged, as it would stand in a file. */
  log(): string;
  metrics(): Promise<string>;
}

export async function openWatched(): Promise<Watched> {
  const clock = new FakeClock(OPEN_HOURS);
  const channel = new FakeChannel(clock);
  const folder = await quickFolder();
  const store = new FaultyStore(await stores().open(folder));
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const [alarms, outgoing, alarmSays]: [AlarmSignal[], Outgoing[], AlarmOutcome[]] = [[], [], []];
  const alarm: Alarm = {
    async raise(signal) {
      alarms.push(signal);
      return alarmSays.shift() ?? { kind: 'delivered' };
    },
  };
  channel.before = (to, { card, summary, alert }) =>
    void outgoing.push({ to, alert, summary, card: JSON.stringify(card) });
  const metrics = createPrometheus();
  const monitoring = createMonitoring({
    store,
    clock,
    log,
    metrics,
    alarm,
    heartbeatUrl: undefined,
    extension: () => '内線 2119',
    instances: 1,
  });
  const real = async () =>
    (await import('../../services/classification/createClassifier.ts')).createClassifier();
  const watched = {} as Watched;
  const classify: Classifier['classify'] = (...given) => watched.classifier.classify(...given);
  const parts = {
    log,
    observer: monitoring.observer,
    channel: measuredChannel(channel, monitoring.sent),
    loadClassifier: async () => ({ classify }),
  };
  const city = await openCasework({
    clock,
    channel,
    folder,
    store: monitoring.store as DocumentStore,
    ...(monitoring.alarm === undefined ? {} : { alarm: monitoring.alarm }),
    parts,
  });
  // The engine of a test does not poll by itself.
  const auditor = monitoring.start(() => ({ ...city.world.app.engine.health(), lastPollAt: clock.now() }));
  return Object.assign(watched, {
    ...city,
    store,
    auditor,
    alarms,
    outgoing,
    alarmSays,
    classifier: await real(),
    log: () => lines.join(''),
    metrics: () => metrics.text(),
  });
}
