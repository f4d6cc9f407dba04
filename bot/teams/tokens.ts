import { type Clock, systemClock } from '../../services/clock.ts';

/** After so long another try does not wait for one that hangs. */
const LONGEST_FETCH_MS = 10_000;

/** The token that the service wants to see with each request. */
export interface Tokens {
  /** Rejects when there is none to be had. */
  get(): Promise<string>;
  /** The service has refused this one: the next is a new one. */
  refused(token: string): void;
}

/**
 * Around the SDK's credentials, which keep a token until five minutes before it ends, and would fetch one for each of
 * the requests that find it ended at the same moment: here they wait for the same one.
 *
 * @param fetch a valid token, from the SDK's cache unless `isForced`
 */
export function createTokens(
  fetch: (isForced: boolean) => Promise<string>,
  clock: Pick<Clock, 'after'> = systemClock,
): Tokens {
  let fetching: Promise<string> | undefined;
  let bad: string | undefined;

  async function fresh(): Promise<string> {
    const token = await fetch(false);
    return token === bad ? fetch(true) : token;
  }

  function start(): Promise<string> {
    const over = () => {
      if (fetching === mine) fetching = undefined;
    };
    const cancel = clock.after(LONGEST_FETCH_MS, over);
    const mine = fresh().finally(() => {
      cancel();
      over();
    });
    return mine;
  }

  return {
    get() {
      fetching ??= start();
      return fetching;
    },
    refused(token) {
      bad = token;
    },
  };
}
