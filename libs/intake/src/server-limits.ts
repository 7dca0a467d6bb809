import type { Server, Socket } from 'node:net';

/** Connections that the server keeps at once, over all peers and per peer. */
const MAX_CONNECTIONS = 2048;
const MAX_CONNECTIONS_PER_ADDRESS = 256;

/** The parts of a node:http server that bound what a peer can hold. */
interface LimitedServer extends Server {
  headersTimeout: number;
  requestTimeout: number;
  keepAliveTimeout: number;
  maxRequestsPerSocket: number | null;
}

/**
 * What an open port allows, so that slow or very many peers use up neither memory nor the good ones' turn.
 *
 * At a connection limit the oldest connection that has no request under way is closed for the new one: whoever
 * opens many and sends nothing pushes out its own, and a good sender always finds a place, also when it shares its
 * address with them. Only when all of them have a request under way is the new one turned away.
 */
export const SERVER_LIMITS = {
  /** For `Fastify({...})`. */
  fastify: {
    /** Longest time from a request's first byte to its last. */
    requestTimeout: 120_000,
    connectionTimeout: 0,
    keepAliveTimeout: 75_000,
    bodyLimit: 16 * 1024 * 1024,
    http: {
      /** Longest time until the headers are complete. */
      headersTimeout: 10_000,
      /** How often those two are looked at. */
      connectionsCheckingInterval: 2_000,
      maxHeaderSize: 16 * 1024,
    },
  },
  maxConnections: MAX_CONNECTIONS,
  maxConnectionsPerAddress: MAX_CONNECTIONS_PER_ADDRESS,
  /** Puts the connection limits on a server, before it listens. */
  apply: (
    server: Server,
    limits: { readonly maxConnections?: number; readonly maxConnectionsPerAddress?: number } = {},
  ): void => {
    limitConnections(
      server as LimitedServer,
      limits.maxConnections ?? MAX_CONNECTIONS,
      limits.maxConnectionsPerAddress ?? MAX_CONNECTIONS_PER_ADDRESS,
    );
  },
} as const;

function limitConnections(server: LimitedServer, maxConnections: number, maxPerAddress: number): void {
  const all = new Set<Socket>();
  const byAddress = new Map<string, Set<Socket>>();
  const busy = new WeakMap<Socket, number>();

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    if (address === undefined) {
      socket.destroy();
      return;
    }
    const siblings = byAddress.get(address) ?? new Set<Socket>();
    const full = siblings.size >= maxPerAddress ? siblings : all.size >= maxConnections ? all : null;
    if (full !== null) {
      const victim = firstIdle(full, busy);
      if (victim === null) {
        socket.destroy();
        return;
      }
      victim.destroy();
      forget(victim);
    }
    siblings.add(socket);
    byAddress.set(address, siblings);
    all.add(socket);
    addresses.set(socket, address);
    socket.once('close', () => forget(socket));
  });

  // 'request' comes once the headers are complete.
  server.on(
    'request',
    (request: { socket: Socket }, response: { once: (event: 'close', f: () => void) => void }) => {
      const { socket } = request;
      busy.set(socket, (busy.get(socket) ?? 0) + 1);
      response.once('close', () => {
        busy.set(socket, (busy.get(socket) ?? 1) - 1);
        touch(socket);
      });
    },
  );

  const addresses = new WeakMap<Socket, string>();

  function forget(socket: Socket): void {
    const address = addresses.get(socket);
    if (address === undefined) return;
    addresses.delete(socket);
    all.delete(socket);
    const siblings = byAddress.get(address);
    siblings?.delete(socket);
    if (siblings?.size === 0) byAddress.delete(address);
  }

  /** A connection that just served a request counts as the youngest. */
  function touch(socket: Socket): void {
    const address = addresses.get(socket);
    if (address === undefined) return;
    for (const set of [all, byAddress.get(address)!]) {
      set.delete(socket);
      set.add(socket);
    }
  }
}

function firstIdle(sockets: ReadonlySet<Socket>, busy: WeakMap<Socket, number>): Socket | null {
  for (const socket of sockets) {
    if ((busy.get(socket) ?? 0) === 0) return socket;
  }
  return null;
}
