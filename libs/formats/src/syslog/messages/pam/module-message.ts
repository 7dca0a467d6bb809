import type { Event, EventCategory, EventOutcome } from '@suite/event';
import { isHost, unmapped } from '../address.ts';
import { authenticationFailure } from './authentication-failure.ts';

/** What one PAM module says, without the module's name in front. */
export function moduleMessage(text: string, module: string, service: string, event: Event): boolean {
  if (text.startsWith('session opened for user ')) return sessionOpened(text, event);
  if (text.startsWith('session closed for user ')) {
    say(event, 'session', 'session_closed', 'success');
    return user(event, withoutUid(text.slice(24), event));
  }
  if (text.startsWith('authentication failure; '))
    return authenticationFailure(text.slice(24), service, event);
  if (text.startsWith('authentication success; ')) {
    return (
      authenticationFailure(text.slice(24), service, event) &&
      say(event, 'authentication', 'pam_auth', 'success', 'authentication_success')
    );
  }
  const more = /^(\d{1,6}) more authentication failures?; /.exec(text.slice(0, 48));
  if (more !== null) {
    event['event.count'] = Number(more[1]);
    return authenticationFailure(text.slice(more[0].length), service, event);
  }
  return phrase(text, module, event);
}

/** `session opened for user NAME[(uid=N)] by [NAME](uid=N)`. */
function sessionOpened(text: string, event: Event): boolean {
  const by = text.lastIndexOf(' by ');
  if (by < 24) return false;
  say(event, 'session', 'session_opened', 'success');
  const actor = /^(.{0,256}?)\(uid=\d{1,10}\)$/.exec(text.slice(by + 4))?.[1] ?? '';
  if (actor !== '') {
    event['user.effective.name'] = actor;
    event['source.user.name'] = actor;
  }
  return user(event, withoutUid(text.slice(24, by), event));
}

/** The name of `NAME(uid=N)`, whose number goes into the event. */
function withoutUid(name: string, event: Event): string {
  const uid = /\(uid=(\d{1,10})\)$/.exec(name.slice(-18));
  if (uid === null) return name;
  event['user.id'] = Number(uid[1]);
  return name.slice(0, name.length - uid[0].length);
}

interface Phrase {
  /** Anchored; group `user` is the account, group `host` the peer. */
  readonly pattern: RegExp;
  readonly action: 'pam_auth' | 'pam_account' | 'password_changed' | 'session_opened';
  readonly outcome: EventOutcome;
  readonly reason: string;
}

const PHRASES: readonly Phrase[] = [
  { pattern: /^check pass; user unknown$/, action: 'pam_auth', outcome: 'failure', reason: 'invalid_user' },
  {
    pattern: /^bad username \[(?<user>.*)\]$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'invalid_user',
  },
  { pattern: /^bad user ?name/, action: 'pam_auth', outcome: 'failure', reason: 'invalid_user' },
  {
    pattern: /^auth could not identify password for \[(?<user>.*)\]$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'no_password',
  },
  { pattern: /^conversation failed$/, action: 'pam_auth', outcome: 'failure', reason: 'conversation_failed' },
  {
    pattern: /^password changed for (?<user>.*)$/s,
    action: 'password_changed',
    outcome: 'success',
    reason: 'changed',
  },
  {
    pattern: /^account (?<user>.*) has expired/s,
    action: 'pam_account',
    outcome: 'failure',
    reason: 'account_expired',
  },
  {
    pattern: /^expired password for user (?<user>.*) \([^()]{1,40}\)$/s,
    action: 'pam_account',
    outcome: 'failure',
    reason: 'password_expired',
  },
  {
    pattern: /^Consecutive login failures for user (?<user>.*) account temporarily locked$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'locked',
  },
  { pattern: /^User unknown$/, action: 'pam_auth', outcome: 'failure', reason: 'invalid_user' },
  {
    pattern: /^user (?<user>.*) \(\d{1,10}\) tally \d{1,9}, deny \d{1,9}$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'locked',
  },
  {
    pattern: /^requirement ".{1,200}" not met by user "(?<user>.*)"$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'requirement_not_met',
  },
  {
    pattern: /^Refused user (?<user>.*) for service \S{1,64}$/s,
    action: 'pam_account',
    outcome: 'failure',
    reason: 'listfile',
  },
  {
    pattern: /^access denied for user `(?<user>.*)' from `(?<host>[^`' ]{1,255})'$/s,
    action: 'pam_account',
    outcome: 'failure',
    reason: 'access',
  },
  {
    pattern: /^Access denied to '.{1,64}' for '(?<user>.{1,64})'$/,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'wheel',
  },
  {
    pattern: /^access denied: tty '.{1,64}' is not secure !$/,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'securetty',
  },
  {
    pattern: /^Invalid verification code for (?<user>.*)$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'verification_code',
  },
  {
    pattern: /^Accepted google_authenticator for (?<user>.*)$/s,
    action: 'pam_auth',
    outcome: 'success',
    reason: 'verification_code',
  },
  {
    pattern: /^received for user (?<user>.*): \d{1,3} \([^()]{1,80}\)$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'authentication_failure',
  },
  {
    pattern: /^user '(?<user>.*)' denied access \((?:incorrect password or invalid membership|.{1,80})\)$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'authentication_failure',
  },
  {
    pattern: /^user '(?<user>.*)' granted access$/s,
    action: 'pam_auth',
    outcome: 'success',
    reason: 'granted',
  },
  {
    pattern: /^Authentication failure; user=(?<user>.*)$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'authentication_failure',
  },
  {
    pattern: /^authentication fails for '(?<user>.*)' \(.{0,256}\): .{1,200}$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'authentication_failure',
  },
  {
    pattern: /^authentication succeeds for '(?<user>.*)' \(.{0,256}\)$/s,
    action: 'pam_auth',
    outcome: 'success',
    reason: 'authentication_success',
  },
  {
    pattern: /^Access denied for user (?<user>.*): \d{1,3} \([^()]{1,80}\)$/s,
    action: 'pam_account',
    outcome: 'failure',
    reason: 'access',
  },
  {
    pattern: /^Blocking access from (?<host>[^\s,]{1,255}) to service \S{1,64}, user (?<user>.*)$/s,
    action: 'pam_auth',
    outcome: 'failure',
    reason: 'blocked',
  },
  {
    pattern: /^user (?<user>.*) has an unlisted shell: [^:]{0,256}$/s,
    action: 'pam_account',
    outcome: 'failure',
    reason: 'shell',
  },
  // pam_warn only says that it was reached: whether the stack let anybody in is another module's word.
  {
    pattern:
      /^function=\[pam_sm_authenticate\](?: flags=\w{1,12})? service=\[[^\]]{0,64}\] terminal=\[[^\]]{0,64}\] user=\[(?<user>.*)\] ruser=\[.*\] rhost=\[(?<host>[^[\]\s]{0,255})\]$/s,
    action: 'pam_auth',
    outcome: 'unknown',
    reason: 'warned',
  },
  { pattern: /^Failed to create session: /, action: 'session_opened', outcome: 'failure', reason: 'logind' },
];

function phrase(text: string, module: string, event: Event): boolean {
  for (const { pattern, action, outcome, reason } of PHRASES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const category: EventCategory =
      action === 'password_changed' ? 'iam' : action === 'session_opened' ? 'session' : 'authentication';
    say(event, category, action, outcome, reason);
    const name = match.groups?.user;
    if (name !== undefined) user(event, name);
    const host = match.groups?.host;
    if (host !== undefined && !host.startsWith('<') && isHost(host, 0, host.length)) {
      event['source.address'] = unmapped(host);
    }
    if (module !== '') event['pam.module'] = module;
    return true;
  }
  return false;
}

function say(
  event: Event,
  category: EventCategory,
  action: string,
  outcome: EventOutcome,
  reason?: string,
): true {
  event['event.category'] = category;
  event['event.action'] = action;
  event['event.outcome'] = outcome;
  if (reason !== undefined) event['event.reason'] = reason;
  return true;
}

function user(event: Event, name: string): true {
  event['user.name'] = name;
  return true;
}
