import { Server } from 'node:net';

/**
 * Makes every server of this process listen on 127.0.0.1: the Agents Playground has no setting for it and would
 * otherwise offer the demo city's windows to the whole network.
 */
export function listenOnLoopbackOnly(): void {
  const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;
  Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
    return listen.call(this, ...onLoopback(args));
  } as typeof Server.prototype.listen;
}

/** `listen`'s arguments with the host put in, for the forms `(port, …)` and `({ port, … })`. */
function onLoopback(args: readonly unknown[]): unknown[] {
  const [first, ...rest] = args;
  if (typeof first === 'object' && first !== null) return [{ ...first, host: '127.0.0.1' }, ...rest];
  const callback = rest.find((argument) => typeof argument === 'function');
  return callback ? [first, '127.0.0.1', callback] : [first, '127.0.0.1'];
}
