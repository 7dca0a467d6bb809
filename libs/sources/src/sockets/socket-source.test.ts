import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RecordingSink } from '../../test/recording-sink.ts';
import type { Source } from '../port.ts';
import { createSocketSource, type SocketSourceOptions } from './socket-source.ts';

let dir: string;
let sink: RecordingSink;
let source: Source | null = null;
let nowUs: number;
let servers: Server[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sockets-'));
  sink = new RecordingSink();
  nowUs = 1_768_000_000_000_000;
  mkdirSync(join(dir, 'net'));
  writeFileSync(join(dir, 'passwd'), 'root:x:0:0::/root:/bin/sh\npi:x:1000:1000::/home/pi:/bin/sh\n');
});

afterEach(async () => {
  await source?.stop();
  source = null;
  for (const server of servers) server.close();
  servers = [];
  rmSync(dir, { recursive: true, force: true });
});

const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
const end = (address: string, port: number) =>
  `${address
    .split('.')
    .reverse()
    .map((byte) => hex(Number(byte), 2))
    .join('')}:${hex(port, 4)}`;

interface Row {
  readonly local: readonly [string, number];
  readonly remote?: readonly [string, number];
  readonly state?: string;
  readonly uid?: number;
  readonly inode?: number;
}

/** Writes a table as the kernel would. */
function table(name: string, rows: readonly Row[]): void {
  const lines = rows.map(({ local, remote = ['0.0.0.0', 0], state = '0A', uid = 0, inode = 0 }, n) => {
    const [from, to] = [end(...local), end(...remote)];
    return `${`${n}`.padStart(4)}: ${from} ${to} ${state} 00000000:00000000 00:00000000 00000000 ${uid} 0 ${inode} 1 0`;
  });
  writeFileSync(join(dir, 'net', name), ['  sl  local_address rem_address   st …', ...lines, ''].join('\n'));
}

/** A process that holds sockets as its file descriptors. */
function processOf(pid: number, name: string, file: string, sockets: Readonly<Record<number, number>>): void {
  const own = join(dir, `${pid}`);
  mkdirSync(join(own, 'fd'), { recursive: true });
  writeFileSync(join(own, 'comm'), `${name}\n`);
  symlinkSync(file, join(own, 'exe'));
  for (const [descriptor, inode] of Object.entries(sockets))
    symlinkSync(`socket:[${inode}]`, join(own, 'fd', descriptor));
}

const SSHD: Row = { local: ['0.0.0.0', 22], inode: 100 };

async function start(options: Partial<SocketSourceOptions> = {}): Promise<void> {
  source = createSocketSource({
    name: 'sockets',
    intervalMs: 5,
    procRoot: dir,
    passwdPath: join(dir, 'passwd'),
    connections: 'all',
    clock: () => nowUs,
    randomId: () => 'stream',
    ...options,
  });
  await source.start(sink);
}

const notes = () => sink.texts().map((text) => JSON.parse(text) as Record<string, unknown>);
const kinds = () =>
  notes().map(
    (note) => `${note.event} ${note['server.port'] ?? note['destination.port'] ?? note['event.reason']}`,
  );
const expectKinds = (expected: readonly string[]) =>
  vi.waitFor(() => expect(kinds()).toEqual(expected), { timeout: 5_000, interval: 5 });

describe('listeners', () => {
  test('are told of at the start, when they open and when they close', async () => {
    table('tcp', [SSHD]);
    await start();
    expect(notes()).toEqual([
      {
        event: 'listener_opened',
        time_us: nowUs,
        'event.reason': 'at_start',
        'network.transport': 'tcp',
        'server.address': '0.0.0.0',
        'server.port': 22,
        'user.id': 0,
        'user.name': 'root',
      },
    ]);
    table('tcp', [SSHD, { local: ['127.0.0.1', 5432], inode: 101, uid: 1000 }]);
    await expectKinds(['listener_opened 22', 'listener_opened 5432']);
    expect(notes()[1]).toMatchObject({ 'network.loopback': true, 'user.name': 'pi' });
    expect(notes()[1]).not.toHaveProperty('event.reason');
    table('tcp', [SSHD]);
    await expectKinds(['listener_opened 22', 'listener_opened 5432', 'listener_closed 5432']);
  });

  test('carry their process: name, file, whether that is gone, its container', async () => {
    table('tcp', [{ local: ['0.0.0.0', 4444], inode: 200 }]);
    processOf(7, 'evil', '/tmp/.x/evil (deleted)', { 5: 200 });
    writeFileSync(join(dir, '7', 'cgroup'), `0::/system.slice/docker-${'ab'.repeat(32)}.scope\n`);
    await start();
    expect(notes()[0]).toMatchObject({
      'process.name': 'evil',
      'process.pid': 7,
      'process.executable': '/tmp/.x/evil',
      'process.deleted': true,
      'container.id': 'ab'.repeat(32),
    });
  });

  test('of several workers are one, and another one when all of its sockets are new', async () => {
    table('tcp', [SSHD, { ...SSHD, inode: 101 }]);
    await start();
    table('tcp', [
      { ...SSHD, inode: 101 },
      { ...SSHD, inode: 102 },
    ]);
    table('tcp6', []);
    table('tcp', [{ ...SSHD, inode: 300 }]);
    await expectKinds(['listener_opened 22', 'listener_closed 22', 'listener_opened 22']);
  });

  test('of UDP are told of below the clients’ ports', async () => {
    mkdirSync(join(dir, 'sys/net/ipv4'), { recursive: true });
    writeFileSync(join(dir, 'sys/net/ipv4/ip_local_port_range'), '20000\t30000\n');
    table('udp', [
      { local: ['0.0.0.0', 53], state: '07' },
      { local: ['0.0.0.0', 25_000], state: '07' },
      { local: ['10.0.0.1', 123], remote: ['10.0.0.2', 123], state: '01' },
    ]);
    await start();
    expect(kinds()).toEqual(['listener_opened 53']);
    expect(notes()[0]).toMatchObject({ 'network.transport': 'udp' });
  });

  test('are bounded, and it says when they are more', async () => {
    const many = Array.from({ length: 5_000 }, (_, n): Row => ({ local: ['0.0.0.0', 1 + n], inode: n + 1 }));
    table('tcp', many);
    await start();
    expect(notes()).toHaveLength(1_025);
    expect(notes().at(-1)).toMatchObject({
      'event.reason': 'too_many_listeners',
      'network.connections': 5_000 - 1_024,
    });
  });

  test('are a baseline again after a restart, in the same stream', async () => {
    table('tcp', [SSHD]);
    await start();
    await source!.stop();
    sink = sink.restart();
    await start({ randomId: () => 'other' });
    expect(notes().map((note) => note['event.reason'])).toEqual(['at_start', 'at_start']);
    expect(new Set(sink.received.map(({ stream }) => stream))).toEqual(new Set(['stream']));
    expect(sink.received[1]!.offset).toBe(Buffer.byteLength(sink.received[0]!.text) + 1);
    expect(sink.received[0]!.format).toBe('tom-note');
  });
});

describe('connections', () => {
  const out = (port: number, more: Partial<Row> = {}): Row => ({
    local: ['10.0.0.1', 40_000 + port],
    remote: ['203.0.113.9', port],
    state: '01',
    inode: 1_000 + port,
    ...more,
  });

  test('have a direction, and a duration when they end', async () => {
    table('tcp', [SSHD]);
    await start();
    table('tcp', [
      SSHD,
      out(443),
      { local: ['10.0.0.1', 22], remote: ['198.51.100.3', 50_000], state: '01' },
    ]);
    await expectKinds(['listener_opened 22', 'connection_opened 443', 'connection_opened 22']);
    const [, outgoing, incoming] = notes();
    expect(outgoing).toMatchObject({
      'network.direction': 'outbound',
      'source.address': '10.0.0.1',
      'source.port': 40_443,
      'destination.address': '203.0.113.9',
    });
    expect(incoming).toMatchObject({
      'network.direction': 'inbound',
      'source.address': '198.51.100.3',
      'source.port': 50_000,
    });
    nowUs += 3_000_000;
    table('tcp', [SSHD]);
    await vi.waitFor(() => expect(notes()).toHaveLength(5), { timeout: 5_000, interval: 5 });
    for (const note of notes().slice(3))
      expect(note).toMatchObject({ event: 'connection_closed', 'event.duration': 3e9 });
  });

  test('of a shell on the wire say so, of a parent that holds it too name the child', async () => {
    table('tcp', []);
    processOf(10, 'python3', '/usr/bin/python3', { 3: 1_443 });
    processOf(11, 'sh', '/usr/bin/dash', { 0: 1_443, 1: 1_443, 2: 1_443 });
    await start();
    table('tcp', [out(443)]);
    await expectKinds(['connection_opened 443']);
    expect(notes()[0]).toMatchObject({ 'process.name': 'sh', 'process.stdio': true, 'process.pid': 11 });
  });

  test('that stay on the node are not told of', async () => {
    table('tcp', []);
    await start();
    table('tcp', [
      { local: ['127.0.0.1', 40_000], remote: ['127.0.0.1', 5432], state: '01' },
      { local: ['10.0.0.1', 40_000], remote: ['10.0.0.1', 80], state: '01' },
      out(25),
    ]);
    await expectKinds(['connection_opened 25']);
  });

  test('that were over before they were seen are told of once, those that were seen are not', async () => {
    table('tcp', [out(80)]);
    await start();
    table('tcp', [out(80, { state: '06', inode: 0 }), out(81, { state: '06', inode: 0 })]);
    await expectKinds(['connection_opened 80', 'connection_closed 80', 'connection_opened 81']);
    expect(notes()[2]).toMatchObject({ 'event.reason': 'already_ended' });
    expect(notes()[2]).not.toHaveProperty('user.id');
    table('tcp', [out(81, { state: '06', inode: 0 }), out(82)]);
    await expectKinds([
      'connection_opened 80',
      'connection_closed 80',
      'connection_opened 81',
      'connection_opened 82',
    ]);
  });

  test('that were over when it started are not told of: the run before may have', async () => {
    table('tcp', [out(80, { state: '06', inode: 0 })]);
    await start();
    table('tcp', [out(80, { state: '06', inode: 0 }), out(81)]);
    await expectKinds(['connection_opened 81']);
  });

  test('that nobody answered are told of as such', async () => {
    table('tcp', []);
    await start();
    table('tcp', [out(23, { state: '02' })]);
    await expectKinds(['connection_opened 23']);
    expect(notes()[0]).toMatchObject({ 'event.outcome': 'unknown' });
  });

  test('are summed up when they are too many, listeners are not', async () => {
    const many = Array.from({ length: 60 }, (_, n) => out(n + 1));
    table('tcp', [SSHD]);
    await start({ mostConnections: 50 });
    table('tcp', [SSHD, ...many]);
    await expectKinds(['listener_opened 22', 'connection_summary too_many']);
    expect(notes()[1]).toMatchObject({ 'network.connections': 60 });
    table('tcp', [SSHD, { local: ['0.0.0.0', 80], inode: 5 }, ...many]);
    await expectKinds(['listener_opened 22', 'connection_summary too_many', 'listener_opened 80']);
    table('tcp', [SSHD, out(1)]);
    await vi.waitFor(() => expect(kinds().at(-1)).toBe('connection_summary told_again'), {
      timeout: 5_000,
      interval: 5,
    });
    expect(notes().at(-2)).toMatchObject({ event: 'connection_opened', 'event.reason': 'at_start' });
  });

  test('of one look are bounded, what this node began comes first', async () => {
    table('tcp', [SSHD]);
    await start({ mostNotes: 3 });
    const incoming = Array.from(
      { length: 9 },
      (_, n): Row => ({ local: ['10.0.0.1', 22], remote: ['198.51.100.3', 9 + n], state: '01' }),
    );
    table('tcp', [SSHD, ...incoming, out(443)]);
    await vi.waitFor(() => expect(notes()).toHaveLength(5), { timeout: 5_000, interval: 5 });
    expect(notes()[1]).toMatchObject({ 'network.direction': 'outbound' });
    expect(notes()[4]).toMatchObject({ 'event.reason': 'too_many_at_once', 'network.connections': 7 });
  });

  test('are left out as configured', async () => {
    table('tcp', [SSHD]);
    await start({ connections: 'none' });
    table('tcp', [SSHD, out(443), { local: ['0.0.0.0', 80], inode: 5 }]);
    await expectKinds(['listener_opened 22', 'listener_opened 80']);
  });
});

test('waits where there are no tables, and says why', async () => {
  rmSync(join(dir, 'net'), { recursive: true });
  await start();
  expect(source!.status()).toMatchObject([
    { state: 'unreadable', reason: `${dir} has no tables of sockets` },
  ]);
});

describe.skipIf(!existsSync('/proc/net/tcp'))('with the kernel’s own tables', () => {
  test('tells of a real listener, its process and its end', async () => {
    await start({ procRoot: '/proc' });
    const server = createServer().listen(0, '0.0.0.0');
    servers.push(server);
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const mine = () => notes().filter((note) => note['server.port'] === port);
    await vi.waitFor(() => expect(mine()).toHaveLength(1), { timeout: 10_000, interval: 5 });
    expect(mine()[0]).toMatchObject({
      event: 'listener_opened',
      'server.address': '0.0.0.0',
      'process.pid': process.pid,
      'process.executable': process.execPath,
    });
    server.close();
    await vi.waitFor(() => expect(mine()).toHaveLength(2), { timeout: 10_000, interval: 5 });
    expect(mine()[1]!.event).toBe('listener_closed');
  });
});
