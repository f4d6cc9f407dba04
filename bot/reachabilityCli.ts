import { reachabilityCommand } from './reachability/command.ts';

/** `npm run reachability`: who on the duty lists cannot be paged. Exit code 0: nobody, 1: somebody, 2: wrong settings. */
const { code, text } = await reachabilityCommand(process.argv.slice(2), process.env);
(code === 2 ? process.stderr : process.stdout).write(`${text}\n`);
process.exitCode = code;
