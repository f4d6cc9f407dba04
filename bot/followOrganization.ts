import type { Problem } from '../services/directory/problems.ts';
import {
  type OrganizationWatch,
  type WatchParts,
  watchOrganization,
} from '../services/directory/watchOrganization.ts';
import type { Log } from '../services/log.ts';

/** A change is taken up when it has been seen twice: after this at the earliest, twice this at the latest. */
const POLL_MS = 2_000;
const PATHS_LOGGED = 20;

type Parts = Pick<WatchParts, 'path' | 'loaded' | 'directory' | 'onChange'> & { readonly log: Log };

/** Takes changes of the organisation file up while the process runs. A file that is refused leaves it ready (R4). */
export function followOrganization({ log, onChange, ...parts }: Parts): OrganizationWatch {
  const watch = watchOrganization({
    ...parts,
    repeat: (task) => {
      const timer = setInterval(task, POLL_MS).unref();
      return () => clearInterval(timer);
    },
    onChange: async () => {
      log.info({}, 'organization in force');
      await onChange();
    },
    onRejected: ({ problems }) => log.error(whereToLook(problems), 'organization refused'),
    onFailed: (error) => log.error({ err: error }, 'organization not followed'),
  });
  // Not only after the first interval: the file may have changed while nothing ran.
  void watch.check();
  return watch;
}

/** Places in the file. What is written there may name people and stays out of the log (promise 7). */
function whereToLook(problems: readonly Problem[]): object {
  const paths = problems.slice(0, PATHS_LOGGED).map(({ path }) => KEYS.exec(path)?.[0] ?? '');
  return { problems: problems.length, paths };
}

/** A name that somebody wrote where a key belongs ends the path. */
const KEYS = /^[a-z]+(?:\[\d+\]|\.[a-z]+)*/iu;
