import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Journal } from '@suite/journal';
import { createAllowList, LOOPBACK_ONLY, plainAddress } from './allow-list.ts';
import { SyslogBatcher, type SyslogBatcherOptions } from './syslog-batcher.ts';
import { createSyslogFramer } from './syslog-framing.ts';

export interface SyslogTcpOptions {
  readonly journal: Journal;
  readonly nowUs: () => number;
  readonly host: string;
  /** 0 picks a free one; see `port`. */
  readonly port: number;
  /** Addresses and CIDR ranges that may send. Default: this machine only. */
  readonly allow?: readonly string[];
  /** Longer lines are cut. Default 64 KiB. */
  readonly maxLineBytes?: number;
  /** Default 256. */
  readonly maxConnections?: number;
  /** A connection that sends nothing for so long is closed. Default 10 minutes. */
  readonly idleTimeoutMs?: number;
  /** How long a connection waits before it tries again what the journal refused. Default 1 s. */
  readonly retryMs?: number;
}

export interface SyslogTcpCounters {
  connections: number;
  lines: number;
  bytes: number;
  /** Connections from addresses that may not send. */
  refused: number;
  /** Connections past the limit. */
  overLimit: number;
  cutLines: number;
  /** Groups that the journal refused; they are tried again, and the sender waits. */
  retries: number;
  /** Lines given up because the listener stopped while the journal refused them. */
  dropped: number;
}

export interface SyslogTcp {
  readonly counters: Readonly<SyslogTcpCounters>;
  readonly port: number;
  start(): Promise<void>;
  /** Closes the port and its connections, and writes what came in. May be called twice. */
  stop(): Promise<void>;
}

interface Followed {
  /** Closes it; its lines are durable or given up when this resolves. */
  stop(): Promise<void>;
}

/** Bytes of one connection that may wait for the journal before it is paused. */
const PAUSE_BYTES = 1024 * 1024;

/**
 * Syslog over TCP (RFC 6587). The protocol has no acknowledgement: a line is safe once it is durable here, and
 * while the journal takes none the connection is not read, so the sender's own queue holds the rest.
 * @throws RangeError for a bad `allow` entry.
 */
export function createSyslogTcp(options: SyslogTcpOptions): SyslogTcp {
  const allowed = createAllowList(options.allow ?? LOOPBACK_ONLY);
  const maxConnections = options.maxConnections ?? 256;
  const counters: SyslogTcpCounters = {
    connections: 0,
    lines: 0,
    bytes: 0,
    refused: 0,
    overLimit: 0,
    cutLines: 0,
    retries: 0,
    dropped: 0,
  };
  /** Open connections, and closed ones whose last lines are not durable yet. */
  const followed = new Set<Followed>();
  let server: Server | null = null;
  let stopping: Promise<void> | null = null;
  let stopped = false;

  const onConnection = (socket: Socket) => {
    const address = plainAddress(socket.remoteAddress ?? '');
    if (!allowed(address)) {
      counters.refused += 1;
      socket.destroy();
    } else if (followed.size >= maxConnections) {
      counters.overLimit += 1;
      socket.destroy();
    } else {
      counters.connections += 1;
      follow(socket, address);
    }
  };

  const follow = (socket: Socket, address: string) => {
    const framer = createSyslogFramer(options.maxLineBytes ?? 64 * 1024);
    let retry: NodeJS.Timeout | null = null;
    let closed = false;
    const batching: SyslogBatcherOptions = {
      journal: options.journal,
      nowUs: options.nowUs,
      listener: 'syslog-tcp',
      onWritten: (lines, bytes) => {
        counters.lines += lines;
        counters.bytes += bytes;
        if (closed && batcher.pendingBytes === 0) followed.delete(connection);
        else if (retry === null && batcher.pendingBytes < PAUSE_BYTES) socket.resume();
      },
    };
    const batcher = new SyslogBatcher(batching, address, (_error, lines) => {
      if (stopped) {
        counters.dropped += lines.length;
        return;
      }
      counters.retries += 1;
      socket.pause();
      batcher.putBack(lines);
      retry ??= setTimeout(() => {
        retry = null;
        void batcher.flush();
      }, options.retryMs ?? 1000);
    });
    const onClose = () => {
      if (closed) return;
      closed = true;
      const rest = framer.end();
      if (rest !== null) batcher.add(rest);
      if (batcher.pendingBytes === 0) followed.delete(connection);
      else void batcher.flush();
    };
    const connection: Followed = {
      async stop() {
        socket.destroy();
        onClose();
        if (retry !== null) clearTimeout(retry);
        await batcher.flush();
      },
    };
    followed.add(connection);
    socket.setTimeout(options.idleTimeoutMs ?? 10 * 60_000, () => {
      // Paused by us: it is not the sender that is idle.
      if (!socket.isPaused()) socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      const cutBefore = framer.cutLines;
      for (const line of framer.push(chunk)) batcher.add(line);
      counters.cutLines += framer.cutLines - cutBefore;
      if (batcher.pendingBytes >= PAUSE_BYTES) socket.pause();
    });
    socket.once('close', onClose);
  };

  const close = async () => {
    stopped = true;
    const closed = server?.listening ? once(server, 'close') : null;
    server?.close();
    await Promise.all([...followed].map((connection) => connection.stop()));
    await closed;
  };

  return {
    counters,
    get port() {
      return (server?.address() as AddressInfo | null)?.port ?? 0;
    },
    async start() {
      server = createServer({ noDelay: false }, onConnection);
      server.listen(options.port, options.host);
      await once(server, 'listening');
    },
    stop() {
      stopping ??= close();
      return stopping;
    },
  };
}
