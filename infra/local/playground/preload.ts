/**
 * Loaded into each Agents Playground before it starts (`node --import`). Microsoft's client itself is not touched;
 * this keeps it on the loopback address, lets late windows see what came before, and makes it fit a narrow window.
 */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server } from 'node:http';
import querystring from 'node:querystring';
import type { Duplex } from 'node:stream';
import { stopWithParent } from '../child/follow.ts';
import { History } from './history.ts';
import { listenOnLoopbackOnly } from './loopback.ts';
import { windowPage } from './page.ts';

const INSTALLATION = /^\/_debug\/conversation\/[^/]+\/installation$/;

stopWithParent();
listenOnLoopbackOnly();

const history = new History();
const emit = Server.prototype.emit as (this: Server, event: string, ...args: unknown[]) => boolean;

/** Answers true when the event was dealt with here and the Playground must not see it. */
function intercept(server: Server, event: string, args: readonly unknown[]): boolean {
  if (event === 'request') return onRequest(args[0] as IncomingMessage, args[1] as ServerResponse);
  if (event !== 'upgrade') return false;
  const [request, socket] = args as [IncomingMessage, Duplex, Buffer];
  return history.hold(request, socket, () => emit.call(server, event, ...args));
}

/** Conversations that have the bot. As in Teams, opening a window again does not install it again. */
const installed = new Set<string>();

function onRequest(request: IncomingMessage, response: ServerResponse): boolean {
  const path = request.url?.split('?')[0] ?? '';
  if (request.method === 'GET' && path === '/') {
    history.pageLoaded();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    response.end(windowPage());
    return true;
  }
  if (request.method !== 'POST' || !INSTALLATION.test(path)) return false;
  response.once('finish', () => history.pageReady());
  const conversation = querystring.unescape(path);
  if (!installed.has(conversation)) {
    installed.add(conversation);
    return false;
  }
  request.resume();
  response.end();
  return true;
}

Server.prototype.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
  // `upgrade` listeners are there once the Playground has mounted its backend.
  if (event === 'listening') setImmediate(() => history.record(this));
  return intercept(this, event, args) || emit.call(this, event, ...args);
} as typeof Server.prototype.emit;
