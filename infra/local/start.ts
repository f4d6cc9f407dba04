/** `npm start` (`-- --fresh`, `-- --store cosmos`): the product on this machine, for trying it out. */
import { OrganizationError } from '../../services/directory/organization.ts';
import { readArguments } from './arguments.ts';
import { LocalError } from './error.ts';
import { startLocal } from './local.ts';
import { welcome } from './welcome.ts';

const PORTS = { bot: 3978, windows: 56151 };

async function main(): Promise<void> {
  const chosen = readArguments(process.argv.slice(2));
  const interrupted = untilInterrupted();
  process.stdout.write('まもり を起動しています… / Starting Mamori …\n');
  const starting = startLocal({
    dataFolder: process.env.MAMORI_DATA || '.data',
    organizationFile: process.env.MAMORI_ORGANIZATION || 'infra/local/organization.yaml',
    windowsFile: 'infra/local/windows.yaml',
    ports: { ...PORTS, bot: Number(process.env.PORT || PORTS.bot) },
    ...chosen,
  });
  void interrupted.first.then(() => process.stdout.write('\n終了しています… / Stopping …\n'));
  // The second Ctrl+C does not wait; what was started follows this process.
  void interrupted.second.then(() => process.exit(130));
  const early = await Promise.race([starting, interrupted.first]);
  const local = await starting;
  if (early !== undefined) process.stdout.write(welcome(local));
  const death = await Promise.race([interrupted.first, local.died]);
  if (death !== undefined) process.stderr.write(`\n${death}\n残りを終了します。/ Stopping the rest.\n`);
  await local.stop();
  process.exit(death === undefined ? 0 : 1);
}

/** Under npm one Ctrl+C arrives twice: from the terminal, and passed on by npm. */
const SAME_PRESS_MS = 500;

/** Ctrl+C, a closed terminal or SIGTERM; the second one no longer waits. */
function untilInterrupted(): { first: Promise<undefined>; second: Promise<void> } {
  const first = Promise.withResolvers<undefined>();
  const second = Promise.withResolvers<void>();
  let firstAt: number | undefined;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      firstAt ??= performance.now();
      first.resolve(undefined);
      if (performance.now() - firstAt > SAME_PRESS_MS) second.resolve();
    });
  }
  return { first: first.promise, second: second.promise };
}

function explain(error: unknown): string {
  if (error instanceof LocalError || error instanceof OrganizationError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`\n起動できませんでした。/ Could not start.\n${explain(error)}\n`);
  process.exit(1);
}
