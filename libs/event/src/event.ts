/**
 * The normalised event: what a format makes of a raw line, and what detectors and stores read.
 *
 * Keys are OpenTelemetry semantic conventions where one exists, Elastic Common Schema (ECS) otherwise, so the
 * object reads the same in code, in `--json` output, in the store and in a rule. It is flat on purpose: V8
 * keeps flat objects of one shape fast, and a field lookup by dotted name needs no path walking.
 */
export interface Event {
  /** When it happened, by the log's own clock: integer microseconds since the epoch (exact up to 2255). */
  timeUs?: number;
  'event.category'?: EventCategory;
  /** What was done, e.g. `ssh_login`, `ssh_invalid_user`, `sudo_command`, `user_added`. See action.ts. */
  'event.action'?: string;
  'event.outcome'?: EventOutcome;
  'host.name'?: string;
  /** The program that wrote the line, as syslog names it: `sshd`, `sudo`, `CRON`. */
  'process.name'?: string;
  'process.pid'?: number;
  'process.command_line'?: string;
  'process.working_directory'?: string;
  /** Absolute path of the program's file, where the log tells it (audit `exe`). */
  'process.executable'?: string;
  'process.parent.pid'?: number;
  'process.parent.executable'?: string;
  'file.path'?: string;
  /** The account that is acted upon or logged in to. */
  'user.name'?: string;
  'user.id'?: number;
  'group.name'?: string;
  /** The account that acts, where it is another one (sudo, su: who typed it). */
  'user.effective.name'?: string;
  'source.user.name'?: string;
  /** The peer's address, textual, as logged: IPv4, IPv6, or a host name where the log has only that. */
  'source.address'?: string;
  'source.port'?: number;
  'destination.address'?: string;
  'destination.port'?: number;
  /** The listening end, where the event is about a listener. */
  'server.address'?: string;
  'server.port'?: number;
  /** `tcp`, `udp`, `icmp`. */
  'network.transport'?: string;
  'network.direction'?: 'inbound' | 'outbound';
  'network.bytes'?: number;
  'http.request.method'?: string;
  'http.response.status_code'?: number;
  'http.response.body.size'?: number;
  'http.request.referrer'?: string;
  'url.original'?: string;
  'url.domain'?: string;
  'user_agent.original'?: string;
  'http.version'?: string;
  'session.id'?: string;
  /** How somebody authenticated: `password`, `publickey`, `keyboard-interactive`, … */
  'auth.method'?: string;
  /** Public key fingerprint, as logged: `SHA256:…`. */
  'auth.key.fingerprint'?: string;
  'service.name'?: string;
  'container.id'?: string;
  'container.name'?: string;
  'container.image.name'?: string;
  'log.iostream'?: 'stdout' | 'stderr';
  /** RFC 5424 severity 0 (emergency) to 7 (debug). */
  'log.syslog.severity.code'?: number;
  'log.syslog.facility.code'?: number;
  /** The message without its framing, e.g. what follows `sshd[123]: `. */
  message?: string;
  /** How many times the line says it happened (`message repeated 3 times`); absent means once. */
  'event.count'?: number;
  /** Why, in the log's own words or code, e.g. `invalid_user`, `max_auth_tries`. */
  'event.reason'?: string;
  /** The rule that spoke: a firewall's rule or its prefix, the signature of an intrusion detection system. */
  'rule.name'?: string;
  'rule.id'?: string;
  'rule.category'?: string;
  /** How bad, in Sigma's words whatever the watcher's own scale is: `critical`, `high`, `medium`, `low`, `informational`. */
  'rule.level'?: string;
  /** Fields that only one format knows: JSON lines' own keys and the like. Values are scalars. */
  [other: string]: string | number | boolean | undefined;
}

/** ECS categories that the suite uses. */
export type EventCategory =
  | 'authentication'
  | 'session'
  | 'iam'
  | 'process'
  | 'network'
  | 'web'
  | 'host'
  | 'configuration'
  | 'file';

export type EventOutcome = 'success' | 'failure' | 'unknown';
