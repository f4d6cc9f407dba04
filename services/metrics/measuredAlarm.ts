import type { Alarm } from '../alarm/alarm.ts';
import type { Metrics } from './metrics.ts';

/** The same alarm; each attempt is counted. */
export const measuredAlarm = (alarm: Alarm, metrics: Metrics): Alarm => ({
  async raise(signal) {
    const outcome = await alarm.raise(signal);
    metrics.count('mamori_alarms_total', { reason: signal.reason, outcome: outcome.kind });
    return outcome;
  },
});
