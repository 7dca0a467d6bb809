import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Note } from '../notes/note-stream.ts';
import type { AccountNames } from './account-names.ts';
import { type Connection, ConnectionBook } from './connection-book.ts';
import { type Listener, ListenerBook } from './listener-book.ts';
import type { ProcessFinder } from './process-finder.ts';
import { connectionNote, listenerNote } from './socket-notes.ts';
import { type SocketRow, STATE, type TableReader } from './socket-table.ts';

export interface SocketWatchOptions {
  readonly procRoot: string;
  readonly reader: TableReader;
  readonly finder: ProcessFinder;
  readonly accounts: AccountNames;
  /** Connections past which none is told of one by one. */
  readonly mostConnections: number;
  /** Notes of connections that one look makes; those of the node's own making come first. */
  readonly mostNotes: number;
  readonly connections: 'all' | 'outbound' | 'none';
}

/** Notes of listeners that one look makes. */
const LISTENER_NOTES = 1_024;

/** Ports that the kernel gives to clients, where it does not say. */
const EPHEMERAL = { from: 32_768, to: 60_999 };

/** Looks at the sockets of the node and says what changed since the look before. */
export class SocketWatch {
  readonly #options: SocketWatchOptions;
  readonly #listeners = new ListenerBook();
  readonly #connections: ConnectionBook;
  #looks = 0;
  /** The look before kept no connections: what is there now was not seen to open. */
  #blind = true;
  #tooMany = false;
  #tooManyListeners = false;
  #readMs = 0;

  constructor(options: SocketWatchOptions) {
    this.#options = options;
    this.#connections = new ConnectionBook(options.mostConnections);
  }

  /** Processor time that reading the tables took, the last time. */
  get readMs(): number {
    return this.#readMs;
  }

  /** @throws where the tables cannot be read. */
  async look(nowUs: number): Promise<readonly Note[]> {
    const before = process.cpuUsage();
    const isWhole = this.#readTables();
    const { user, system } = process.cpuUsage(before);
    this.#readMs = (user + system) / 1_000;
    const notes = [...(await this.#listenerNotes(nowUs)), ...(await this.#connectionNotes(nowUs, isWhole))];
    this.#looks += 1;
    return notes;
  }

  /** The node's own network namespace where TOM may look into it, else the one that TOM runs in. */
  #path(table: string): string | null {
    const { procRoot } = this.#options;
    for (const name of [`1/net/${table}`, `net/${table}`]) {
      if (existsSync(join(procRoot, name))) return join(procRoot, name);
    }
    return null;
  }

  #readTables(): boolean {
    const { reader, connections } = this.#options;
    const tcp = (row: SocketRow) => {
      if (row.state === STATE.listen) this.#listeners.see('tcp', row);
      else this.#connections.see(row);
    };
    const wanted = (state: number) =>
      state === STATE.listen || (connections !== 'none' && this.#connections.wants(state));
    const range = this.#ephemeral();
    const udp = (row: SocketRow) => {
      const port = Number.parseInt(row.local.slice(-4), 16);
      if (port >= range.from && port <= range.to) return;
      if (/:0000$/.test(row.remote)) this.#listeners.see('udp', row);
    };
    this.#connections.begin();
    let cut = false;
    let read = 0;
    for (const [table, visit, want] of [
      ['tcp', tcp, wanted],
      ['tcp6', tcp, wanted],
      ['udp', udp, (state: number) => state === STATE.close],
      ['udp6', udp, (state: number) => state === STATE.close],
    ] as const) {
      const path = this.#path(table);
      if (path === null) continue;
      const result = reader.read(path, want, visit);
      read += 1;
      if (visit === tcp) cut ||= result.cut;
    }
    if (read === 0) throw new Error(`${this.#options.procRoot} has no tables of sockets`);
    return !cut;
  }

  #ephemeral(): { from: number; to: number } {
    try {
      const text = readFileSync(join(this.#options.procRoot, 'sys/net/ipv4/ip_local_port_range'), 'utf8');
      const [from, to] = text.trim().split(/\s+/).map(Number);
      if (from && to) return { from, to };
    } catch {
      // Not there in a fixture, or in a container without /proc/sys.
    }
    return EPHEMERAL;
  }

  async #listenerNotes(nowUs: number): Promise<readonly Note[]> {
    const { accounts } = this.#options;
    const changes = this.#listeners.settle();
    const opened = changes.opened.slice(0, LISTENER_NOTES);
    const closed = changes.closed.slice(0, LISTENER_NOTES);
    const leftOut = changes.missed + changes.opened.length - opened.length;
    await this.#findOwners(opened, ({ inodes }) => inodes);
    const reason = this.#looks === 0 ? 'at_start' : undefined;
    const notes = [
      ...closed.map((listener) => listenerNote('listener_closed', listener, nowUs, accounts)),
      ...opened.map((listener) => listenerNote('listener_opened', listener, nowUs, accounts, reason)),
      ...(leftOut > 0 && !this.#tooManyListeners ? [summary(nowUs, 'too_many_listeners', leftOut)] : []),
    ];
    this.#tooManyListeners = leftOut > 0;
    return notes;
  }

  async #connectionNotes(nowUs: number, isWhole: boolean): Promise<readonly Note[]> {
    const { accounts, connections, mostNotes } = this.#options;
    if (connections === 'none') return [];
    const listensOn = (port: number, address: string) => this.#listeners.listensOn(port, address);
    const changes = this.#connections.settle(nowUs, listensOn, isWhole, this.#blind);
    const count = this.#connections.count;
    if (changes === null) {
      const notes = this.#tooMany ? [] : [summary(nowUs, 'too_many', count)];
      this.#tooMany = true;
      this.#blind = true;
      return notes;
    }
    const reason = this.#blind ? 'at_start' : undefined;
    const all = connections === 'all' ? changes.opened : changes.opened.filter(isOutbound);
    const opened = [...all.filter(isOutbound), ...all.filter((one) => !isOutbound(one))].slice(0, mostNotes);
    for (const one of opened) if (one.direction === 'inbound') this.#inherit(one);
    await this.#findOwners(opened.filter(isOutbound), ({ inode }) => [inode]);
    for (const one of opened) one.told = true;
    const closed = changes.closed.filter((one) => one.told).slice(0, mostNotes);
    const leftOut = all.length - opened.length;
    const notes = [
      ...closed.map((one) => connectionNote('connection_closed', one, nowUs, accounts)),
      ...opened.map((one) =>
        connectionNote('connection_opened', one, nowUs, accounts, one.state === 'ended' ? undefined : reason),
      ),
      ...(leftOut > 0 ? [summary(nowUs, 'too_many_at_once', leftOut)] : []),
      ...(this.#tooMany ? [summary(nowUs, 'told_again', count)] : []),
    ];
    this.#tooMany = false;
    this.#blind = false;
    return notes;
  }

  #inherit(connection: Connection): void {
    const owner = this.#listeners.ownerOf(connection.local.port, connection.local.address);
    if (owner) connection.owner = { ...owner, stdio: false };
  }

  async #findOwners<T extends Listener | Connection>(
    opened: readonly T[],
    inodesOf: (one: T) => Iterable<number>,
  ): Promise<void> {
    if (opened.length === 0) return;
    const owners = await this.#options.finder.find(new Set(opened.flatMap((one) => [...inodesOf(one)])));
    for (const one of opened) {
      for (const inode of inodesOf(one)) {
        const owner = owners.get(inode);
        if (owner) one.owner = owner;
      }
    }
  }
}

const isOutbound = ({ direction }: Connection) => direction === 'outbound';

function summary(timeUs: number, reason: string, count: number): Note {
  return {
    event: 'connection_summary',
    time_us: timeUs,
    'event.reason': reason,
    'network.connections': count,
  };
}
