import type { LogRecord } from '@suite/event';

/**
 * Actions whose lines are left alone: one line per packet, request, command or container event has its own detectors, and
 * what strangers make sshd say is no habit of this machine.
 */
const LEFT_ALONE: ReadonlySet<string> = new Set([
  'http_request',
  'firewall_packet',
  'shell_command',
  'history_file',
  'process_started',
  'file_changed',
  'audit_event',
  'listener_opened',
  'listener_closed',
  'connection_opened',
  'connection_closed',
  'container_created',
  'container_started',
  'container_stopped',
  'container_exec',
  'container_event',
  'swarm_node',
  'ssh_connection',
  'ssh_invalid_user',
  'ssh_disconnect',
  'ssh_negotiation',
  'ssh_limit',
  'ssh_denied',
  'ssh_reverse_mapping',
  'pam_auth',
  'service_refused',
]);
const LOGINS: ReadonlySet<string> = new Set(['ssh_login', 'service_login', 'login', 'su']);
/** Lines that no parser vouches for: only of these a new kind is news. */
const UNVOUCHED: ReadonlySet<string> = new Set(['log_message', 'kernel_message']);

export function isWatched(record: LogRecord): boolean {
  const { event } = record;
  if (event === null) return true;
  const action = event['event.action'] ?? 'log_message';
  if (LEFT_ALONE.has(action)) return false;
  return !(LOGINS.has(action) && event['event.outcome'] !== 'success');
}

export function isUnvouched(record: LogRecord): boolean {
  return record.event === null || UNVOUCHED.has(record.event['event.action'] ?? 'log_message');
}

/** `app.log` of `/var/log/app.log`: who speaks where the line does not say. */
export function programOf(record: LogRecord): string {
  const named = record.event?.['process.name'];
  if (named) return named.length > 64 ? named.slice(0, 64) : named;
  const { path } = record.origin;
  return path.slice(Math.max(0, path.lastIndexOf('/') + 1)).slice(0, 64);
}

/** Jobs and units are few and each matters by itself: what they are called is no value. */
const BY_NAME: ReadonlySet<string> = new Set([
  'cron_command',
  'service_started',
  'service_stopped',
  'service_failed',
]);
const LONGEST_NAME = 160;

/** The message itself where it names a job or unit (without a number that may change), else null. */
export function nameOf(record: LogRecord, message: string): string | null {
  if (!BY_NAME.has(record.event?.['event.action'] ?? '')) return null;
  if (message.length > LONGEST_NAME || /\d{3}/.test(message)) return null;
  return message;
}
