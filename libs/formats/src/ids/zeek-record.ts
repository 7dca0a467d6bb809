import type { Event } from '@suite/event';
import { type Fields, numberOf, textOf } from '../structured/fields.ts';
import { type Ends, idsAlert, type RuleLevel, writeEnds } from './alert.ts';

/** What Zeek's notices mean is its scripts' word; those that are known by name get a level, others are `low`. */
const LEVELS: readonly (readonly [RegExp, RuleLevel])[] = [
  [/^Intel::/, 'high'],
  [/^(?:TeamCymruMalwareHashRegistry|EXE|Signatures)::/, 'high'],
  [
    /^(?:SSH::(?:Password_Guessing|Login_By_Password_Guesser)|FTP::Bruteforcing|HTTP::SQL_Injection_\w+|Scan::\w+)$/,
    'medium',
  ],
  [
    /^(?:Weird|SSL|CaptureLoss|PacketFilter|Software|Heartbleed::SSL_Heartbeat_Many_Requests)(?:::|$)/,
    'informational',
  ],
  [/^Heartbleed::/, 'high'],
];
const NOTE = /^[A-Z]\w{0,63}::\w{1,64}$/;

/** One record of Zeek, TSV or JSON: the same names. Whether a notice, a connection or another log is told by its names. */
export function zeekRecord(fields: Fields, event: Event): boolean {
  const ends: Ends = {
    source: textOf(fields, 'id.orig_h'),
    sourcePort: numberOf(fields, 'id.orig_p'),
    destination: textOf(fields, 'id.resp_h'),
    destinationPort: numberOf(fields, 'id.resp_p'),
    transport: textOf(fields, 'proto'),
  };
  if (!fields.has('ts')) return false;
  const note = textOf(fields, 'note');
  if (NOTE.test(note) && fields.has('msg')) return notice(note, ends, fields, event);
  if (ends.source === '' || ends.destination === '' || !fields.has('uid')) return false;
  event['event.category'] = 'network';
  event['event.action'] = 'network_record';
  event['service.name'] = 'zeek';
  const protocol = textOf(fields, 'service') || protocolOf(fields);
  if (protocol !== '') event['network.protocol'] = protocol;
  writeEnds(ends, event);
  const bytes = (numberOf(fields, 'orig_bytes') ?? 0) + (numberOf(fields, 'resp_bytes') ?? 0);
  if (bytes > 0) event['network.bytes'] = bytes;
  return true;
}

function notice(note: string, { source, destination, ...ends }: Ends, fields: Fields, event: Event): true {
  const level = LEVELS.find(([pattern]) => pattern.test(note))?.[1] ?? 'low';
  const dropped = fields.get('dropped') === true || fields.get('dropped') === 'T';
  return idsAlert(
    {
      service: 'zeek',
      name: note,
      category: note.slice(0, note.indexOf(':')),
      level,
      verdict: dropped ? 'blocked' : 'detected',
      ends: {
        ...ends,
        source: textOf(fields, 'src') || source,
        destination: textOf(fields, 'dst') || destination,
      },
    },
    event,
  );
}

const PROTOCOLS = [
  ['ssh', 'auth_attempts'],
  ['ssh', 'hassh'],
  ['http', 'user_agent'],
  ['dns', 'qtype_name'],
  ['ssl', 'server_name'],
] as const;

function protocolOf(fields: Fields): string {
  return PROTOCOLS.find(([, key]) => fields.has(key))?.[0] ?? '';
}
