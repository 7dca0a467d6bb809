import { createServer } from 'node:net';

// Takes bytes on a loopback port and counts them: where the peers send to. Says its port, then, each time that
// nothing came for a moment or the expected number is reached, how many there were.

const expected = Number(process.argv[2]);
let bytes = 0;
const server = createServer((socket) => {
  socket.on('data', (chunk) => {
    bytes += chunk.length;
    if (bytes >= expected) process.send?.({ done: bytes });
  });
  socket.on('error', () => {});
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as { port: number }).port }));
process.on('disconnect', () => process.exit(0));
