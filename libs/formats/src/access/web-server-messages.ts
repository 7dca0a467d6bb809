import type { Event } from '@suite/event';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { parseCombined } from './combined.ts';
import { parseNginxError } from './nginx-error.ts';

/** Access and error logs that nginx and Apache give to syslog (`access_log syslog:…`): the line of the file, whole. */
export const webServer: MessageParser = {
  name: 'web-server',
  programs: ['nginx', 'nginx_access', 'nginx_error', 'apache2', 'apache', 'httpd'],
  parse(message, event) {
    const read = parseCombined(message) ?? parseNginxError(message, {});
    if (read === null) return false;
    const { 'process.name': program, 'process.pid': pid } = event;
    Object.assign(event, read satisfies Event);
    event.message = message;
    if (program !== undefined) event['process.name'] = program;
    if (pid !== undefined) event['process.pid'] = pid;
    return true;
  },
};
