import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Journal } from '@suite/journal';
import { createAllowList, LOOPBACK_ONLY, plainAddress } from './allow-list.ts';
import { SyslogBatcher, type SyslogBatcherOptions } from './syslog-batcher.ts';

export interface SyslogUdpOptions {
  readonly journal: Journal;
  readonly nowUs: () => number;
  readonly host: string;
  /** 0 picks a free one; see `port`. */
  readonly port: number;
  /** Addresses and CIDR ranges that may send. Default: this machine only. */
  readonly allow?: readonly string[];
  /** Longer datagrams are cut. Default 64 KiB. */
  readonly maxLineBytes?: number;
  /** Lines of all senders that may wait for the journal; what comes on top is dropped. Default 16 MiB. */
  readonly maxPendingBytes?: number;
}

export interface SyslogUdpCounters {
  lines: number;
  bytes: number;
  /** Datagrams from addresses that may not send. */
  refused: number;
  /** Lines that the journal did not take or that came too fast. UDP has no way to make a sender wait. */
  dropped: number;
  cutLines: number;
}

export interface SyslogUdp {
  readonly counters: Readonly<SyslogUdpCounters>;
  /** The port that is listened on; 0 before `start`. */
  readonly port: number;
  start(): Promise<void>;
  /** Closes the port and writes what came in. May be called twice. */
  stop(): Promise<void>;
}

const LF = 0x0a;
const CR = 0x0d;
const MAX_SENDERS = 1024;
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** Syslog over UDP (RFC 5426): one message per datagram. @throws RangeError for a bad `allow` entry. */
export function createSyslogUdp(options: SyslogUdpOptions): SyslogUdp {
  const allowed = createAllowList(options.allow ?? LOOPBACK_ONLY);
  const maxLineBytes = options.maxLineBytes ?? 64 * 1024;
  const maxPendingBytes = options.maxPendingBytes ?? 16 * 1024 * 1024;
  const counters: SyslogUdpCounters = { lines: 0, bytes: 0, refused: 0, dropped: 0, cutLines: 0 };
  const senders = new Map<string, SyslogBatcher>();
  let pendingBytes = 0;
  let socket: Socket | null = null;
  let port = 0;
  let stopping: Promise<void> | null = null;

  const batching: SyslogBatcherOptions = {
    journal: options.journal,
    nowUs: options.nowUs,
    listener: 'syslog-udp',
    onWritten: (lines, bytes) => {
      counters.lines += lines;
      counters.bytes += bytes;
      pendingBytes -= bytes;
    },
  };

  const senderOf = (address: string): SyslogBatcher | null => {
    const known = senders.get(address);
    if (known !== undefined) return known;
    if (senders.size >= MAX_SENDERS) {
      for (const [idle, batcher] of senders) {
        if (batcher.pendingBytes === 0) senders.delete(idle);
      }
      if (senders.size >= MAX_SENDERS) return null;
    }
    const batcher = new SyslogBatcher(batching, address, (_error, lines) => {
      counters.dropped += lines.length;
      for (const line of lines) pendingBytes -= line.length;
    });
    senders.set(address, batcher);
    return batcher;
  };

  const onMessage = (message: Buffer, peer: RemoteInfo) => {
    const address = plainAddress(peer.address);
    if (!allowed(address)) {
      counters.refused += 1;
      return;
    }
    let end = message.length;
    while (end > 0 && (message[end - 1] === LF || message[end - 1] === CR || message[end - 1] === 0))
      end -= 1;
    if (end === 0) return;
    if (end > maxLineBytes) {
      counters.cutLines += 1;
      end = maxLineBytes;
    }
    const batcher = pendingBytes + end > maxPendingBytes ? null : senderOf(address);
    if (batcher === null) {
      counters.dropped += 1;
      return;
    }
    pendingBytes += end;
    batcher.add(message.subarray(0, end));
  };

  const close = async () => {
    if (socket !== null) {
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    }
    await Promise.all([...senders.values()].map((batcher) => batcher.flush()));
  };

  return {
    counters,
    get port() {
      return port;
    },
    async start() {
      const created = createSocket({ type: isIPv6(options.host) ? 'udp6' : 'udp4' });
      created.bind(options.port, options.host);
      await once(created, 'listening');
      // A burst waits in the kernel; how much it grants is its own affair.
      created.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
      created.on('error', () => undefined);
      created.on('message', onMessage);
      socket = created;
      port = created.address().port;
    },
    stop() {
      stopping ??= close();
      return stopping;
    },
  };
}
