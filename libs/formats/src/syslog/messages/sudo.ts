import type { Event, EventOutcome } from '@suite/event';
import { decodeControls } from '../control-escapes.ts';
import type { MessageParser } from './message-parser.ts';

/** Keys that sudo's log line may begin with when the command was allowed (logging.c). */
const ALLOWED = /^(?:HOST|CHROOT|TTY|PWD|USER|GROUP|TSID|ENV|COMMAND)=/;

const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/^\d{1,6} incorrect password attempts?$/, 'incorrect_password'],
  [/^user NOT in sudoers$/, 'not_in_sudoers'],
  [/^user NOT authorized on host$/, 'not_authorized_on_host'],
  [/^command not allowed$/, 'command_not_allowed'],
  [/^a password is required$/, 'password_required'],
  [
    /^(?:no tty present and no askpass program specified|a terminal is required to (?:read the password|authenticate).*)$/,
    'no_terminal',
  ],
  [/^sorry, you must have a tty to run sudo$/, 'no_terminal'],
  [
    /^(?:authentication failure|account validation failure.*|unable to authenticate.*|Account expired.*|Password expired.*)$/i,
    'authentication_failure',
  ],
  [/^sorry, you are not allowed to (?:set|preserve) .*$/, 'environment'],
  [/^(?:not allowed to|you are not permitted to) .{1,60}$/, 'not_permitted'],
];

/**
 * sudo: `USER : [REFUSAL ; ]TTY=… ; PWD=… ; USER=… ; [GROUP=… ; ][ENV=… ; ]COMMAND=…`.
 *
 * PWD, ENV and COMMAND are the caller's words. USER is believed only where it stands once before the first
 * ` ; COMMAND=`, since a directory's name may hold ` ; USER=root`.
 */
export const sudo: MessageParser = {
  name: 'sudo',
  programs: ['sudo', 'sudoedit'],
  parse(message, event) {
    const start = /^ {0,32}/.exec(message)?.[0].length ?? 0;
    const colon = message.indexOf(' : ', start);
    if (colon <= start || colon - start > 256) return false;
    const body = message.slice(colon + 3);
    const actor = message.slice(start, colon);
    if (body.startsWith('(command continued) ')) {
      decide(event, actor, 'unknown', 'command_continued');
      event['process.command_line'] = decodeControls(body.slice(20));
      return true;
    }
    if (ALLOWED.test(body)) {
      if (!body.includes('COMMAND=')) return false;
      decide(event, actor, 'success');
      fields(body, event);
      return true;
    }
    const end = body.indexOf(' ; ');
    const refusal = end < 0 ? body : body.slice(0, end);
    const reason = REFUSALS.find(([pattern]) => pattern.test(refusal))?.[1];
    if (reason === undefined) return false;
    decide(event, actor, 'failure', reason);
    if (reason === 'incorrect_password') event['event.count'] = Number.parseInt(refusal, 10);
    if (end >= 0) fields(body.slice(end + 3), event);
    return true;
  },
};

function decide(event: Event, actor: string, outcome: EventOutcome, reason?: string): void {
  event['event.category'] = 'process';
  event['event.action'] = 'sudo_command';
  event['event.outcome'] = outcome;
  if (reason !== undefined) event['event.reason'] = reason;
  event['user.effective.name'] = actor;
  event['source.user.name'] = actor;
}

function fields(body: string, event: Event): void {
  const commandAt = body.startsWith('COMMAND=') ? 0 : body.indexOf(' ; COMMAND=') + 3;
  const head = commandAt < 3 ? body : body.slice(0, commandAt - 3);
  if (commandAt === 0 || commandAt > 3)
    event['process.command_line'] = decodeControls(body.slice(commandAt + 8));
  if (commandAt === 0) return;
  const parts = ` ; ${head}`;
  const tty = once(parts, 'TTY');
  if (tty !== null) event['process.tty'] = tty;
  const directory = once(parts, 'PWD');
  if (directory !== null) event['process.working_directory'] = decodeControls(directory);
  const target = once(parts, 'USER');
  if (target !== null) event['user.name'] = target;
  const group = once(parts, 'GROUP');
  if (group !== null) event['group.name'] = group;
}

function once(parts: string, key: string): string | null {
  const mark = ` ; ${key}=`;
  const at = parts.indexOf(mark);
  if (at < 0 || parts.indexOf(mark, at + mark.length) >= 0) return null;
  const end = parts.indexOf(' ; ', at + mark.length);
  return parts.slice(at + mark.length, end < 0 ? parts.length : end);
}
