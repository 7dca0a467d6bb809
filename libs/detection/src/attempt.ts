import type { LogRecord } from '@suite/event';
import { BoundedMap } from './bounded-map.ts';

/** One decided attempt to log in over SSH. */
export interface Attempt {
  readonly outcome: 'success' | 'failure';
  /** Empty where the log does not tell. */
  readonly user: string;
  readonly address: string;
  readonly host: string;
  readonly method: string;
  /** The account does not exist. */
  readonly invalidUser: boolean;
  /** How many attempts the line stands for (`message repeated 3 times`). */
  readonly count: number;
}

/** What is remembered of a connection while sshd speaks of it; short names because it is snapshotted. */
interface Connection {
  /** An `Invalid user` line was counted; the `Failed` line that follows it is the same attempt. */
  named: boolean;
  /** Attempts counted so far. */
  counted: number;
  /** Public keys offered and refused: clients try several before the right one. */
  keys: number;
  accepted: boolean;
  /** The client's port, 0 until a line tells it: the same pid with another port is another connection. */
  port: number;
}

const CONNECTIONS = 8_192;

/**
 * Tells attempts from log lines. sshd writes up to five lines about one attempt, and on a host without
 * passwords it never writes `Failed`: this tracker counts each attempt once, whichever lines there are.
 *
 * - `Invalid user` counts, and the first `Failed` of the same connection is the same attempt.
 * - `Failed password` and kin count; `Failed none` is a client asking what is allowed and does not.
 * - Refused public keys count as one attempt when the connection ends without a login: an agent offers all
 *   its keys, and that is no attack.
 * - A connection that ends while authenticating, with nothing counted, is one attempt.
 * - PAM's own lines do not count where sshd speaks for itself.
 *
 * Keeps 8,192 connections; the one that was silent longest is forgotten first (it may then count twice).
 */
export class AttemptTracker {
  readonly #connections = new BoundedMap<Connection>(CONNECTIONS);

  /** @returns what the record decides, or null. */
  observe(record: LogRecord): Attempt | null {
    const event = record.event;
    if (event === null) return null;
    switch (event['event.action']) {
      case 'ssh_login':
        return this.#login(record);
      case 'ssh_invalid_user':
        return this.#invalidUser(record);
      case 'ssh_disconnect':
      case 'ssh_limit':
        return this.#ended(record);
      case 'ssh_denied':
        return event['event.outcome'] === 'failure' && event['source.address'] ? this.#denied(record) : null;
      default:
        return null;
    }
  }

  snapshot(): unknown {
    return this.#connections.snapshot();
  }

  restore(state: unknown): void {
    this.#connections.restore(state);
  }

  #login(record: LogRecord): Attempt | null {
    const event = record.event!;
    const connection = this.#connection(record);
    if (event['event.outcome'] === 'success') {
      if (connection) connection.accepted = true;
      return attemptOf(record, 'success', false);
    }
    if (event['event.outcome'] !== 'failure') return null;
    const invalid = event['event.reason'] === 'invalid_user';
    const method = event['auth.method'] ?? '';
    if (method === 'none') return null;
    if (connection === null) return attemptOf(record, 'failure', invalid);
    if (method === 'publickey' || method === 'hostbased') {
      connection.keys += 1;
      return null;
    }
    if (connection.named) {
      connection.named = false;
      const rest = (event['event.count'] ?? 1) - 1;
      return rest > 0 ? attemptOf(record, 'failure', invalid, rest) : null;
    }
    connection.counted += 1;
    return attemptOf(record, 'failure', invalid);
  }

  #invalidUser(record: LogRecord): Attempt | null {
    // `input_userauth_request: invalid user` follows `Invalid user` and has no address of its own.
    if (!record.event!['source.address']) return null;
    const connection = this.#connection(record);
    if (connection?.named) return null;
    if (connection) {
      connection.named = true;
      connection.counted += 1;
    }
    return attemptOf(record, 'failure', true);
  }

  #denied(record: LogRecord): Attempt | null {
    const connection = this.#connection(record);
    if (connection?.named) return null;
    if (connection) {
      connection.named = true;
      connection.counted += 1;
    }
    return attemptOf(record, 'failure', false);
  }

  /** The end of a connection before anybody was let in, with nothing counted yet. */
  #ended(record: LogRecord): Attempt | null {
    const event = record.event!;
    const key = connectionKey(record);
    const connection = key === null ? undefined : this.#connections.peek(key);
    const preauth = record.raw.includes('[preauth]');
    const authenticating = Boolean(event['user.name']) && Boolean(event['source.address']);
    if (event['event.action'] === 'ssh_disconnect' && key !== null && connection && !preauth)
      this.#connections.delete(key);
    if (!authenticating || !preauth || connection?.accepted || (connection?.counted ?? 0) > 0) return null;
    const own = connection ?? this.#connection(record);
    if (own) own.counted += 1;
    return attemptOf(record, 'failure', event['event.reason'] === 'invalid_user');
  }

  #connection(record: LogRecord): Connection | null {
    const key = connectionKey(record);
    if (key === null) return null;
    const port = record.event!['source.port'] ?? 0;
    const known = this.#connections.get(key);
    if (known && (port === 0 || known.port === 0 || known.port === port)) {
      if (port !== 0) known.port = port;
      return known;
    }
    const fresh: Connection = { named: false, counted: 0, keys: 0, accepted: false, port };
    this.#connections.set(key, fresh);
    return fresh;
  }
}

/** A connection is an sshd process on a host. */
function connectionKey(record: LogRecord): string | null {
  const event = record.event!;
  const pid = event['process.pid'];
  if (pid === undefined) return null;
  return `${event['host.name'] ?? record.origin.host}\0${pid}`;
}

function attemptOf(
  record: LogRecord,
  outcome: Attempt['outcome'],
  invalidUser: boolean,
  count?: number,
): Attempt {
  const event = record.event!;
  return {
    outcome,
    user: event['user.name'] ?? '',
    address: event['source.address'] ?? '',
    host: event['host.name'] ?? record.origin.host,
    method: event['auth.method'] ?? '',
    invalidUser,
    count: count ?? event['event.count'] ?? 1,
  };
}
