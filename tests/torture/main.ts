import { rm } from 'node:fs/promises';
import { type Options, readOptions, USAGE } from './options.ts';
import type { Report } from './report.ts';
import { run } from './run.ts';

/** `npm run torture`: good only when every run of it is; with `--mutate` it has to be bad. */
async function main(options: Options): Promise<number> {
  const bad: string[] = [];
  let kills = 0;
  for (let n = 0; n < options.runs; n++) {
    const seed = options.runs === 1 ? options.seed : `${options.seed}-${n + 1}`;
    const startedAt = Date.now();
    const report = await run(options, seed);
    kills += report.figures.kills;
    print(options, report, Math.round((Date.now() - startedAt) / 1_000));
    if (report.violations.length > 0) bad.push(seed);
    else if (options.keep === undefined) await rm(report.folder, { recursive: true, force: true });
  }
  if (options.runs > 1)
    line(
      `${options.runs} runs on ${options.store}, ${kills} kills: ${bad.length === 0 ? 'all good' : `bad: ${bad.join(', ')}`}`,
    );
  return bad.length === 0 ? 0 : 1;
}

const line = (text: string): void => void process.stdout.write(`${text}\n`);

function print(
  { store, mutation }: Options,
  { seed, folder, figures, faults, violations }: Report,
  seconds: number,
): void {
  const { lateMs, ...counts } = figures;
  line(`\n== ${store}, seed ${seed}${mutation === undefined ? '' : `, mutation ${mutation}`}, ${seconds} s`);
  line(
    Object.entries(counts)
      .map(([name, value]) => `${name} ${value}`)
      .join(' · '),
  );
  line(`pages late: p50 ${lateMs.p50} ms, p99 ${lateMs.p99} ms, max ${lateMs.max} ms`);
  for (const [what, kinds] of Object.entries(faults)) {
    const text = Object.entries(kinds)
      .map(([kind, n]) => `${kind} ${n}`)
      .join(', ');
    if (text !== '') line(`${what}: ${text}`);
  }
  for (const violation of violations.slice(0, 40)) line(`VIOLATION ${violation}`);
  if (violations.length > 0) line(`${violations.length} violations; traces and logs are in ${folder}`);
}

/** 0: good, 1: violations, 2: no such option, 3: the harness itself failed, which proves nothing. */
try {
  process.exitCode = await main(readOptions(process.argv.slice(2)));
} catch (error) {
  const isUsage = error instanceof TypeError;
  process.stderr.write(isUsage ? `${error.message}\n${USAGE}\n` : `${(error as Error).stack}\n`);
  process.exitCode = isUsage ? 2 : 3;
}
