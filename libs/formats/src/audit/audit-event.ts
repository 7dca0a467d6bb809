import type { Event, EventCategory, EventOutcome } from '@suite/event';
import { isAddress } from '../syslog/messages/address.ts';
import { absolutePath, commandLine } from './command-line.ts';
import type { AuditRecord } from './record.ts';
import { changeOf, syscallName } from './syscalls.ts';

/** What the other records of the same event say. */
export interface AuditContext {
  readonly syscall: AuditRecord | undefined;
  readonly cwd: string | undefined;
  /** All EXECVE records: one that is too long goes on in the next. */
  readonly execve: readonly AuditRecord[];
}

export const ALONE: AuditContext = { syscall: undefined, cwd: undefined, execve: [] };

/** `unset`, as the kernel writes it. */
const UNSET = new Set(['4294967295', '-1', 'unset']);

/** What of its SYSCALL every record of an event shares. */
const SHARED = [
  'arch',
  'syscall',
  'SYSCALL',
  'success',
  'exit',
  'ppid',
  'pid',
  'auid',
  'uid',
  'gid',
  'euid',
  'suid',
  'fsuid',
  'egid',
  'tty',
  'ses',
  'comm',
  'exe',
  'subj',
  'key',
  'AUID',
  'UID',
  'GID',
  'EUID',
] as const;

const SHARED_KEYS: readonly (readonly [string, string])[] = SHARED.map((name) => [name, `audit.${name}`]);

/** Keys that were made before: strings made anew are dear as keys. Past this many, they are. */
const MOST_KEYS = 512;
const KEYS = new Map<string, string>();

function keyOf(name: string): string {
  let key = KEYS.get(name);
  if (key === undefined) {
    key = `audit.${name}`;
    if (KEYS.size < MOST_KEYS) KEYS.set(name, key);
  }
  return key;
}

/** The event of one record, with what its siblings say; every field as `audit.NAME`, the record's own before theirs. */
export function auditEvent(record: AuditRecord, context: AuditContext): Event {
  const { fields, type } = record;
  const event: Event = { 'event.category': 'process', 'event.action': 'audit_event' };
  if (record.timeUs !== undefined) event.timeUs = record.timeUs;
  event['audit.type'] = type;
  if (record.serial !== '') event['audit.serial'] = record.serial;
  if (record.node !== undefined) event['host.name'] = record.node;
  for (const [name, value] of fields) event[keyOf(name)] = value;
  const call = context.syscall?.fields;
  if (call !== undefined && context.syscall !== record) {
    for (const [name, key] of SHARED_KEYS) {
      if (fields.has(name)) continue;
      const value = call.get(name);
      if (value !== undefined) event[key] = value;
    }
    if (context.cwd !== undefined) event['audit.cwd'] ??= context.cwd;
  }
  const name = syscallName(text(event, 'arch'), text(event, 'syscall'));
  if (name !== undefined) event['audit.SYSCALL'] ??= name;
  actor(event);
  if (type === 'EXECVE') started(event, record, context);
  else if (type === 'PATH') changed(event, context);
  else if (fields.has('res') || fields.has('acct')) userRecord(event, record);
  return event;
}

function text(event: Event, name: string): string | undefined {
  const value = event[keyOf(name)];
  return typeof value === 'string' ? value : undefined;
}

/** Who acts, in which program: what SYSCALL and the records of programs have in common. */
function actor(event: Event): void {
  const put = (key: string, name: string) => {
    const value = text(event, name);
    if (value !== undefined && value !== '?' && value !== '') event[key] = value;
  };
  put('process.executable', 'exe');
  put('process.name', 'comm');
  put('process.working_directory', 'cwd');
  const tty = text(event, 'tty') ?? text(event, 'terminal');
  if (tty !== undefined && tty !== '(none)' && tty !== '?') event['process.tty'] = tty;
  number(event, 'process.pid', text(event, 'pid'));
  number(event, 'process.parent.pid', text(event, 'ppid'));
  number(event, 'user.id', text(event, 'uid'));
  put('user.name', 'UID');
  const login = text(event, 'AUID');
  if (login !== undefined && login !== event['user.name'] && !UNSET.has(login)) {
    event['user.effective.name'] = login;
    event['source.user.name'] = login;
  }
  const success = text(event, 'success');
  if (success === 'yes') event['event.outcome'] = 'success';
  else if (success === 'no') event['event.outcome'] = 'failure';
}

function number(event: Event, key: string, value: string | undefined): void {
  if (value !== undefined && /^\d{1,10}$/.test(value) && !UNSET.has(value)) event[key] = Number(value);
}

function started(event: Event, record: AuditRecord, { execve }: AuditContext): void {
  const all = execve.length === 0 ? [record] : execve;
  if (all[0] !== record) return;
  const line = commandLine(all.map(({ fields }) => fields));
  if (line === '') return;
  event['event.action'] = 'process_started';
  event['process.command_line'] = line;
  event['event.outcome'] ??= 'unknown';
}

/** A name that was made or removed, or that a watch (`-w PATH -p wa -k KEY`) saw written. */
function changed(event: Event, { syscall, cwd, execve }: AuditContext): void {
  const name = text(event, 'name');
  if (name === undefined || name === '' || execve.length > 0) return;
  const reason = changeReason(event, syscall);
  if (reason === null) return;
  event['event.category'] = 'file';
  event['event.action'] = 'file_changed';
  event['event.reason'] = reason;
  event['event.outcome'] ??= 'unknown';
  event['file.path'] = absolutePath(name, cwd);
}

function changeReason(event: Event, syscall: AuditRecord | undefined): string | null {
  switch (text(event, 'nametype') ?? text(event, 'objtype')) {
    case 'CREATE':
      return 'created';
    case 'DELETE':
      return 'deleted';
    case 'NORMAL': {
      const call = text(event, 'SYSCALL');
      if (call === undefined || syscall?.fields.has('key') !== true) return null;
      return changeOf(call, (index) => syscall.fields.get(`a${index}`));
    }
    default:
      return null;
  }
}

interface Known {
  readonly action: string;
  readonly category: EventCategory;
  /** What `op` must say. */
  readonly op?: RegExp;
}

/** Records of trusted programs (linux-pam, shadow, sudo, systemd) whose meaning is sure. */
const KNOWN: ReadonlyMap<string, Known> = new Map([
  ['USER_AUTH', { action: 'pam_auth', category: 'authentication' }],
  ['USER_ACCT', { action: 'pam_account', category: 'authentication' }],
  ['USER_START', { action: 'session_opened', category: 'session', op: /session_open|^login$|^start$/ }],
  ['USER_END', { action: 'session_closed', category: 'session', op: /session_close|^login$|^stop$/ }],
  ['USER_LOGIN', { action: 'login', category: 'authentication' }],
  [
    'USER_CHAUTHTOK',
    { action: 'password_changed', category: 'iam', op: /chauthtok|chang(?:e|ing).?password|password.?chang/ },
  ],
  ['ADD_USER', { action: 'user_added', category: 'iam', op: /^add(?:ing)?[- ]?user|^add-home-dir|^adding/ }],
  ['DEL_USER', { action: 'user_deleted', category: 'iam', op: /^delet/ }],
  ['ADD_GROUP', { action: 'group_added', category: 'iam', op: /^add/ }],
  ['DEL_GROUP', { action: 'group_deleted', category: 'iam', op: /^delet|^remov/ }],
  ['USER_MGMT', { action: 'user_modified', category: 'iam' }],
  ['GRP_MGMT', { action: 'group_modified', category: 'iam' }],
  ['USER_CMD', { action: 'sudo_command', category: 'process' }],
  ['SERVICE_START', { action: 'service_started', category: 'host' }],
  ['SERVICE_STOP', { action: 'service_stopped', category: 'host' }],
]);

function userRecord(event: Event, record: AuditRecord): void {
  const { fields, doubled, type } = record;
  const sure = (name: string) => (doubled.has(name) ? undefined : fields.get(name));
  const outcome = outcomeOf(sure('res'));
  event['event.outcome'] = outcome;
  delete event['user.name'];
  const account = sure('acct') ?? sure('ID');
  if (account !== undefined && account !== '?') event['user.name'] = account;
  const address = sure('addr') ?? '';
  if (isAddress(address, 0, address.length)) event['source.address'] = address;
  if (fields.has('unit')) event['service.name'] = `${fields.get('unit')}`;
  else if (fields.has('exe')) event['service.name'] = `${fields.get('exe')}`.replace(/^.*\//, '');
  const known = KNOWN.get(type);
  if (known === undefined || outcome === 'unknown') return;
  if (known.op !== undefined && !known.op.test(fields.get('op') ?? '')) return;
  event['event.action'] = known.action;
  event['event.category'] = known.category;
  if (type === 'USER_CMD') {
    const command = sure('cmd');
    if (command !== undefined) event['process.command_line'] = command;
  }
  if (type === 'ADD_GROUP' || type === 'DEL_GROUP' || type === 'GRP_MGMT') {
    const group = sure('grp') ?? sure('acct');
    if (group !== undefined) event['group.name'] = group;
  }
}

function outcomeOf(result: string | undefined): EventOutcome {
  if (result === 'success' || result === '1' || result === 'yes') return 'success';
  return result === 'failed' || result === '0' || result === 'no' ? 'failure' : 'unknown';
}
