import type { Event } from '@suite/event';
import { type Fields, numberOf, textOf } from '../structured/fields.ts';
import { type Ends, idsAlert, type RuleLevel, writeEnds } from './alert.ts';

/** Priority 1 is the worst of a rule's class; 3 and 4 are policy and oddities. */
export function prioritySuricata(priority: number): RuleLevel {
  if (priority === 1) return 'high';
  return priority === 2 ? 'medium' : priority === 3 ? 'low' : 'informational';
}

/** Records of a connection that Suricata only describes. */
const RECORDS = new Set([
  'flow',
  'netflow',
  'http',
  'dns',
  'tls',
  'ssh',
  'smb',
  'ftp',
  'smtp',
  'rdp',
  'fileinfo',
]);

/** Suricata's EVE JSON (doc/userguide/output/eve): `flow_id` and `event_type` in every record. */
export function suricataEve(fields: Fields, event: Event): boolean {
  const type = textOf(fields, 'event_type');
  if (type === '' || !fields.has('timestamp')) return false;
  const ends: Ends = {
    source: textOf(fields, 'src_ip'),
    sourcePort: numberOf(fields, 'src_port'),
    destination: textOf(fields, 'dest_ip'),
    destinationPort: numberOf(fields, 'dest_port'),
    transport: textOf(fields, 'proto'),
  };
  if (type === 'alert' && fields.has('alert.signature_id')) {
    const action = textOf(fields, 'alert.action');
    return idsAlert(
      {
        service: 'suricata',
        name: textOf(fields, 'alert.signature'),
        id: `${numberOf(fields, 'alert.gid') ?? 1}:${numberOf(fields, 'alert.signature_id')}`,
        category: textOf(fields, 'alert.category'),
        level: prioritySuricata(numberOf(fields, 'alert.severity') ?? 4),
        verdict: action === 'blocked' ? 'blocked' : 'detected',
        ends,
      },
      event,
    );
  }
  if (!fields.has('flow_id')) return false;
  if (type === 'anomaly' && fields.has('anomaly.type')) {
    const name = textOf(fields, 'anomaly.event') || textOf(fields, 'anomaly.type');
    return idsAlert(
      { service: 'suricata', name, category: 'anomaly', level: 'informational', verdict: 'detected', ends },
      event,
    );
  }
  if (!RECORDS.has(type)) return false;
  event['event.category'] = 'network';
  event['event.action'] = 'network_record';
  event['service.name'] = 'suricata';
  event['network.protocol'] = textOf(fields, 'app_proto') || (type.endsWith('flow') ? 'unknown' : type);
  writeEnds(ends, event);
  const bytes =
    (numberOf(fields, 'flow.bytes_toserver') ?? 0) + (numberOf(fields, 'flow.bytes_toclient') ?? 0);
  if (bytes > 0) event['network.bytes'] = bytes;
  return true;
}
