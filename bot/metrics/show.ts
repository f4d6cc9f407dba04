import { readFile } from 'node:fs/promises';
import type { Log } from '../../services/log.ts';
import { createProcessMetrics, type Prometheus } from './prometheus.ts';
import { type MetricsServer, openMetricsServer } from './server.ts';

const PACKAGE = new URL('../../package.json', import.meta.url);

/** Opens `/metrics` with the numbers of the product and of the process. */
export async function showMetrics(port: number, metrics: Prometheus, log: Log): Promise<MetricsServer> {
  const { version } = JSON.parse(await readFile(PACKAGE, 'utf8')) as { version: string };
  const ofProcess = createProcessMetrics(version);
  const text = async () => (await metrics.text()) + (await ofProcess.text());
  return openMetricsServer({ port, contentType: metrics.contentType, text, log });
}
