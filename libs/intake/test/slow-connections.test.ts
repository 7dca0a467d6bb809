import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { SERVER_LIMITS } from '../src/index.ts';
import { logsRequest, post, startIntake, type TestIntake } from './intake-server.ts';

const CLIENT = fileURLToPath(new URL('./slow-client.ts', import.meta.url));
const MIB = 1024 * 1024;
const CONNECTIONS = 10_000;
/** In several processes, so that none needs more file descriptors than it may have. */
const CLIENTS = 4;

let intake: TestIntake | null = null;
const children: ChildProcess[] = [];

afterEach(async () => {
  await Promise.all(
    children.splice(0).map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }),
  );
  await intake?.stop();
  intake = null;
});

async function openSlow(
  port: string,
  total: number,
  firstAddress: number,
  addresses: number,
): Promise<number> {
  const child = spawn(process.execPath, [CLIENT, port, `${total}`, `${firstAddress}`, `${addresses}`], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return (JSON.parse(line) as { opened: number }).opened;
}

async function connectionsOf(server: TestIntake['app']['server']): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

describe('ten thousand slow connections', () => {
  it.each([
    ['from the good sender’s own address', 1, 1, SERVER_LIMITS.maxConnectionsPerAddress],
    ['from forty addresses', 2, 10, SERVER_LIMITS.maxConnections],
  ])(
    '%s leave memory bounded and a good batch its answer',
    async (_name, first, addresses, limit) => {
      intake = await startIntake();
      const { url, app, batches } = intake;
      expect((await post(url, logsRequest('before'))).status).toBe(200);
      const rss = process.memoryUsage().rss;
      const port = new URL(url).port;
      const opened = await Promise.all(
        Array.from({ length: CLIENTS }, (_, i) =>
          openSlow(port, CONNECTIONS / CLIENTS, first === 1 ? 1 : first + i * addresses, addresses),
        ),
      );
      expect(opened.reduce((sum, count) => sum + count, 0)).toBe(CONNECTIONS);

      const start = performance.now();
      const response = await post(url, logsRequest('in the middle'));
      expect(response.status).toBe(200);
      expect(performance.now() - start).toBeLessThan(2000);
      expect(await batches()).toHaveLength(2);
      expect(await connectionsOf(app.server)).toBeLessThanOrEqual(limit);
      expect(process.memoryUsage().rss - rss).toBeLessThan(200 * MIB);
    },
    120_000,
  );

  it('are each closed when their time is over', async () => {
    const { fastify } = SERVER_LIMITS;
    const app = Fastify({
      ...fastify,
      requestTimeout: 100,
      http: { ...fastify.http, headersTimeout: 50, connectionsCheckingInterval: 10 },
    });
    app.post('/', async () => 'done');
    try {
      await app.listen({ host: '127.0.0.1', port: 0 });
      const port = Number(new URL(app.listeningOrigin).port);
      const halves = [
        'POST / HT',
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nab',
      ];
      for (const half of halves) {
        const socket = connect(port, '127.0.0.1');
        const chunks: Buffer[] = [];
        socket.on('data', (chunk: Buffer) => chunks.push(chunk));
        socket.write(half);
        await once(socket, 'close');
        expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1.1 408 /);
      }
    } finally {
      await app.close();
    }
  });
});
