/**
 * Opens many connections that never finish a request, and holds them until standard input ends.
 * Arguments: port, connections, first local address (127.0.0.N), number of local addresses.
 * Prints one line when all have been opened.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const [port = 0, total = 0, firstAddress = 2, addresses = 1] = process.argv.slice(2).map(Number);
const AT_ONCE = 40;

/** What a slow peer has sent so far: nothing, half a header, a request without a token whose body never comes. */
const BEGINNINGS = [
  '',
  'POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Ty',
  'POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-protobuf\r\nContent-Length: 1000000\r\n\r\nabc',
];

const held: Socket[] = [];
let opened = 0;

async function open(index: number): Promise<void> {
  const socket = connect({
    port,
    host: '127.0.0.1',
    localAddress: `127.0.0.${firstAddress + (index % addresses)}`,
  });
  socket.on('error', () => undefined);
  held.push(socket);
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined);
  if (!socket.destroyed) {
    opened += 1;
    socket.write(BEGINNINGS[index % BEGINNINGS.length]!);
  }
}

for (let index = 0; index < total; index += AT_ONCE) {
  const group = Math.min(AT_ONCE, total - index);
  await Promise.all(Array.from({ length: group }, (_, i) => open(index + i)));
}
console.log(JSON.stringify({ opened }));
process.stdin.resume();
await once(process.stdin, 'close');
for (const socket of held) socket.destroy();
process.exit(0);
