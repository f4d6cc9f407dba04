import type { IncomingMessage, Server } from 'node:http';
import { Duplex } from 'node:stream';

const STREAM = '/_ws_conversation/v1/conversations/stream';
const HEADERS_END = '\r\n\r\n';

/**
 * Everything the Playground has sent to its window, so that a window opened (or reloaded) later shows it all.
 *
 * The Playground itself keeps messages only until the first window connects, hands them over before the page can
 * take them (the first is lost), and forgets them: after a reload an update of an older card even breaks the page.
 * So a recorder is connected to the Playground from the start, as one more window that only listens. What the
 * Playground writes to it is the stream of WebSocket frames any window gets; it is given to a new window as soon
 * as that page is ready, which the page shows by asking for the installation.
 */
export class History {
  private readonly frames: Buffer[] = [];
  /** Pages that were loaded and have not connected yet: only those get the history, a reconnection does not. */
  private loading = 0;
  /** Of those, pages that were ready before they connected. */
  private ready = 0;
  private readonly waiting: (() => void)[] = [];

  /** Connects the recorder to the Playground's WebSocket server. */
  record(server: Server): void {
    const { request, socket } = recorder((frame) => this.frames.push(frame));
    server.emit('upgrade', request, socket, Buffer.alloc(0));
  }

  pageLoaded(): void {
    this.loading += 1;
  }

  /** The page has its configuration and can show messages. */
  pageReady(): void {
    const proceed = this.waiting.shift();
    if (proceed !== undefined) proceed();
    else if (this.ready < this.loading) this.ready += 1;
  }

  /** Whether this connection is kept until its page is ready; `connect` lets it through. */
  hold(request: IncomingMessage, socket: Duplex, connect: () => void): boolean {
    if (request.url !== STREAM || this.loading === 0) return false;
    this.loading -= 1;
    const proceed = () => {
      if (socket.destroyed) return;
      connect();
      // In the same tick as connecting: no message can come in between, none is shown twice.
      socket.write(Buffer.concat(this.frames));
    };
    if (this.ready > 0) {
      this.ready -= 1;
      proceed();
      return true;
    }
    this.waiting.push(proceed);
    socket.once('close', () => {
      const place = this.waiting.indexOf(proceed);
      if (place >= 0) this.waiting.splice(place, 1);
    });
    return true;
  }
}

/** A connection that looks like a window's to the Playground and gives each frame to `onFrame`. */
function recorder(onFrame: (bytes: Buffer) => void): { request: IncomingMessage; socket: Duplex } {
  let handshake: string | undefined = '';
  const socket = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      if (handshake === undefined) {
        onFrame(chunk);
      } else {
        handshake += chunk.toString('latin1');
        if (handshake.includes(HEADERS_END)) handshake = undefined;
      }
      done();
    },
  });
  const headers = {
    connection: 'upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': Buffer.from('mamori-recorder!').toString('base64'),
  };
  return { request: { method: 'GET', url: STREAM, headers, socket } as unknown as IncomingMessage, socket };
}
