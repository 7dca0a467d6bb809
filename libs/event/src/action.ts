/**
 * The values of `event.action` that detectors rely on. A format may use others; these mean the same whichever
 * format wrote them. Outcome goes in `event.outcome`, never in the action's name.
 */
export const ACTIONS = {
  // sshd, one per message family
  ssh_connection: 'a TCP connection reached sshd (`Connection from`)',
  ssh_login: 'an authentication was decided: `Accepted …` (success), `Failed …` (failure)',
  ssh_invalid_user:
    'sshd names an account that does not exist (`Invalid user`, `input_userauth_request: invalid user`)',
  ssh_disconnect: 'the connection ended: closed, reset, disconnected, timed out; `event.reason` says which',
  ssh_negotiation: 'banner, protocol version or key exchange failed before any authentication',
  ssh_limit: 'sshd refused by a limit: maximum authentication attempts, MaxStartups, penalties',
  ssh_denied: 'an account may not log in: AllowUsers, DenyUsers, shell, root login refused, locked',
  ssh_reverse_mapping: 'the name of the peer does not map back (`POSSIBLE BREAK-IN ATTEMPT`)',
  ssh_server: 'sshd itself: listening, terminated, configuration, host keys',
  // PAM and sessions
  pam_auth: 'a PAM authentication: failure lines of pam_unix and kin, `check pass; user unknown`',
  pam_account: 'a PAM account decision: expired, locked, access denied',
  session_opened: 'a login session began (pam_unix session, systemd-logind)',
  session_closed: 'a login session ended',
  // becoming somebody else
  sudo_command: 'sudo ran (success) or refused (failure) a command; `event.reason` says why it refused',
  su: 'su to another account, success or failure',
  login: 'login(1) on a terminal, success or failure',
  // accounts
  user_added: 'useradd',
  user_deleted: 'userdel',
  user_modified: 'usermod',
  password_changed: 'passwd, chpasswd, pam_unix(passwd:chauthtok)',
  group_added: 'groupadd',
  group_deleted: 'groupdel',
  group_modified: 'groupmod, gpasswd',
  group_member_added: 'an account was put into a group',
  group_member_removed: 'an account was taken out of a group',
  // machine
  cron_command: 'cron ran a command',
  cron_edited: 'a crontab was listed, edited, replaced or reloaded',
  service_started: 'systemd unit',
  service_stopped: 'systemd unit',
  service_failed: 'systemd unit',
  kernel_oom: 'the kernel killed a process for memory',
  kernel_segfault: 'a process crashed',
  firewall_packet:
    'a packet or a new connection that a firewall logged; `event.reason` is `blocked` or `allowed` where the log says so, `rule.name` the rule or its prefix',
  kernel_message: 'any other kernel line',
  // services other than sshd
  service_login:
    'an authentication to a network service (mail, FTP, database, web application) was decided; `service.name` says which service',
  service_refused:
    'a network service turned a client away or complained of it: relay denied, protocol broken, limit reached; `event.reason` says why',
  // processes and files, from auditd
  process_started:
    'a program was executed: `process.command_line`, `process.executable`, `user.name` (audit EXECVE, SYSCALL)',
  file_changed: 'a watched file was written, renamed or removed: `file.path` (audit PATH)',
  audit_event: 'any other record of the audit system; its fields are `audit.NAME`',
  // sockets of a node, from the agent
  listener_opened: 'a process began to listen: `server.address`, `server.port`, `network.transport`',
  listener_closed: 'a listener is gone',
  connection_opened:
    'a TCP connection of this node: `source.*` and `destination.*`, `network.direction` is `inbound` or `outbound`',
  connection_closed: 'the same connection ended; `network.bytes` where the node counts them',
  connection_summary:
    'connections that are not told of one by one, because they are too many; `network.connections`, `event.reason`',
  // containers, from the agent
  container_created:
    'a container was made: `container.id`, `container.name`, `container.image.name`; what it may do beyond its own in `container.risk`',
  container_started: 'a container started',
  container_stopped: 'a container ended; `container.exit_code`',
  container_exec: 'a command was run inside a container: `process.command_line`',
  container_event: 'any other event of the container engine; `event.reason` says which',
  swarm_node: 'a node joined, left or changed in the Swarm; `event.reason` says which',
  // people and pages
  history_file:
    'the agent saw a history file emptied, removed or linked to /dev/null; `event.reason` says which',
  shell_command: 'a line of a shell history; the command is `process.command_line`',
  http_request: 'one line of an access log',
  http_error:
    'a web server complained of one request in its error log: `http.response.status_code` where the wording implies it, `file.path`, `url.original`; the access log has the request a second time',
  // what other watchers say
  ids_alert:
    'an intrusion detection system, a web application firewall or a runtime watcher raised an alarm: `rule.name`, `rule.id`, `rule.category`, `rule.level` (`critical`, `high`, `medium`, `low`, `informational`), `service.name` (which system)',
  network_record:
    'a network monitor described a connection or a request that it saw, without a verdict: `source.*`, `destination.*`, `network.protocol`',
  log_message: 'a line that has a frame (time, host, program) and no meaning that a parser vouches for',
} as const;

export type Action = keyof typeof ACTIONS;
