import type { LogRecord } from '@suite/event';
import type { AllowList } from '../allow-list.ts';
import { Usual } from '../usual.ts';
import { isExternal, isLoopback } from './address-scope.ts';
import { programOf } from './program.ts';

/** A connection that this node made, with what was usual before it. */
export interface Outgoing {
  readonly host: string;
  /** Empty where the agent could not tell. */
  readonly program: string;
  readonly address: string;
  readonly port: number;
  readonly isExternal: boolean;
  /** The node's time of learning is not over. */
  readonly isLearning: boolean;
  /** This program of this node never made a connection there, and the time of learning is over. */
  readonly isNew: boolean;
  /** The destination was learned, or the program makes connections to all the world at this port. */
  readonly isUsual: boolean;
}

const LEARN_US = 24 * 3_600e6;
/** A program that was at so many destinations of one port has no usual ones: browsers, package managers, mail. */
const MANY = 20;
const DESTINATIONS = 40_000;

/**
 * Where the programs of the nodes make connections to. Shared by the detectors of this folder: whoever asks first about
 * a record makes it known, the others get the same answer. Keeps 40,000 destinations, unseen longest forgotten first.
 */
export class Destinations {
  readonly #usual = new Usual({ learnUs: LEARN_US, keys: DESTINATIONS });
  readonly #allow: AllowList;
  #latest: { readonly id: string; readonly outgoing: Outgoing | null } | null = null;

  constructor(allow: AllowList) {
    this.#allow = allow;
  }

  /** Null for what came in, stays on the node, or goes to the operator's own addresses. */
  of(record: LogRecord): Outgoing | null {
    if (this.#latest?.id !== record.id) this.#latest = { id: record.id, outgoing: this.#look(record) };
    return this.#latest.outgoing;
  }

  snapshot(): unknown {
    return this.#usual.snapshot();
  }

  restore(state: unknown): void {
    this.#usual.restore(state);
    this.#latest = null;
  }

  #look(record: LogRecord): Outgoing | null {
    const event = record.event!;
    const address = event['destination.address'];
    const port = event['destination.port'];
    if (event['network.direction'] !== 'outbound' || address === undefined || port === undefined) return null;
    if (isLoopback(address) || this.#allow.has(address)) return null;
    const host = event['host.name'] ?? record.origin.host;
    const program = programOf(event);
    const startedUs = this.#usual.startedUs(host, record.timeUs);
    const place = `${program}\0${port}`;
    const roams = this.#usual.sinceUs(host, `${place}\0#${MANY}`) !== undefined;
    const sight = this.#usual.see(host, `${place}\0${address}`, record.timeUs);
    if (sight !== 'usual') this.#count(host, place, record.timeUs);
    const sinceUs = this.#usual.sinceUs(host, `${place}\0${address}`) ?? record.timeUs;
    return {
      host,
      program,
      address,
      port,
      isExternal: isExternal(address),
      isLearning: this.#usual.isLearning(host, record.timeUs),
      isNew: sight === 'new' && !roams,
      isUsual: roams || sinceUs - startedUs < LEARN_US,
    };
  }

  /** How many destinations a program has at a port, by names of their own: `#1`, `#2`, … */
  #count(host: string, place: string, nowUs: number): void {
    for (let count = 1; count <= MANY; count++) {
      const name = `${place}\0#${count}`;
      if (this.#usual.sinceUs(host, name) !== undefined) continue;
      this.#usual.see(host, name, nowUs);
      return;
    }
  }
}
