import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { firewallEvent, verdictOf } from './packet.ts';

/**
 * pfSense's and OPNsense's filterlog: `RULE,SUB,ANCHOR,TRACKER,IF,REASON,ACTION,DIRECTION,VERSION,…`, then for IPv4
 * `tos,ecn,ttl,id,offset,flags,protoid,proto,length,src,dst`, for IPv6 `class,flow,hops,proto,protoid,length,src,dst`,
 * then ports. No field is anybody's words.
 */
export const filterlog: MessageParser = {
  name: 'filterlog',
  programs: ['filterlog'],
  parse(message, event) {
    if (message.length > 1024) return false;
    const fields = message.split(',');
    const version = fields[8];
    if (version !== '4' && version !== '6') return false;
    const base = version === '4' ? 18 : 15;
    const transport = version === '4' ? fields[16] : fields[12];
    const direction = fields[7];
    const inbound = direction === 'in';
    const portBased = /^(?:tcp|udp|sctp)$/i.test(transport ?? '');
    return firewallEvent(
      {
        verdict: verdictOf(fields[6] ?? ''),
        source: fields[base] ?? '',
        destination: fields[base + 1] ?? '',
        sourcePort: portBased ? fields[base + 2] : undefined,
        destinationPort: portBased ? fields[base + 3] : undefined,
        transport,
        rule: fields[3] || fields[0],
        direction: inbound ? 'inbound' : direction === 'out' ? 'outbound' : undefined,
        ...(inbound ? { ingress: fields[4] } : { egress: fields[4] }),
      },
      event,
    );
  },
};
