import type { Event, EventOutcome } from '@suite/event';
import { isHost } from './address.ts';
import type { MessageParser } from './message-parser.ts';

interface Form {
  readonly pattern: RegExp;
  readonly outcome: EventOutcome;
  readonly reason?: string;
}

/**
 * login(1) of util-linux and shadow. Names come from the keyboard: the host and terminal stand before the
 * name and are taken from there, up to where they cannot hold what follows.
 */
const FORMS: readonly Form[] = [
  {
    pattern:
      /^FAILED LOGIN (?:SESSION )?(?:\(?\d{1,4}\)? )?(?:on '(?<tty>[^' ]{0,64})' )?(?:from '(?<host2>[^' ]{0,255})' )?(?:FROM (?<host>\S{1,255}) )?FOR '?(?<user>.*?)'?, [^',]{1,120}$/s,
    outcome: 'failure',
  },
  {
    pattern:
      /^TOO MANY LOGIN TRIES \(\d{1,4}\)(?: on '(?<tty>[^' ]{0,64})')?(?: from '(?<host>[^' ]{0,255})')? FOR '?(?<user>.*?)'?(?:, .{0,80})?$/s,
    outcome: 'failure',
    reason: 'too_many_tries',
  },
  {
    pattern: /^TOO MANY LOGIN TRIES \(\d{1,4}\) FROM (?<host>\S{1,255}) FOR (?<user>.*?), [^,]{0,80}$/s,
    outcome: 'failure',
    reason: 'too_many_tries',
  },
  { pattern: /^invalid password for '(?<user>.*)' on '(?<tty>[^' ]{0,64})'$/s, outcome: 'failure' },
  {
    pattern:
      /^(?<root>ROOT) LOGIN {1,2}(?:ON|on) '?(?<tty>[^' ]{1,64})'?(?: (?:FROM|from) '?(?<host>[^' ]{1,255})'?)?$/,
    outcome: 'success',
  },
  {
    pattern: /^LOGIN ON (?<tty>\S{1,64}) BY (?<user>\S{1,256})(?: FROM (?<host>\S{1,255}))?$/,
    outcome: 'success',
  },
  {
    pattern:
      /^'(?<user>.*)' logged in {1,2}(?:on '(?<tty>[^' ]{0,64})')?(?: ?from '(?<host>[^' ]{1,255})')?$/s,
    outcome: 'success',
  },
  { pattern: /^DIALUP AT (?<tty>\S{1,64}) BY (?<user>\S{1,256})$/, outcome: 'success' },
];

const TERMINAL = /^(?:tty\w*|pts\/\d+|console|hvc\d+)$/;

export const login: MessageParser = {
  name: 'login',
  programs: ['login'],
  parse(message, event) {
    if (message.length > 4096) return false;
    for (const { pattern, outcome, reason } of FORMS) {
      const groups = pattern.exec(message)?.groups;
      if (groups === undefined) continue;
      write(event, groups, outcome, reason);
      return true;
    }
    return false;
  },
};

function write(
  event: Event,
  groups: Record<string, string | undefined>,
  outcome: EventOutcome,
  reason?: string,
): void {
  event['event.category'] = 'authentication';
  event['event.action'] = 'login';
  event['event.outcome'] = outcome;
  if (reason !== undefined) event['event.reason'] = reason;
  event['user.name'] = groups.root === undefined ? (groups.user ?? '') : 'root';
  if (groups.tty !== undefined && groups.tty !== '') event['process.tty'] = groups.tty;
  const host = groups.host ?? groups.host2 ?? '';
  // util-linux names the terminal where there is no host.
  if (TERMINAL.test(host)) event['process.tty'] = host;
  else if (isHost(host, 0, host.length)) event['source.address'] = host;
}
