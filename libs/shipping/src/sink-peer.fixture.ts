import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A receiver that reads and forgets, in a process of its own; prints its port. Ends with its standard input. */
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end());
});
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
