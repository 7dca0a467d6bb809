import type { LogRecord } from '@suite/event';
import { isPrivate } from '../network.ts';

/** A logged packet that somebody meant for one host, as far as it tells. */
export interface Packet {
  readonly source: string;
  readonly destination: string;
  /** 0 where the protocol has none. */
  readonly port: number;
  readonly transport: string;
  /** False where the firewall let it pass. */
  readonly blocked: boolean;
  readonly host: string;
}

/** From these ports come answers, not questions. */
const ANSWERS = new Set([3478, 5222, 5228, 8080, 8443, 51820]);
const EPHEMERAL = 32_768;
/** What devices of a home shout to each other all day. */
const CHATTER = new Set([
  67, 68, 137, 138, 546, 547, 1900, 3702, 5351, 5353, 5355, 6771, 10001, 17500, 21027,
]);

/**
 * @returns null for what is no sign of anything: broadcasts and multicasts, the chatter of devices, and answers that
 * came too late for the firewall to know what they answer.
 */
export function packetOf(record: LogRecord): Packet | null {
  const event = record.event!;
  const source = event['source.address'];
  const destination = event['destination.address'];
  if (!source || !destination || source === destination || isShouted(destination)) return null;
  const port = event['destination.port'] ?? 0;
  const from = event['source.port'] ?? 0;
  const transport = event['network.transport'] ?? '';
  if (transport === 'udp' && CHATTER.has(port) && isPrivate(source)) return null;
  if (isAnswer(from, port)) return null;
  return {
    source,
    destination,
    port,
    transport,
    blocked: event['event.outcome'] !== 'success',
    host: event['host.name'] ?? record.origin.host,
  };
}

function isAnswer(from: number, to: number): boolean {
  return to >= EPHEMERAL && from > 0 && (from < 1024 || ANSWERS.has(from));
}

/** Broadcast, multicast, unspecified. The broadcast of another prefix length than /24 cannot be told from a host. */
function isShouted(destination: string): boolean {
  if (destination.includes(':')) return /^ff/i.test(destination);
  const first = Number.parseInt(destination, 10);
  return (first >= 224 && first <= 255) || destination.endsWith('.255') || destination.startsWith('0.');
}
