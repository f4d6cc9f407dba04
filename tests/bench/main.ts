import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { BENCHMARKS, type Options, type Result } from './benchmark.ts';
import { markdown } from './table.ts';

/** `npm run bench -- [name …] [--out file.json] [--quick]`: prints tables and writes them as JSON. Without a name: all. */
const USAGE = 'npm run bench -- [name …] [--out file.json] [--quick]';

async function main(): Promise<number> {
  const read = readArguments();
  if (read === undefined) return usage();
  const { values, positionals } = read;
  const names = positionals.length === 0 ? Object.keys(BENCHMARKS) : positionals;
  const unknown = names.filter((name) => !Object.hasOwn(BENCHMARKS, name));
  if (unknown.length > 0 || (values.out !== undefined && names.length !== 1)) return usage();
  const options: Options = {
    isQuick: values.quick,
    progress: (line) => void process.stderr.write(`  ${line}\n`),
  };
  for (const name of names) await runOne(name, options, values.out ?? join('.data/bench', `${name}.json`));
  return 0;
}

/** Undefined when there is something that is no option. */
function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { out: { type: 'string' }, quick: { type: 'boolean', default: false } },
    });
  } catch {
    return undefined;
  }
}

function usage(): number {
  process.stderr.write(`${USAGE}\nnames: ${Object.keys(BENCHMARKS).join(', ')}; --out takes one name.\n`);
  return 2;
}

async function runOne(name: string, options: Options, file: string): Promise<void> {
  const benchmark = await BENCHMARKS[name]?.();
  if (benchmark === undefined) return;
  process.stdout.write(`## ${name}: ${benchmark.about}\n\n`);
  const startedAt = new Date();
  const result = await benchmark.run(options);
  print(result);
  const machine = { node: process.version, platform: process.platform, cpus: availableParallelism() };
  const quick = options.isQuick ? { quick: true } : {};
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ name, startedAt, machine, ...quick, ...result }, null, 2)}\n`);
  process.stdout.write(`${file}\n\n`);
}

function print({ tables, notes }: Result): void {
  for (const table of tables) process.stdout.write(`${markdown(table)}\n\n`);
  process.stdout.write(`${notes.map((note) => `- ${note}`).join('\n')}\n\n`);
}

process.exitCode = await main();
