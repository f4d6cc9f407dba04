import { correctionsCommand } from './command.ts';

const { code, text } = await correctionsCommand(process.argv.slice(2), process.env);
(code === 0 ? process.stdout : process.stderr).write(`${text}\n`);
process.exitCode = code;
