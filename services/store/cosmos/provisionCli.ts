import { ConfigError, readStoreSettings } from '../../config.ts';
import { failureOf } from './failures.ts';
import { provision } from './provision.ts';

/** `npm run store:provision`: database and container on an emulator, from the settings the bot itself uses. */
try {
  const settings = readStoreSettings({ ...process.env, MAMORI_STORE: 'cosmos' });
  if (settings.kind !== 'cosmos') throw new ConfigError('MAMORI_STORE: cosmos にしてください。');
  for (const line of await provision(settings)) process.stdout.write(`${line}\n`);
} catch (error) {
  const sentence =
    error instanceof ConfigError
      ? error.message
      : `エミュレーターに作れませんでした（${failureOf(error).label}）。動いていること、COSMOS_ENDPOINT と COSMOS_KEY を確かめてください。`;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
