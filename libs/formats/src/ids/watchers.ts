import type { Event } from '@suite/event';
import { type Fields, numberOf, type Program, textOf } from '../structured/fields.ts';
import { idsAlert, type RuleLevel } from './alert.ts';

/** Falco's priorities, lower case. */
export const FALCO_LEVELS: Readonly<Record<string, RuleLevel>> = {
  emergency: 'critical',
  alert: 'critical',
  critical: 'critical',
  error: 'high',
  warning: 'medium',
  notice: 'low',
  informational: 'informational',
  debug: 'informational',
};

/** Falco with `json_output` (falco.org/docs/concepts/outputs/formatting): `rule`, `priority`, `output`. */
export function falco(fields: Fields, event: Event): boolean {
  const level = FALCO_LEVELS[textOf(fields, 'priority').toLowerCase()];
  const name = textOf(fields, 'rule');
  if (level === undefined || name === '' || !fields.has('output') || !fields.has('time')) return false;
  idsAlert({ service: 'falco', name, level, category: textOf(fields, 'source'), verdict: 'detected' }, event);
  event['event.category'] = 'process';
  event.message = textOf(fields, 'output');
  take(event, 'process.command_line', textOf(fields, 'output_fields.proc.cmdline'));
  take(event, 'process.name', textOf(fields, 'output_fields.proc.name'));
  take(event, 'user.name', textOf(fields, 'output_fields.user.name'));
  take(event, 'container.id', textOf(fields, 'output_fields.container.id').replace(/^host$/, ''));
  take(event, 'container.name', textOf(fields, 'output_fields.container.name').replace(/^host$/, ''));
  take(event, 'host.name', textOf(fields, 'hostname'));
  return true;
}

function take(event: Event, key: string, value: string): void {
  if (value !== '' && value !== '<NA>') event[key] = value;
}

/** Wazuh's and OSSEC's own scale, 0 to 15: 12 and more is what they call important, 15 an attack that is sure. */
function levelWazuh(level: number): RuleLevel {
  if (level >= 15) return 'critical';
  if (level >= 12) return 'high';
  if (level >= 7) return 'medium';
  return level >= 4 ? 'low' : 'informational';
}

/** Wazuh's alerts.json (and OSSEC's): the manager's verdict on somebody's line. */
export function wazuh(fields: Fields, event: Event): boolean {
  const level = numberOf(fields, 'rule.level');
  const known = fields.has('manager.name') || fields.has('decoder.name') || fields.has('full_log');
  const name = textOf(fields, 'rule.description') || textOf(fields, 'rule.comment');
  if (level === undefined || name === '' || !known) return false;
  const id = fields.get('rule.id') ?? fields.get('rule.sidid');
  idsAlert(
    {
      service: fields.has('manager.name') ? 'wazuh' : 'ossec',
      name,
      id: id === undefined ? undefined : String(id),
      category: textOf(fields, 'rule.groups.0'),
      level: levelWazuh(level),
      verdict: 'detected',
      ends: {
        source: textOf(fields, 'data.srcip') || textOf(fields, 'srcip'),
        sourcePort: fields.get('data.srcport') as string | number | undefined,
        destination: textOf(fields, 'data.dstip') || textOf(fields, 'dstip'),
      },
    },
    event,
  );
  take(event, 'host.name', textOf(fields, 'agent.name') || textOf(fields, 'hostname'));
  take(event, 'user.name', textOf(fields, 'data.dstuser'));
  return true;
}

/** osquery's results log: rows of `process_events` and `file_events`; other queries' rows mean what their author meant. */
export function osquery(fields: Fields, event: Event): boolean {
  if (!fields.has('hostIdentifier') || !fields.has('calendarTime') || fields.get('action') !== 'added')
    return false;
  const seconds = numberOf(fields, 'unixTime');
  if (seconds !== undefined) event.timeUs = seconds * 1e6;
  take(event, 'host.name', textOf(fields, 'hostIdentifier'));
  const name = textOf(fields, 'name');
  const command = textOf(fields, 'columns.cmdline');
  const path = textOf(fields, 'columns.path');
  if (/(?:^|_)process_events$/.test(name) && path.startsWith('/') && command !== '') {
    event['event.category'] = 'process';
    event['event.action'] = 'process_started';
    event['process.executable'] = path;
    event['process.command_line'] = command;
    const pid = numberOf(fields, 'columns.pid');
    if (pid !== undefined) event['process.pid'] = pid;
    take(event, 'process.working_directory', textOf(fields, 'columns.cwd'));
    return true;
  }
  const target = textOf(fields, 'columns.target_path');
  const change = textOf(fields, 'columns.action');
  if (/(?:^|_)file_events$/.test(name) && target.startsWith('/') && WRITES.has(change)) {
    event['event.category'] = 'file';
    event['event.action'] = 'file_changed';
    event['file.path'] = target;
    event['event.reason'] = change.toLowerCase();
    return true;
  }
  return false;
}

const WRITES = new Set(['CREATED', 'UPDATED', 'DELETED', 'MOVED_FROM', 'MOVED_TO', 'ATTRIBUTES_MODIFIED']);

export const WATCHERS: readonly Program[] = [falco, wazuh, osquery];
