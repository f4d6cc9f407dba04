import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A process of its own, so that what it costs is not counted: takes every message, and names it. */
let count = 0;
const server = createServer((req, res) => {
  req.resume();
  req.on('end', () => {
    count += 1;
    res.writeHead(201, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ id: `a${count}` }));
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
