import type { Evidence, LogRecord } from '@suite/event';
import type { Match } from '@suite/sigma';
import type { Asker } from '../web/client.ts';

/** Whom a match is about: what its story is kept under, and what its detection names. */
export interface Subject {
  readonly key: string;
  /** Asked for only when it is told. */
  entities(): Readonly<Record<string, string>>;
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
  'client.address': 'source.address',
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
 * host; else the host and its container. A web request came from its client; where only a gateway's address is known,
 * from nobody in particular at the place that was asked.
 *
 * @param asker of a web request, else null.
 */
export function subjectOf(match: Match<Evidence>, asker: Asker | null): Subject {
  const { record, group, rule } = match;
  if (rule.kind === 'correlation' && rule.spec.groupBy.length > 0) {
    const key = JSON.stringify(rule.spec.groupBy.map((name) => group[name]));
    return { key, entities: () => groupEntities(match) };
  }
  // A window that time closed has no record.
  if (record === null) return { key: '', entities: () => groupEntities(match) };
  if (asker !== null) return { key: asker.key, entities: () => askedEntities(record, asker) };
  const { event, origin } = record;
  const host = event?.['host.name'] ?? origin.host;
  const user = event?.['user.name'];
  const key =
    event?.['source.address'] ??
    (user === undefined ? `${host}\0${event?.['container.name'] ?? ''}` : `${user}@${host}`);
  return { key, entities: () => entitiesOf(record) };
}

function groupEntities({ group, record, evidence }: Match<Evidence>): Record<string, string> {
  const entities: Record<string, string> = {};
  for (const [name, value] of Object.entries(group)) {
    const entity = NAMES[name] ?? (name.includes('.') ? name : undefined);
    if (entity !== undefined) entities[entity] = value;
  }
  entities['host.name'] ??= record?.event?.['host.name'] ?? evidence()[0]!.host;
  return entities;
}

function askedEntities(record: LogRecord, { address, place }: Asker): Record<string, string> {
  const { 'source.address': _peer, ...rest } = entitiesOf(record);
  return address === null ? { ...rest, 'url.domain': place } : { 'source.address': address, ...rest };
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
