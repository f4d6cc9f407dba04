import { describe, expect, test } from '@jest/globals';
import { createProcessMetrics, createPrometheus } from '../../../bot/metrics/prometheus.ts';
import { COUNTERS, GAUGES, HISTOGRAMS } from '../../../services/metrics/catalogue.ts';

const LINE = /^(mamori_[a-z_]+?)(?:\{([^}]*)\})? (\S+)$/;
const LABEL = /([a-z]+)="([^"]*)"/g;

/** Each sample of the text, with its labels. */
function samples(text: string) {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = LINE.exec(line) ?? [];
      return {
        name,
        labels: Object.fromEntries([...labels.matchAll(LABEL)].map(([, k, v]) => [k, v])),
        value,
      };
    });
}

/** Everything there is, with labels that somebody could have put there by mistake. */
async function measureEverything(value: string): Promise<string> {
  const metrics = createPrometheus();
  const labels = (names: object) => Object.fromEntries(Object.keys(names).map((name) => [name, value]));
  for (const [name, { labels: of }] of Object.entries(COUNTERS))
    metrics.count(name as never, labels(of) as never);
  for (const [name, { labels: of }] of Object.entries(HISTOGRAMS))
    metrics.observe(name as never, labels(of) as never, 1);
  for (const name of Object.keys(GAUGES)) metrics.watch(name as never, () => 1);
  return metrics.text();
}

describe('no label carries a person, a code or anything that somebody wrote', () => {
  test.each(['佐藤 美咲', 'K-7F3Q', '00000000-0000-4000-8000-000000000101', '2番窓口', 'x\n} 1\nevil 1'])(
    'whatever is given: %j',
    async (value) => {
      const text = await measureEverything(value);
      expect(text).not.toContain(value);
      const found = samples(text).flatMap(({ labels }) =>
        Object.entries(labels)
          .filter(([name]) => name !== 'le')
          .map(([, v]) => v),
      );
      expect(found.length).toBeGreaterThan(10);
      expect(new Set(found)).toEqual(new Set(['other']));
    },
  );

  test('labels are those of the catalogue, which has none for people, lanes, sections or places', async () => {
    const text = await measureEverything('x');
    const names = new Set(samples(text).flatMap(({ labels }) => Object.keys(labels)));
    expect([...names].sort()).toEqual([
      'how',
      'kind',
      'le',
      'level',
      'operation',
      'outcome',
      'reason',
      'status',
      'timer',
      'to',
    ]);
  });

  test('there are a few hundred series at most, whatever happens', () => {
    const series = (labels: object) =>
      Object.values(labels).reduce((product: number, values) => product * (values.length + 1), 1);
    const counters = Object.values(COUNTERS).map(({ labels }) => series(labels));
    const histograms = Object.values(HISTOGRAMS).map(
      ({ labels, buckets }) => series(labels) * (buckets.length + 3),
    );
    expect([...counters, ...histograms].reduce((a, b) => a + b)).toBeLessThan(1_500);
  });
});

describe('numbers', () => {
  test('are counted, put into buckets and read when asked', async () => {
    const metrics = createPrometheus();
    let depth = 3;
    metrics.watch('mamori_outbox_depth', () => depth);
    metrics.count('mamori_pages_total', { level: 'assist', outcome: 'delivered' });
    metrics.count('mamori_pages_total', { level: 'assist', outcome: 'delivered' }, 2);
    metrics.observe('mamori_tap_to_page_seconds', { level: 'emergency' }, 0.4);
    const text = await metrics.text();
    expect(text).toContain('mamori_pages_total{level="assist",outcome="delivered"} 3');
    expect(text).toContain('mamori_tap_to_page_seconds_bucket{le="0.25",level="emergency"} 0');
    expect(text).toContain('mamori_tap_to_page_seconds_bucket{le="0.5",level="emergency"} 1');
    expect(text).toContain('mamori_outbox_depth 3');
    depth = 0;
    expect(await metrics.text()).toContain('mamori_outbox_depth 0');
  });

  test('of two instances in one process are apart, and what is watched anew is read anew', async () => {
    const [one, two] = [createPrometheus(), createPrometheus()];
    one.count('mamori_claims_expired_total', {});
    one.watch('mamori_ready', () => 0);
    one.watch('mamori_ready', () => 1);
    expect(await one.text()).toContain('mamori_claims_expired_total 1');
    expect(await one.text()).toContain('mamori_ready 1');
    expect(await two.text()).not.toContain('mamori_claims_expired_total 1');
  });

  test('of the process: memory, event loop, version', async () => {
    const text = await createProcessMetrics('1.2.3').text();
    expect(text).toContain('mamori_build_info{version="1.2.3"} 1');
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });
});
