import type { Event, LogRecord } from '@suite/event';
import { AllowList } from '../allow-list.ts';
import { withoutMapping } from '../network.ts';
import { boundedString } from '../own-string.ts';

/** Who asked: a client by address, or, where only a gateway's address is known, the place that was asked. */
export interface Asker {
  /** The address, or `place:NAME`. */
  readonly key: string;
  readonly address: string | null;
  /** Router, virtual host or host; what is named where there is no address. */
  readonly place: string;
}

/** The Host header is the client's word. */
const PLACE_CHARS = 256;

/** Networks of container gateways: as the last word on a client they mean that nobody told the true one. */
const GATEWAYS = new AllowList(['10.0.0.0/8', '172.16.0.0/12', '127.0.0.0/8', '::1']);

/**
 * The client of a request. A trusted proxy's word (X-Forwarded-For) is believed, anybody else's is not: whoever
 * connects directly may write into that header what they like. The list is walked from its end, where the proxies
 * append whom they heard the request from, to the first that is no proxy of ours: what stands before it is the client's
 * own invention. The address of a proxy or of a container gateway (Docker's 172.x, Swarm's 10.0.0.x ingress) is never
 * taken for a client's: blocking it would block everybody.
 *
 * Where the log has a forwarded address and no peer (Traefik writes it in the peer's place), the proxy itself has
 * decided whom to believe.
 */
export function askerOf(record: LogRecord, trusted: AllowList): Asker {
  const event = record.event!;
  const peer = withoutMapping(event['source.address'] ?? '');
  const router = event['traefik.router'];
  const host = event['host.name'] ?? record.origin.host;
  const place = boundedString(
    typeof router === 'string' ? router : (event['url.domain'] ?? host),
    PLACE_CHARS,
  );
  const address = boundedString(
    peer === '' || trusted.has(peer) ? forwardedClient(event, trusted) : peer,
    PLACE_CHARS,
  );
  if (address === '' || GATEWAYS.has(address)) return { key: `place:${place}`, address: null, place };
  return { key: address, address, place };
}

function forwardedClient(event: Event, trusted: AllowList): string {
  const first = event['client.forwarded'];
  const list = event['client.forwarded_chain'] ?? first;
  if (typeof list !== 'string') return '';
  const chain = list.split(',').map((address) => withoutMapping(address.trim()));
  // All of them of the own network: a client in the house, through a proxy of the house.
  return chain.findLast((address) => !trusted.has(address)) ?? chain[0]!;
}
