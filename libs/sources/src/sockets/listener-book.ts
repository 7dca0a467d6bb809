import type { SocketOwner } from './process-finder.ts';
import { type Endpoint, isLoopbackEnd, parseEndpoint } from './socket-address.ts';
import type { SocketRow } from './socket-table.ts';

export interface Listener {
  readonly transport: 'tcp' | 'udp';
  readonly end: Endpoint;
  readonly isLoopback: boolean;
  readonly uid: number;
  /** Sockets of it: several processes may share a port. */
  readonly inodes: Set<number>;
  owner?: SocketOwner;
}

export interface ListenerChanges {
  readonly opened: readonly Listener[];
  readonly closed: readonly Listener[];
  /** Sockets that there was no room for. */
  readonly missed: number;
}

const LISTENERS = 4_096;

/**
 * What listens on this node, from one look to the next. A listener is known by transport, address and port; one whose
 * sockets are all new is another one. At most 4,096; the rest is not told of.
 */
export class ListenerBook {
  #known = new Map<string, Listener>();
  #seen = new Map<string, Listener>();
  #missed = 0;

  get size(): number {
    return this.#known.size;
  }

  /** One socket of the look under way. */
  see(transport: 'tcp' | 'udp', row: SocketRow): void {
    const end = parseEndpoint(row.local);
    if (end === null) return;
    const key = `${transport} ${end.address} ${end.port}`;
    const listener = this.#seen.get(key);
    if (listener) listener.inodes.add(row.inode);
    else if (this.#seen.size >= LISTENERS) this.#missed += 1;
    else {
      const isLoopback = isLoopbackEnd(row.local);
      this.#seen.set(key, {
        transport,
        end,
        isLoopback,
        uid: row.uid,
        inodes: new Set([row.inode]),
      });
    }
  }

  /** Whether the look under way, or the one before, found a TCP listener at the port. */
  listensOn(port: number, address: string): boolean {
    for (const book of [this.#seen, this.#known]) {
      for (const host of [address, '0.0.0.0', '::']) if (book.has(`tcp ${host} ${port}`)) return true;
    }
    return false;
  }

  /** Whose listener it is that a connection came in through. */
  ownerOf(port: number, address: string): SocketOwner | undefined {
    for (const host of [address, '0.0.0.0', '::']) {
      const owner = this.#known.get(`tcp ${host} ${port}`)?.owner;
      if (owner) return owner;
    }
    return undefined;
  }

  /** Ends the look. */
  settle(): ListenerChanges {
    const missed = this.#missed;
    this.#missed = 0;
    const opened: Listener[] = [];
    const closed: Listener[] = [];
    for (const [key, listener] of this.#seen) {
      const before = this.#known.get(key);
      const goesOn = before !== undefined && shares(before.inodes, listener.inodes);
      if (goesOn) {
        if (before.owner) listener.owner = before.owner;
        continue;
      }
      if (before) closed.push(before);
      opened.push(listener);
    }
    for (const [key, listener] of this.#known) if (!this.#seen.has(key)) closed.push(listener);
    this.#known = this.#seen;
    this.#seen = new Map();
    return { opened, closed, missed };
  }
}

function shares(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  for (const inode of a) if (b.has(inode)) return true;
  return false;
}
