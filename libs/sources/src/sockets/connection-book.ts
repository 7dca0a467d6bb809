import type { SocketOwner } from './process-finder.ts';
import { type Endpoint, isLoopbackEnd, parseEndpoint } from './socket-address.ts';
import { type SocketRow, STATE } from './socket-table.ts';

export interface Connection {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly direction: 'inbound' | 'outbound';
  readonly uid: number;
  readonly inode: number;
  readonly sinceUs: number;
  /** `ended`: it was over before it was seen, and is known only from what TCP keeps for a minute. */
  readonly state: 'established' | 'unanswered' | 'ended';
  /** Its opening was told of, so its end is. */
  told: boolean;
  owner?: SocketOwner;
}

export interface ConnectionChanges {
  readonly opened: readonly Connection[];
  readonly closed: readonly Connection[];
}

/** Tells which way a connection went: `true` where this node listens at the port. */
export type ListensOn = (port: number, address: string) => boolean;

/** Connections that are over, kept to tell a short one from one that was seen. */
const ENDED = 2_048;

/** States in which a connection is over or ending; all but SYN_RECV, which floods fill, LISTEN and CLOSE. */
const ENDING = new Set([4, 5, 6, 8, 9, 11]);

/**
 * TCP connections of this node, from one look to the next, without those that stay on it. Past `limit` it keeps none,
 * and says so: a node with tens of thousands of connections is not told of one by one.
 */
export class ConnectionBook {
  readonly #limit: number;
  #known = new Map<string, Connection>();
  #rows = new Map<string, SocketRow>();
  #ending = new Map<string, SocketRow>();
  #ended = new Set<string>();
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Connections of the last look, also when they were too many. */
  get count(): number {
    return this.#count;
  }

  /** Whether a row in this state is worth reading: what is past the bounds is counted alone. */
  wants(state: number): boolean {
    if (ENDING.has(state)) return this.#ending.size < ENDED;
    if (state !== STATE.established && state !== STATE.synSent) return false;
    this.#count += 1;
    return this.#rows.size <= this.#limit;
  }

  /** One socket of the look under way. */
  see(row: SocketRow): void {
    if (isLoopbackEnd(row.remote) || isLoopbackEnd(row.local)) return;
    const key = `${row.local} ${row.remote}`;
    if (ENDING.has(row.state)) this.#ending.set(key, row);
    else this.#rows.set(key, row);
  }

  /**
   * Ends the look.
   *
   * @param isWhole whether all rows were read; where not, nothing is known of what is missing.
   * @param isFirst what is over by now is not told of: it may have been, by the agent's last run.
   * @returns null when there are too many; what was known is forgotten then.
   */
  settle(nowUs: number, listensOn: ListensOn, isWhole: boolean, isFirst: boolean): ConnectionChanges | null {
    const rows = this.#rows;
    const ending = this.#ending;
    this.#rows = new Map();
    this.#ending = new Map();
    if (!isWhole || rows.size > this.#limit) {
      this.#known.clear();
      this.#ended.clear();
      return null;
    }
    const opened: Connection[] = [];
    const closed: Connection[] = [];
    for (const [key, row] of rows) {
      if (this.#known.has(key)) continue;
      const connection = connectionOf(row, nowUs, listensOn);
      if (connection === null || connection.local.address === connection.remote.address) continue;
      this.#known.set(key, connection);
      opened.push(connection);
    }
    for (const [key, row] of isFirst ? [] : ending) {
      if (this.#known.has(key) || this.#ended.has(key) || ending.size >= ENDED) continue;
      const connection = connectionOf(row, nowUs, listensOn);
      const isOurs =
        connection?.direction === 'outbound' && connection.local.address !== connection.remote.address;
      if (isOurs) opened.push(connection);
    }
    for (const [key, connection] of this.#known) {
      if (rows.has(key)) continue;
      this.#known.delete(key);
      closed.push(connection);
    }
    this.#ended = new Set(ending.keys());
    return { opened, closed };
  }

  /** Begins a look. */
  begin(): void {
    this.#count = 0;
  }
}

function connectionOf(row: SocketRow, nowUs: number, listensOn: ListensOn): Connection | null {
  const local = parseEndpoint(row.local);
  const remote = parseEndpoint(row.remote);
  if (local === null || remote === null || remote.port === 0) return null;
  const { uid, inode } = row;
  const direction = listensOn(local.port, local.address) ? 'inbound' : 'outbound';
  const state = ENDING.has(row.state) ? 'ended' : row.state === STATE.synSent ? 'unanswered' : 'established';
  return { local, remote, direction, uid, inode, sinceUs: nowUs, state, told: false };
}
