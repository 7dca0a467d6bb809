import { isIP } from 'node:net';
import { urlDecoded, urlPath, urlQuery } from './url-parts.ts';
import type { Reader, Scalar, View } from './view.ts';

/** The families of log sources whose fields have names of their own in Sigma. */
export type FieldFamily = 'process' | 'file' | 'network' | 'web' | 'firewall' | 'auditd' | 'any';

const ecs =
  (...names: readonly string[]): Reader =>
  (view) => {
    const event = view.event;
    if (event === null) return undefined;
    for (const name of names) if (event[name] !== undefined) return event[name];
    return undefined;
  };
const named =
  (read: (value: string) => boolean, ...names: readonly string[]): Reader =>
  (view) => {
    const value = ecs(...names)(view);
    return typeof value === 'string' && read(value) ? value : undefined;
  };
const isAddress = (text: string) => isIP(text) !== 0;

const FILE_NAME = ecs('file.path');
const DESTINATION_NAME: Reader = (view) =>
  ecs('destination.domain')(view) ?? named((text) => !isAddress(text), 'destination.address')(view);
const EXECUTABLE: Reader = (view) => {
  const exact = view.event?.['process.executable'];
  if (exact !== undefined) return exact;
  const name = view.event?.['process.name'];
  return name === undefined ? undefined : name.includes('/') ? name : `/${name}`;
};
const initiated: Reader = (view) => {
  const direction = view.event?.['network.direction'];
  return direction === undefined ? undefined : direction === 'outbound';
};
const urlOf =
  (part: (url: string) => string | undefined): Reader =>
  (view) => {
    const url = view.event?.['url.original'];
    return url === undefined ? undefined : part(url);
  };

/** Who asked a web server: found out beside, since the peer is often a proxy; nothing where only a gateway is known. */
const CLIENT: Reader = (view) =>
  view.event?.['event.action'] === 'http_request'
    ? view.facts?.['client.address']
    : view.event?.['source.address'];

/** Sigma's field names, family by family, and where their values stand in our events. */
export const FIELDS: Readonly<Record<FieldFamily, Readonly<Record<string, Reader>>>> = {
  process: {
    Image: (view) => view.process?.image,
    OriginalFileName: (view) => view.process?.image?.split('/').at(-1),
    CommandLine: (view) => view.process?.commandLine,
    ParentImage: (view) => view.process?.parentImage,
    ParentCommandLine: (view) => view.process?.parentCommandLine,
    User: (view) => view.process?.user,
    CurrentDirectory: (view) => view.process?.directory,
    ProcessId: ecs('process.pid'),
    ParentProcessId: ecs('process.parent.pid'),
    // Sysmon for Linux puts the login uid there; the audit system's word for it is auid.
    LogonId: ecs('audit.auid', 'user.id'),
  },
  file: {
    TargetFilename: FILE_NAME,
    Image: EXECUTABLE,
    CommandLine: ecs('process.command_line'),
    ProcessId: ecs('process.pid'),
    User: ecs('user.name'),
  },
  network: {
    Image: EXECUTABLE,
    CommandLine: ecs('process.command_line'),
    ProcessId: ecs('process.pid'),
    User: ecs('user.name'),
    Initiated: initiated,
    Protocol: ecs('network.transport'),
    SourceIp: ecs('source.address', 'server.address'),
    SourcePort: ecs('source.port', 'server.port'),
    DestinationIp: named(isAddress, 'destination.address'),
    DestinationPort: ecs('destination.port'),
    DestinationHostname: DESTINATION_NAME,
  },
  web: {
    'c-ip': CLIENT,
    src_ip: CLIENT,
    'c-uri': ecs('url.original'),
    'cs-uri': ecs('url.original'),
    'c-uri-stem': urlOf(urlPath),
    'cs-uri-stem': urlOf(urlPath),
    // Public rules put paths under it as often as queries: it is the whole of the request's target.
    'c-uri-query': ecs('url.original'),
    'cs-uri-query': ecs('url.original'),
    'cs-method': ecs('http.request.method'),
    'cs-host': ecs('url.domain'),
    'cs-username': ecs('user.name'),
    'cs-user-agent': ecs('user_agent.original'),
    'c-useragent': ecs('user_agent.original'),
    'cs-referer': ecs('http.request.referrer'),
    'cs-referrer': ecs('http.request.referrer'),
    'cs-version': ecs('http.version'),
    'sc-status': ecs('http.response.status_code'),
    'sc-bytes': ecs('http.response.body.size'),
    'r-dns': ecs('url.domain'),
  },
  firewall: {
    src_ip: ecs('source.address'),
    src_port: ecs('source.port'),
    dst_ip: ecs('destination.address'),
    dst_port: ecs('destination.port'),
    protocol: ecs('network.transport'),
    action: ecs('event.reason', 'event.outcome'),
    blocked: (view) => {
      const outcome = view.event?.['event.outcome'];
      return outcome === undefined ? undefined : outcome === 'failure';
    },
  },
  auditd: {
    name: ecs('audit.name', 'file.path'),
    exe: ecs('audit.exe', 'process.executable'),
    comm: ecs('audit.comm', 'process.name'),
    cwd: ecs('audit.cwd', 'process.working_directory'),
    SYSCALL: ecs('audit.SYSCALL', 'audit.syscall'),
    syscall: ecs('audit.syscall', 'audit.SYSCALL'),
  },
  any: {},
};

/** Names that hold in every family: what is made of our own fields. */
const OWN: Readonly<Record<string, Reader>> = {
  raw: (view) => view.record.raw,
  'url.path': urlOf(urlPath),
  'url.query': urlOf(urlQuery),
  'url.decoded': urlOf(urlDecoded),
  '@timestamp': (view) => new Date(view.record.timeUs / 1000).toISOString(),
  'event.time': (view) => new Date(view.record.timeUs / 1000).toISOString(),
  'host.name': (view) => view.event?.['host.name'] ?? view.record.origin.host,
  'log.file.path': (view) => view.record.origin.path,
  'log.format': (view) => view.record.format,
  'source.kind': (view) => view.record.origin.kind,
  EventTime: (view) => new Date(view.record.timeUs / 1000).toISOString(),
  UtcTime: (view) => new Date(view.record.timeUs / 1000).toISOString(),
  Computer: (view) => view.event?.['host.name'] ?? view.record.origin.host,
  Hostname: (view) => view.event?.['host.name'] ?? view.record.origin.host,
};

/** A name of ours: ECS and OpenTelemetry names are lower case with dots. */
const DOTTED = /^[a-z_][\w-]*(\.[\w-]+)+$/i;

export interface ResolvedField {
  /** Equal keys read the same. */
  readonly key: string;
  readonly reader: Reader;
}

/**
 * What a field name means to a rule of a family; null when nothing that we read is it.
 *
 * Order: Sigma's name in the family, ours, `audit.NAME` for auditd, any dotted name; where a log source has no
 * taxonomy (`any`), every name is looked for among the event's own.
 */
export function resolveField(name: string, family: FieldFamily): ResolvedField | null {
  const own = FIELDS[family];
  if (Object.hasOwn(own, name)) return { key: `${family}:${name}`, reader: own[name]! };
  if (Object.hasOwn(OWN, name)) return { key: `own:${name}`, reader: OWN[name]! };
  if (name === 'client.address') return { key: name, reader: CLIENT };
  if (name.startsWith('attempt.')) return { key: name, reader: (view) => view.facts?.[name] };
  if (DOTTED.test(name)) return { key: `event:${name}`, reader: ecs(name) };
  if (name === 'message') return { key: 'event:message', reader: ecs('message') };
  if (family === 'auditd') return { key: `audit:${name}`, reader: ecs(`audit.${name}`) };
  if (family === 'any') return { key: `event:${name}`, reader: ecs(name) };
  return null;
}

/** All names of a family, for messages. */
export function fieldNames(family: FieldFamily): readonly string[] {
  return [...Object.keys(FIELDS[family]), ...Object.keys(OWN)];
}

/** What keywords search: the raw line, and where that is JSON the message in it too, without its escapes. */
export function keywordText(view: View): Scalar {
  const { raw, event } = view.record;
  if (raw.charCodeAt(0) !== 123 || event?.message === undefined) return raw;
  return `${event.message}\n${raw}`;
}
