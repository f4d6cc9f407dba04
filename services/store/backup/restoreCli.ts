import { restoreCommand } from './commands.ts';

const { code, text } = await restoreCommand(process.argv.slice(2), process.env);
(code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
process.exitCode = code;
