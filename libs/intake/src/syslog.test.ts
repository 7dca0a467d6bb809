import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Journal, JournalFullError, openJournal } from '@suite/journal';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readBatches } from '../test/intake-server.ts';
import {
  createSyslogTcp,
  createSyslogUdp,
  decodeSyslogLines,
  type SyslogTcp,
  type SyslogTcpOptions,
  type SyslogUdp,
  type SyslogUdpOptions,
} from './index.ts';

let dir: string;
let journal: Journal;
let full: boolean;
let cleanup: (() => unknown)[];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'syslog-'));
  const real = await openJournal({ dir });
  full = false;
  journal = new Proxy(real, {
    get: (target, name) => {
      if (name === 'append' && full)
        return () => Promise.reject(new JournalFullError('JOURNAL_FULL', 'full'));
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  cleanup = [];
});

afterEach(async () => {
  for (const undo of cleanup.reverse()) await undo();
  await journal.stop();
  await rm(dir, { recursive: true, force: true });
});

const base = () => ({ journal, nowUs: () => 1, host: '127.0.0.1', port: 0 });

async function startTcp(options: Partial<SyslogTcpOptions> = {}): Promise<SyslogTcp> {
  const listener = createSyslogTcp({ ...base(), ...options });
  await listener.start();
  cleanup.push(() => listener.stop());
  return listener;
}

async function startUdp(options: Partial<SyslogUdpOptions> = {}): Promise<SyslogUdp> {
  const listener = createSyslogUdp({ ...base(), ...options });
  await listener.start();
  cleanup.push(() => listener.stop());
  return listener;
}

async function connectTo(listener: SyslogTcp): Promise<Socket> {
  const socket = connect(listener.port, '127.0.0.1');
  socket.on('error', () => undefined);
  cleanup.push(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('the condition did not come true');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const linesIn = async () =>
  (await readBatches(journal)).flatMap((batch) =>
    decodeSyslogLines(batch.body).map(({ line }) => line.toString()),
  );

describe('syslog over TCP', () => {
  it('keeps newline-framed and counted messages, also what has no end yet when the sender goes', async () => {
    const listener = await startTcp();
    const plain = await connectTo(listener);
    plain.end('<13>one\n<13>two\r\n<13>three without end');
    const counted = await connectTo(listener);
    counted.end('7 <13>abc10 <13>with\nx');
    await until(() => listener.counters.lines === 5);
    expect((await linesIn()).sort()).toEqual(
      ['<13>one', '<13>two', '<13>three without end', '<13>abc', '<13>with\nx'].sort(),
    );
    const [batch] = await readBatches(journal);
    expect(batch).toMatchObject({
      signal: 'syslog',
      remote: '127.0.0.1',
      userAgent: 'syslog-tcp',
      identity: null,
    });
  });

  it('stops reading while the journal takes nothing, and loses no line', async () => {
    const listener = await startTcp({ retryMs: 5 });
    const socket = await connectTo(listener);
    full = true;
    const count = 100_000;
    let drained = false;
    const text = Array.from({ length: count }, (_, i) => `<13>line ${String(i).padEnd(90, '.')}\n`).join('');
    socket.write(text, () => {
      drained = true;
    });
    await until(() => listener.counters.retries > 3);
    expect(drained).toBe(false);
    full = false;
    await until(() => listener.counters.lines === count);
    const lines = await linesIn();
    expect(lines.map((line) => Number(line.slice(9).split('.', 1)[0]))).toEqual(
      Array.from({ length: count }, (_, i) => i),
    );
  });

  it('refuses addresses that are not allowed and connections past the limit', async () => {
    const closed = await startTcp({ allow: ['192.0.2.0/24'] });
    await once(await connectTo(closed), 'close');
    expect(closed.counters).toMatchObject({ refused: 1, connections: 0 });
    const small = await startTcp({ maxConnections: 1 });
    await connectTo(small);
    await until(() => small.counters.connections === 1);
    await once(await connectTo(small), 'close');
    expect(small.counters.overLimit).toBe(1);
  });

  it('closes a connection that sends nothing', async () => {
    const listener = await startTcp({ idleTimeoutMs: 20 });
    await once(await connectTo(listener), 'close');
    expect(listener.counters.connections).toBe(1);
  });

  it('cuts an endless line, counts it, and keeps its beginning', async () => {
    const listener = await startTcp({ maxLineBytes: 100 });
    const socket = await connectTo(listener);
    socket.end(`<13>${'x'.repeat(5_000_000)}\n<13>next\n`);
    await until(() => listener.counters.lines === 2);
    expect(await linesIn()).toEqual([`<13>${'x'.repeat(96)}`, '<13>next']);
    expect(listener.counters.cutLines).toBe(1);
  });

  it('writes what it holds when it stops', async () => {
    const listener = await startTcp();
    const socket = await connectTo(listener);
    socket.write('<13>a\n<13>b');
    await until(() => listener.counters.connections === 1);
    socket.end();
    await once(socket, 'close');
    await listener.stop();
    await listener.stop();
    expect(await linesIn()).toEqual(['<13>a', '<13>b']);
  });
});

describe('syslog over UDP', () => {
  it('keeps one message per datagram', async () => {
    const listener = await startUdp();
    const socket = createSocket('udp4');
    cleanup.push(() => socket.close());
    for (const text of ['<13>a\n', '', '<13>b\nc']) socket.send(text, listener.port, '127.0.0.1');
    await until(() => listener.counters.lines === 2);
    expect(await linesIn()).toEqual(['<13>a', '<13>b\nc']);
  });

  it('counts what the journal refuses, what is too long and who may not send', async () => {
    const listener = await startUdp({ maxLineBytes: 10 });
    const strict = await startUdp({ allow: ['::1', '10.0.0.0/8'] });
    const socket = createSocket('udp4');
    cleanup.push(() => socket.close());
    full = true;
    socket.send('<13>a', listener.port, '127.0.0.1');
    await until(() => listener.counters.dropped === 1);
    full = false;
    socket.send('<13>0123456789', listener.port, '127.0.0.1');
    socket.send('<13>x', strict.port, '127.0.0.1');
    await until(() => listener.counters.lines === 1 && strict.counters.refused === 1);
    expect(await linesIn()).toEqual(['<13>012345']);
    expect(listener.counters.cutLines).toBe(1);
  });
});
