import type { Action, Event, EventOutcome } from '@suite/event';
import type { MessageParser } from './message-parser.ts';

interface Form {
  readonly pattern: RegExp;
  readonly action: Action;
  readonly outcome?: EventOutcome;
  readonly reason?: string;
}

/**
 * The tools of the shadow suite, by its source (src/useradd.c, usermod.c, userdel.c, group*.c, gpasswd.c,
 * passwd.c, chage.c, chsh.c, chfn.c, newusers.c). Names are of accounts that exist or are being made by root.
 */
const FORMS: readonly Form[] = [
  {
    pattern: /^new user: name=(?<user>[^,]{1,256}), UID=(?<uid>\d{1,10}), GID=\d{1,10}/,
    action: 'user_added',
  },
  { pattern: /^failed adding user '(?<user>[^']{1,256})'/, action: 'user_added', outcome: 'failure' },
  { pattern: /^new group: name=(?<group>[^,]{1,256})(?:, GID=\d{1,10})?$/, action: 'group_added' },
  { pattern: /^group added to \/etc\/group: name=(?<group>[^,]{1,256})/, action: 'group_added' },
  {
    pattern: /^group added to \/etc\/gshadow: name=(?<group>[^,]{1,256})/,
    action: 'group_modified',
    reason: 'gshadow',
  },
  { pattern: /^failed adding group '(?<group>[^']{1,256})'/, action: 'group_added', outcome: 'failure' },
  { pattern: /^add '(?<user>[^']{1,256})' to group '(?<group>[^']{1,256})'$/, action: 'group_member_added' },
  {
    pattern: /^add '(?<user>[^']{1,256})' to shadow group '(?<group>[^']{1,256})'$/,
    action: 'group_modified',
    reason: 'gshadow',
  },
  {
    pattern: /^delete '(?<user>[^']{1,256})' from group '(?<group>[^']{1,256})'$/,
    action: 'group_member_removed',
  },
  {
    pattern: /^delete '(?<user>[^']{1,256})' from shadow group '(?<group>[^']{1,256})'$/,
    action: 'group_modified',
    reason: 'gshadow',
  },
  {
    pattern: /^change '[^']{1,256}' to '(?<user>[^']{1,256})' in (?:shadow )?group '(?<group>[^']{1,256})'$/,
    action: 'group_modified',
  },
  {
    pattern:
      /^(?:user )?(?<user>[^\s']{1,256}) added by (?<by>\S{1,256}) to group (?<group>\S{1,256})(?: in \/etc\/group)?$/,
    action: 'group_member_added',
  },
  {
    pattern:
      /^(?:user )?(?<user>[^\s']{1,256}) removed by (?<by>\S{1,256}) from group (?<group>\S{1,256})(?: in \/etc\/group)?$/,
    action: 'group_member_removed',
  },
  {
    pattern:
      /^(?<by>\S{1,256}) failed to (?:add|remove) user (?<user>\S{1,256}) (?:to|from) group (?<group>\S{1,256})/,
    action: 'group_modified',
    outcome: 'failure',
  },
  {
    pattern:
      /^(?:password of|access to) group (?<group>\S{1,256}) (?:changed|removed|restricted) by (?<by>\S{1,256})/,
    action: 'group_modified',
  },
  {
    pattern: /^(?:members|administrators) of (?:group )?(?<group>\S{1,256}) set by (?<by>\S{1,256}) to /,
    action: 'group_modified',
  },
  {
    pattern:
      /^(?:change the password for|remove password from|restrict access to) group (?<group>\S{1,256}) by (?<by>\S{1,256})$/,
    action: 'group_modified',
  },
  { pattern: /^delete user '(?<user>[^']{1,256})'$/, action: 'user_deleted' },
  {
    pattern: /^(?:failed deleting|can't delete) user '(?<user>[^']{1,256})'/,
    action: 'user_deleted',
    outcome: 'failure',
  },
  {
    pattern: /^removed (?:shadow )?group '(?<group>[^']{1,256})' owned by '(?<user>[^']{1,256})'$/,
    action: 'group_deleted',
  },
  {
    pattern: /^group '(?<group>[^']{1,256})' removed from \/etc\/gshadow$/,
    action: 'group_modified',
    reason: 'gshadow',
  },
  { pattern: /^group '(?<group>[^']{1,256})' removed(?: from \/etc\/group)?$/, action: 'group_deleted' },
  {
    pattern: /^group changed in \/etc\/g(?:roup|shadow) \(group (?<group>[^/,)]{1,256})/,
    action: 'group_modified',
  },
  { pattern: /^(?:change|lock|unlock) user '(?<user>[^']{1,256})' password$/, action: 'password_changed' },
  {
    pattern: /^password for '(?<user>[^']{1,256})' changed by '(?<by>[^']{1,256})'$/,
    action: 'password_changed',
  },
  {
    pattern: /^(?:password changed for|changed password for) '?(?<user>[^\s']{1,256})'?$/,
    action: 'password_changed',
  },
  {
    pattern: /^change user name '(?<by>[^']{1,256})' to '(?<user>[^']{1,256})'$/,
    action: 'user_modified',
    reason: 'name',
  },
  {
    pattern:
      /^changed? user '(?<user>[^']{1,256})' (?<what>UID|GID|home|shell|expiration|inactive|information)/,
    action: 'user_modified',
  },
  {
    pattern: /^changed password expiry for (?<user>\S{1,256})$/,
    action: 'user_modified',
    reason: 'password_expiry',
  },
  {
    pattern: /^can't view or modify password information for (?<user>\S{1,256})$/,
    action: 'password_changed',
    outcome: 'failure',
  },
];

export const shadow: MessageParser = {
  name: 'shadow',
  programs: [
    'useradd',
    'usermod',
    'userdel',
    'groupadd',
    'groupmod',
    'groupdel',
    'groupmems',
    'gpasswd',
    'passwd',
    'chpasswd',
    'chgpasswd',
    'chage',
    'chsh',
    'chfn',
    'newusers',
    'adduser',
    'deluser',
    'addgroup',
    'delgroup',
  ],
  parse(message, event) {
    if (message.length > 2048) return false;
    // Versions before 4.1.5 quoted `name'.
    const text = message.replaceAll('`', "'");
    for (const form of FORMS) {
      const groups = form.pattern.exec(text)?.groups;
      if (groups === undefined) continue;
      write(event, form, groups);
      return true;
    }
    return false;
  },
};

function write(event: Event, form: Form, groups: Record<string, string | undefined>): void {
  event['event.category'] = 'iam';
  event['event.action'] = form.action;
  event['event.outcome'] = form.outcome ?? 'success';
  const reason = form.reason ?? groups.what?.toLowerCase();
  if (reason !== undefined) event['event.reason'] = reason;
  if (groups.user !== undefined) event['user.name'] = groups.user;
  if (groups.uid !== undefined) event['user.id'] = Number(groups.uid);
  if (groups.group !== undefined) event['group.name'] = groups.group;
  if (groups.by !== undefined && form.reason !== 'name') {
    event['user.effective.name'] = groups.by;
    event['source.user.name'] = groups.by;
  }
}
