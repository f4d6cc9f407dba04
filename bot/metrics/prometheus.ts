import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { COUNTERS, GAUGES, HISTOGRAMS } from '../../services/metrics/catalogue.ts';
import { boundedLabels, type Metrics } from '../../services/metrics/metrics.ts';

export interface Prometheus extends Metrics {
  readonly contentType: string;
  /** Everything that has been measured, in the text format of Prometheus. */
  text(): Promise<string>;
}

const names = <T extends object>(of: T) => Object.keys(of) as (keyof T & string)[];

/** The numbers of `catalogue.ts` in a registry of their own: several may live in one process. */
export function createPrometheus(): Prometheus {
  const registry = new Registry();
  const registers = [registry];
  const counters = new Map(
    names(COUNTERS).map((name) => {
      const { help, labels } = COUNTERS[name];
      return [name, new Counter({ name, help, labelNames: names(labels), registers })];
    }),
  );
  const histograms = new Map(
    names(HISTOGRAMS).map((name) => {
      const { help, labels, buckets } = HISTOGRAMS[name];
      return [
        name,
        new Histogram({ name, help, labelNames: names(labels), buckets: [...buckets], registers }),
      ];
    }),
  );
  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    count(name, labels, by = 1) {
      counters.get(name)?.inc(boundedLabels(COUNTERS[name].labels, labels), by);
    },
    observe(name, labels, seconds) {
      histograms.get(name)?.observe(boundedLabels(HISTOGRAMS[name].labels, labels), seconds);
    },
    watch(name, read) {
      const { help } = GAUGES[name];
      registry.removeSingleMetric(name);
      const collect = function (this: Gauge) {
        this.set(read());
      };
      new Gauge({ name, help, registers, collect });
    },
  };
}

/** Of the process itself: memory, event loop, garbage; and which version runs. */
export function createProcessMetrics(version: string): { text(): Promise<string> } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'mamori_build_info',
    help: 'The version that runs',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version }, 1);
  return { text: () => registry.metrics() };
}
