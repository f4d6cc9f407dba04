/** The local Cosmos server behind the fault front, for one run: `node cosmosProcess.ts <seed>`, ends with its parent. */
import { everyNth, type Script } from '../harness/cosmos/faults.ts';
import { LocalCosmos } from '../harness/cosmos/place.ts';

const [, , seed = ''] = process.argv;
const STORM = { everyMs: 17_000, lastsMs: 1_500, share: 0.8 };

let isCalm = false;
const counts: Record<string, number> = {};
const usual = everyNth(40, Number.parseInt(seed.replace(/\D/g, ''), 10) || 1);
const startedAt = Date.now();

const script: Script = (seen) => {
  if (isCalm) return undefined;
  const isStorm = (Date.now() - startedAt) % STORM.everyMs > STORM.everyMs - STORM.lastsMs;
  const fault = isStorm && Math.random() < STORM.share ? 'throttled' : usual(seen);
  if (fault !== undefined) counts[fault] = (counts[fault] ?? 0) + 1;
  return fault;
};

const cosmos = await LocalCosmos.start();
const { settings } = await cosmos.provide(script);
process.on('message', () => {
  isCalm = true;
  process.send?.(counts);
});
process.on('disconnect', () => process.exit(0));
process.send?.({
  MAMORI_STORE: 'cosmos',
  COSMOS_ENDPOINT: settings.endpoint,
  COSMOS_DATABASE: settings.database,
  COSMOS_CONTAINER: settings.container,
  COSMOS_KEY: settings.key ?? '',
});
