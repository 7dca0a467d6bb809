import { type ChildProcess, spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { Detection } from '@suite/event';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { FakeEngine, inspected } from '../../libs/sources/test/docker/fake-engine.ts';
import { askApi, storedLines } from '../../tools/harness/nadir-api.ts';
import { createPair, type Pair } from '../../tools/harness/pair.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

/** Not among the ports that change with each start of a program: those are known by the program alone. */
const LISTEN = `
  const server = require('node:net').createServer();
  const listen = () => server.listen(10_000 + Math.floor(Math.random() * 20_000), '0.0.0.0');
  server.on('error', listen).on('listening', () => process.send(server.address().port));
  listen();
`;
const AGENT = '38639b4d1e375abf8014009c5b05e37dda68520ef4b32399a28d4249318beb5f';

let scratch: Scratch;
let pair: Pair;
let engine: FakeEngine;

beforeAll(async () => {
  scratch = new Scratch('sockets');
  engine = new FakeEngine(join(scratch.dir, 'docker.sock'));
  engine.objects.set('/containers/json', [{ Id: AGENT }]);
  engine.objects.set(
    `/containers/${AGENT}/json`,
    inspected(AGENT, 'agent', { HostConfig: { Privileged: true } }),
  );
  await engine.start();
  scratch.defer(() => engine.stop());
  pair = await createPair(scratch.dir, {
    paths: [join(scratch.folder('logs'), '*.log')],
    tom: `sockets: { interval: 500ms }\ndocker: { socket: ${engine.socketPath} }`,
  });
  scratch.owns(pair);
  pair.nadir.start();
  pair.tom.start();
});
afterAll(() => scratch.remove());

/** A program of its own that listens on all addresses, at a port that it is given. */
async function listener(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['-e', LISTEN], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  scratch.defer(() => child.kill('SIGKILL'));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', () => reject(new Error('the listener ended')));
  });
  return { child, port };
}

function notes(event: string): Record<string, unknown>[] {
  return storedLines(pair.database)
    .map(({ raw }) => JSON.parse(raw) as Record<string, unknown>)
    .filter((note) => note.event === event);
}

async function detections(rule: string): Promise<Detection[]> {
  const page = await askApi<{ items: Detection[] }>(pair, 'detections?limit=200');
  return page.items.filter((detection) => detection.rule === rule);
}

const isAtStart = (note: Record<string, unknown>) => note['event.reason'] === 'at_start';

it('tells of a listener that opens on a node, once, over a restart of the agent, until it is gone', async () => {
  await until('the first look', () =>
    notes('listener_opened').some((note) => note['server.port'] === pair.port),
  );

  const { child, port } = await listener();
  const ofPort = async () =>
    (await detections('network-new-listener')).filter((d) => d.entities['server.port'] === String(port));
  await until('the detection', async () => (await ofPort()).length === 1, 12_000);
  const [detection] = await ofPort();
  // The program is the Node that runs the test: where that lies in /tmp, as a fresh clone may, it is suspicious by itself.
  const level = /^\/(?:tmp|var\/tmp|dev\/shm)\//.test(realpathSync(process.execPath)) ? 'medium' : 'low';
  expect(detection).toMatchObject({ level, entities: { 'host.name': 'node1' } });
  expect(detection!.reason).toContain(`pid ${child.pid}`);

  const looks = () => notes('listener_opened').filter((note) => note['server.port'] === port);
  await pair.tom.end('SIGKILL');
  pair.tom.start();
  await until('the look after the restart', () => looks().length === 2, 12_000);
  expect(looks().map(isAtStart)).toEqual([false, true]);

  child.kill('SIGKILL');
  await until('the end', () => notes('listener_closed').some((note) => note['server.port'] === port), 12_000);
  expect(await ofPort()).toHaveLength(1);
});

it('tells of the containers that run with more than their own rights', async () => {
  await until('the detection', async () => (await detections('container-privileged')).length === 1, 12_000);
  const [detection] = await detections('container-privileged');
  expect(detection).toMatchObject({ level: 'low', title: 'Privileged container: what there is' });
  expect(detection!.reason).toContain('agent (privileged)');
});
