import type { Event, EventOutcome } from '@suite/event';
import type { MessageParser } from './message-parser.ts';

const EDITS = new Map<string, string>([
  ['LIST', 'list'],
  ['REPLACE', 'replace'],
  ['BEGIN EDIT', 'begin_edit'],
  ['END EDIT', 'end_edit'],
  ['DELETE', 'delete'],
  ['RELOAD', 'reload'],
]);

/** Vixie cron and its heirs: `(USER) EVENT (DETAIL)`; anacron's jobs. */
export const cron: MessageParser = {
  name: 'cron',
  programs: ['CRON', 'cron', 'crond', 'crontab', 'anacron', '/USR/SBIN/CRON', 'cronie'],
  parse(message, event) {
    if (message.charCodeAt(0) === 74) return anacronJob(message, event);
    const close = message.indexOf(') ');
    const open = message.indexOf(' (', close + 2);
    if (message.charCodeAt(0) !== 40 || close < 1 || close > 257 || open < 0 || !message.endsWith(')'))
      return false;
    const user = message.slice(1, close);
    const what = message.slice(close + 2, open);
    const detail = message.slice(open + 2, message.length - 1);
    if (what === 'CMD') {
      write(event, 'cron_command', 'success', user);
      event['process.command_line'] = detail.trim();
      return true;
    }
    const edit = EDITS.get(what);
    if (edit !== undefined) {
      write(
        event,
        'cron_edited',
        'success',
        edit === 'reload' ? (/^crontabs\/(\S{1,256})$/.exec(detail)?.[1] ?? user) : detail,
        edit,
      );
      if (edit !== 'reload') {
        event['user.effective.name'] = user;
        event['source.user.name'] = user;
      }
      return true;
    }
    if (what === 'AUTH') {
      write(event, 'cron_edited', 'failure', user, 'not_allowed');
      return true;
    }
    return false;
  },
};

function anacronJob(message: string, event: Event): boolean {
  const job = /^Job `([^'`]{1,256})' (started|terminated)/.exec(message.slice(0, 300));
  if (job === null) return false;
  write(event, job[2] === 'started' ? 'cron_command' : 'cron_ended', 'success', 'root', 'anacron');
  event['service.name'] = job[1] ?? '';
  return true;
}

function write(event: Event, action: string, outcome: EventOutcome, user: string, reason?: string): void {
  event['event.category'] = action === 'cron_edited' ? 'configuration' : 'process';
  event['event.action'] = action;
  event['event.outcome'] = outcome;
  event['user.name'] = user;
  if (reason !== undefined) event['event.reason'] = reason;
}
