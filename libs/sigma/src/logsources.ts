import type { Event, LogRecord } from '@suite/event';
import type { FieldFamily } from './fields.ts';
import { PROGRAMS, programOf, WEB_PROGRAMS } from './programs.ts';

/** The records that a rule is tried on, and how they are looked at. */
export interface Source {
  /** Equal keys mean the same source. */
  readonly key: string;
  /** `event.action`s to look at, or `all`. */
  readonly actions: readonly string[] | 'all';
  readonly family: FieldFamily;
  /** For a person: `sshd`, `commands of shell histories, sudo, cron, audit and containers`. */
  readonly words: string;
  /** Each process of the record by itself. */
  readonly processes: boolean;
  /** Programs, lower case, one of which wrote the record; absent: whoever did. */
  readonly programs?: ReadonlySet<string>;
  /** The record is the audit system's. */
  readonly audit?: true;
  accepts(record: LogRecord): boolean;
}

const yes = () => true;

const COMMANDS = ['shell_command', 'sudo_command', 'cron_command', 'process_started', 'container_exec'];
const CONTAINER = [
  'container_created',
  'container_started',
  'container_stopped',
  'container_exec',
  'container_event',
  'swarm_node',
];
const ACCOUNT = [
  'user_added',
  'user_deleted',
  'user_modified',
  'password_changed',
  'group_added',
  'group_deleted',
  'group_modified',
  'group_member_added',
  'group_member_removed',
];

const category = (
  name: string,
  actions: readonly string[],
  family: FieldFamily,
  words: string,
  processes = false,
): Source => ({ key: `category:${name}`, actions, family, words, processes, accepts: yes });

/** Sigma's categories that our events answer, and a few of our own at the end. */
export const CATEGORIES: Readonly<Record<string, Source>> = {
  process_creation: category(
    'process_creation',
    COMMANDS,
    'process',
    'commands of shell histories, sudo, cron, the audit system and containers',
    true,
  ),
  file_event: category('file_event', ['file_changed'], 'file', 'file changes of the audit system'),
  file_change: category('file_event', ['file_changed'], 'file', 'file changes of the audit system'),
  file_delete: category('file_event', ['file_changed'], 'file', 'file changes of the audit system'),
  file_rename: category('file_event', ['file_changed'], 'file', 'file changes of the audit system'),
  network_connection: category(
    'network_connection',
    ['connection_opened', 'connection_closed'],
    'network',
    'connections of the nodes',
  ),
  webserver: category('web', ['http_request'], 'web', 'access logs'),
  proxy: category('web', ['http_request'], 'web', 'access logs'),
  firewall: category('firewall', ['firewall_packet'], 'firewall', 'packets logged by firewalls'),
  authentication: category(
    'authentication',
    [
      'ssh_login',
      'ssh_invalid_user',
      'ssh_disconnect',
      'ssh_limit',
      'ssh_denied',
      'pam_auth',
      'service_login',
      'su',
      'login',
    ],
    'any',
    'authentications to sshd, PAM, su, login and network services',
  ),
  account: category('account', ACCOUNT, 'any', 'changes of accounts and groups'),
  container: category('container', CONTAINER, 'any', 'containers and the Swarm'),
  listener: category(
    'listener',
    ['listener_opened', 'listener_closed'],
    'network',
    'listening sockets of the nodes',
  ),
  history: category('history', ['history_file', 'shell_command'], 'any', 'shell histories'),
  kernel: category(
    'kernel',
    ['kernel_oom', 'kernel_segfault', 'kernel_message', 'firewall_packet'],
    'any',
    'kernel messages',
  ),
};

export interface LogsourceNames {
  readonly product?: string | undefined;
  readonly category?: string | undefined;
  readonly service?: string | undefined;
}

/** @returns the source, or why there is none. */
export function resolveLogsource(names: LogsourceNames): Source | string {
  const product = names.product?.toLowerCase();
  const cat = names.category?.toLowerCase();
  const service = names.service?.toLowerCase();
  if (cat === undefined && service === undefined && product === undefined)
    return 'logsource names neither product, category nor service';
  if (product !== undefined && product !== 'linux' && product !== 'nadir' && !WEB_PROGRAMS.has(product))
    return `logsource product "${names.product}": nothing that NADIR reads comes from it`;
  const base = cat === undefined ? undefined : Object.hasOwn(CATEGORIES, cat) ? CATEGORIES[cat]! : null;
  if (base === null) return `logsource category "${names.category}": no event of NADIR answers it`;
  if (service === 'auditd') return base === undefined ? AUDITD : both(base, AUDITD);
  const web =
    (service !== undefined && WEB_PROGRAMS.has(service)) ||
    (product !== undefined && WEB_PROGRAMS.has(product));
  if (web) return CATEGORIES.webserver!;
  const programs = service === undefined || service === 'syslog' ? undefined : programSource(service);
  if (base !== undefined) return programs ? both(base, programs) : base;
  if (programs) return programs;
  return service === 'syslog' ? SYSLOG : EVERYTHING;
}

export function isAudit(event: Event | null): boolean {
  return event !== null && event['audit.type'] !== undefined;
}

const AUDITD: Source = {
  key: 'auditd',
  actions: 'all',
  family: 'auditd',
  words: 'the audit system',
  processes: false,
  audit: true,
  accepts: ({ event }) => isAudit(event),
};

const SYSLOG: Source = {
  key: 'syslog',
  actions: 'all',
  family: 'any',
  words: 'syslog and the journal',
  processes: false,
  // Shell histories and sockets have no program that wrote the line.
  accepts: ({ event }) => event === null || event['process.name'] !== undefined,
};

const EVERYTHING: Source = {
  key: 'everything',
  actions: 'all',
  family: 'any',
  words: 'every log',
  processes: false,
  accepts: yes,
};

function programSource(service: string): Source {
  const programs = new Set(Object.hasOwn(PROGRAMS, service) ? PROGRAMS[service]! : [service]);
  return {
    key: `program:${service}`,
    actions: 'all',
    family: 'any',
    words: service,
    processes: false,
    programs,
    accepts({ event }) {
      if (event === null) return false;
      return programs.has(programOf(event, programs));
    },
  };
}

/** A category narrowed by a service. */
function both(base: Source, narrow: Source): Source {
  return {
    ...base,
    key: `${base.key}+${narrow.key}`,
    words: `${base.words} (${narrow.words})`,
    ...(narrow.programs ? { programs: narrow.programs } : {}),
    ...(narrow.audit ? { audit: narrow.audit } : {}),
    accepts: (record) => base.accepts(record) && narrow.accepts(record),
  };
}
