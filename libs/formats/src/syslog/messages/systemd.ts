import type { Event, EventCategory, EventOutcome } from '@suite/event';
import type { MessageParser } from './message-parser.ts';

/** Job results of systemd's manager: verb, action, outcome. The rest of the line names the unit. */
const JOBS: readonly (readonly [string, string, EventOutcome])[] = [
  ['Started ', 'service_started', 'success'],
  ['Starting ', 'service_starting', 'unknown'],
  ['Stopped ', 'service_stopped', 'success'],
  ['Stopping ', 'service_stopping', 'unknown'],
  ['Finished ', 'service_finished', 'success'],
  ['Failed to start ', 'service_failed', 'failure'],
  ['Failed to mount ', 'service_failed', 'failure'],
  ['Failed to listen on ', 'service_failed', 'failure'],
  ['Dependency failed for ', 'service_failed', 'failure'],
  ['Timed out starting ', 'service_failed', 'failure'],
  ['Reached target ', 'target_reached', 'success'],
  ['Stopped target ', 'target_stopped', 'success'],
];

const UNIT_FACTS: readonly (readonly [RegExp, string, EventOutcome, string])[] = [
  [
    /^Main process exited, code=(?:exited|killed|dumped), status=(\S{1,40})$/,
    'service_exited',
    'failure',
    'main_process_exited',
  ],
  [
    /^(?:Control|Start|Stop) process exited, code=\S{1,40}, status=(\S{1,40})$/,
    'service_exited',
    'failure',
    'process_exited',
  ],
  [/^Failed with result '([\w-]{1,40})'\.$/, 'service_failed', 'failure', 'failed'],
  [/^Unit entered failed state\.$/, 'service_failed', 'failure', 'failed'],
  [/^Start request repeated too quickly\.$/, 'service_failed', 'failure', 'start_limit'],
  [/^A process of this unit has been killed by the OOM killer\.$/, 'service_failed', 'failure', 'oom'],
  [
    /^(?:Scheduled restart job, restart counter is at (\d{1,9})|Service \S{1,40} time over, scheduling restart)\.$/,
    'service_restarted',
    'unknown',
    'restart',
  ],
  [/^(?:Deactivated successfully|Succeeded)\.$/, 'service_ended', 'success', 'deactivated'],
];

/** systemd's manager (system and user) and systemd-logind. */
export const systemd: MessageParser = {
  name: 'systemd',
  programs: ['systemd', 'systemd-logind'],
  parse(message, event) {
    if (message.length > 4096) return false;
    return job(message, event) || unitFact(message, event) || session(message, event);
  },
};

function job(message: string, event: Event): boolean {
  // `Stopped target X` before `Stopped X`: the longer beginning wins.
  let found: (typeof JOBS)[number] | undefined;
  for (const entry of JOBS) {
    if (message.startsWith(entry[0]) && entry[0].length > (found?.[0].length ?? 0)) found = entry;
  }
  const end = message.endsWith('...') ? message.length - 3 : message.endsWith('.') ? message.length - 1 : -1;
  if (found === undefined || end <= found[0].length) return false;
  const [beginning, action, outcome] = found;
  write(event, 'process', action, outcome);
  // Since 249: `Started ssh.service - OpenBSD Secure Shell server.`
  const rest = message.slice(beginning.length, end);
  event['service.name'] = /^(\S{1,255}\.[a-z]{4,9}) - /.exec(rest)?.[1] ?? rest;
  return true;
}

function unitFact(message: string, event: Event): boolean {
  const colon = message.indexOf(': ');
  if (colon < 3 || colon > 255 || message.lastIndexOf(' ', colon) >= 0) return false;
  const text = message.slice(colon + 2);
  for (const [pattern, action, outcome, reason] of UNIT_FACTS) {
    const match = pattern.exec(text);
    if (match === null) continue;
    write(event, 'process', action, outcome, match[1] ?? reason);
    event['service.name'] = message.slice(0, colon);
    return true;
  }
  return false;
}

/** systemd-logind: `New session S of user U.`, `Removed session S.`, `Session S logged out. …` */
function session(message: string, event: Event): boolean {
  const opened = /^New session '?(\w{1,32})'? of user '?([^\s']{1,256}?)'?(?: with class .{1,80})?\.$/.exec(
    message,
  );
  if (opened !== null) {
    write(event, 'session', 'session_opened', 'success', 'logind');
    event['session.id'] = opened[1] ?? '';
    event['user.name'] = opened[2] ?? '';
    return true;
  }
  const ended =
    /^(?:Removed session '?(\w{1,32})'?\.|Session '?(\w{1,32})'? logged out\. Waiting for processes to exit\.)$/.exec(
      message,
    );
  if (ended === null) return false;
  const removed = ended[1] !== undefined;
  write(event, 'session', removed ? 'session_closed' : 'session_leaving', 'success', 'logind');
  event['session.id'] = ended[1] ?? ended[2] ?? '';
  return true;
}

function write(
  event: Event,
  category: EventCategory,
  action: string,
  outcome: EventOutcome,
  reason?: string,
): void {
  event['event.category'] = category;
  event['event.action'] = action;
  event['event.outcome'] = outcome;
  if (reason !== undefined) event['event.reason'] = reason;
}
