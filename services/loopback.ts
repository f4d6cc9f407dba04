/** The names of this machine: nobody else is served or sent to in local mode. */
export const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a request was meant for it (`Host`): a page in a browser may have another name that leads here. */
export const isForLoopback = (host = ''): boolean =>
  LOOPBACK.includes(host.replace(/:\d+$/, '').toLowerCase());
