import type { Event } from '@suite/event';
import { isAddress, unmapped } from '../syslog/messages/address.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { type Form, failed, matchForms, refused, splitPeer, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

/** `FATAL:  `, always with two spaces; what stands before it is log_line_prefix. */
const LEVEL = /(?:FATAL|ERROR|LOG|WARNING|PANIC|NOTICE|DETAIL|HINT|STATEMENT|CONTEXT): {2}/g;

const FORMS: readonly Form[] = [
  failed(
    'authentication_failure',
    /^(?:password|Peer|Ident|LDAP|PAM|GSSAPI|SSPI|RADIUS|MD5|SCRAM|certificate|BSD) authentication failed for user "(?<user>.*)"$/s,
  ),
  failed('invalid_user', /^role "(?<user>.*)" does not exist$/s),
  failed('not_permitted', /^role "(?<user>.*)" is not permitted to log in$/s),
  refused(
    'no_hba_entry',
    /^no pg_hba\.conf entry for (?:replication connection from )?host "(?<host>[^"]{1,255})", user ".*$/s,
  ),
  refused(
    'hba_reject',
    /^pg_hba\.conf rejects (?:replication )?connection for host "(?<host>[^"]{1,255})", user ".*$/s,
  ),
  refused(
    'bad_protocol',
    /^(?:invalid length of startup packet|unsupported frontend protocol \d.*|incomplete startup packet|received direct SSL connection request.*)$/,
  ),
  succeeded(
    /^connection authenticated: identity="(?<user>.*)" method=(?<method>[\w-]{1,32}) \([^()]{1,512}\)$/s,
  ),
];

/**
 * The client's address in log_line_prefix. The prefix may hold names that the client chose (`%u`, `%d`, `%a`), so only
 * two forms are believed: `user=NAME,db=…,client=ADDRESS` up to the level where the message repeats the same name, and
 * `ADDRESS(PORT)` (`%r`) with nothing but the pid beside it.
 */
function clientOf(prefix: string, user: string | undefined): string | undefined {
  if (user === undefined) return undefined;
  const keyed =
    /(?:^|\] ?|: )(?:\[\d{1,9}-\d{1,3}\] )?user=([^,]*),db=.*,client=([0-9A-Fa-f:.]{2,64})(?:\(\d{1,5}\))? $/s.exec(
      prefix,
    );
  if (keyed !== null && prefix.indexOf('client=') === prefix.lastIndexOf('client=') && keyed[1] === user)
    return keyed[2];
  return /^(?:\[\d{1,10}(?:-\d{1,9})?\] )?([0-9A-Fa-f:.]{2,64})\(\d{1,5}\) $/.exec(prefix)?.[1];
}

/** PostgreSQL 9 to 17 (auth.c, postinit.c, hba.c, miscinit.c). */
export const postgres: MessageParser = {
  name: 'postgres',
  programs: ['postgres', 'postgresql'],
  parse: (message, event) => decide(message, event),
};

function decide(text: string, event: Event): boolean {
  if (text.length > 8192) return false;
  const levels = [...text.matchAll(LEVEL)];
  // A name in the prefix may hold a level and a message of its own.
  const [level] = levels;
  if (level === undefined || levels.length !== 1) return false;
  const message = text.slice(level.index + level[0].length);
  if (!matchForms(FORMS, message, event, 'postgresql')) return false;
  if (event['source.address'] !== undefined) return true;
  const client = clientOf(text.slice(0, level.index), event['user.name']);
  const found = client === undefined ? null : splitPeer(unmapped(client));
  if (found !== null && isAddress(found.address, 0, found.address.length))
    event['source.address'] = found.address;
  return true;
}

export const postgresFormat = serviceFile({
  title: 'PostgreSQL’s own log',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?)(?: [A-Z]{2,5}| [+-]\d\d)? (?=\[\d{1,10}(?:-\d{1,9})?\]|.{0,300}?(?:FATAL|ERROR|LOG|WARNING|PANIC|NOTICE|DETAIL|HINT|STATEMENT|CONTEXT): {2})/,
  own: /(?:FATAL|ERROR|LOG|WARNING|PANIC|NOTICE|DETAIL|HINT|STATEMENT|CONTEXT): {2}/,
  parser: postgres,
});
