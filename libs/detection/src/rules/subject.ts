import type { Evidence, LogRecord } from '@suite/event';
import type { Match } from '@suite/sigma';

/** Whom a match is about: what its story is kept under, and what its detection names. */
export interface Subject {
  readonly key: string;
  readonly entities: Readonly<Record<string, string>>;
}

/** What of an event names somebody or something that stories are told about. */
const ENTITIES = [
  'source.address',
  'user.name',
  'host.name',
  'container.name',
  'container.id',
  'destination.address',
  'service.name',
  'file.path',
] as const;

/** Sigma's names, and ours for attempts, to what entities are called. */
const NAMES: Readonly<Record<string, string>> = {
  User: 'user.name',
  TargetUserName: 'user.name',
  SourceIp: 'source.address',
  DestinationIp: 'destination.address',
  'c-ip': 'source.address',
  src_ip: 'source.address',
  dst_ip: 'destination.address',
  Computer: 'host.name',
  Hostname: 'host.name',
  TargetFilename: 'file.path',
  'attempt.address': 'source.address',
  'attempt.user': 'user.name',
  'attempt.host': 'host.name',
};

/**
 * A correlation's subject is its group. Else it is the address that an event came from; else who did it on which
 * host; else the host and its container.
 */
export function subjectOf({ record, group, rule, evidence }: Match<Evidence>): Subject {
  const own: Record<string, string> =
    record === null ? { 'host.name': evidence[0]!.host } : entitiesOf(record);
  const names = Object.keys(group);
  if (rule.kind === 'correlation' && names.length > 0) {
    const entities: Record<string, string> = {};
    for (const name of names) {
      const entity = NAMES[name] ?? (name.includes('.') ? name : undefined);
      if (entity !== undefined) entities[entity] = group[name]!;
    }
    if (own['host.name'] !== undefined) entities['host.name'] ??= own['host.name'];
    return { key: JSON.stringify(names.map((name) => group[name])), entities };
  }
  const {
    'source.address': address,
    'host.name': host = '',
    'user.name': user,
    'container.name': container,
  } = own;
  const key = address ?? (user === undefined ? `${host}\0${container ?? ''}` : `${user}@${host}`);
  return { key, entities: own };
}

function entitiesOf({ event, origin }: LogRecord): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ENTITIES) {
    const value = event?.[name];
    if (value !== undefined && value !== '') found[name] = String(value);
  }
  found['host.name'] ??= origin.host;
  return found;
}
