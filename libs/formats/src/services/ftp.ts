import { failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const CLIENT = 'Client "(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])"';

/** vsftpd (logging.c): `[USER] FAIL LOGIN: Client "ADDRESS"`; nothing follows a failure. */
export const vsftpd = messagesOf(
  'vsftpd',
  ['vsftpd'],
  [
    failed('authentication_failure', new RegExp(`^\\[(?<user>.*)\\] FAIL LOGIN: ${CLIENT}$`, 's')),
    succeeded(new RegExp(`^\\[(?<user>[^\\]"]*)\\] OK LOGIN: ${CLIENT}(?:, anon password "[^"]*")?$`, 's')),
    refused(
      'connection_refused',
      new RegExp(`^(?:\\[[^\\]"]*\\] )?(?:DENY|REFUSED?)(?: CONNECT)?: ${CLIENT}(?:, ".*")?$`, 's'),
    ),
  ],
);

export const vsftpdFormat = serviceFile({
  title: 'vsftpd’s own log',
  head: /^(?<asctime>(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}) \[pid (?<pid>\d{1,10})\] /,
  parser: vsftpd,
});

/** `[SERVER ](NAME[ADDRESS]) - ` or, in its own file, `[SERVER ](NAME[ADDRESS]): `: before any word of the client's. */
const PRO =
  '^(?:[\\w.-]{1,255} )?\\([^()[\\]\\s]{1,255}\\[(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])\\]\\)(?: -|:) ';
const pro = (words: string) => new RegExp(`${PRO}${words}$`, 's');

/** ProFTPD (modules/mod_auth.c, src/main.c). */
export const proftpd = messagesOf(
  'proftpd',
  ['proftpd'],
  [
    failed(
      'invalid_user',
      pro('USER (?<user>.*): no such user found from .* \\[[^\\]]{2,64}\\] to \\S{2,80}'),
    ),
    failed('authentication_failure', pro('USER (?<user>.*) \\(Login failed\\): [^:]{1,120}')),
    failed('root_login', pro('SECURITY VIOLATION:? [Rr]oot login attempted\\.?')),
    succeeded(pro('(?:USER|ANON) (?<user>.*): Login successful\\.?')),
    refused(
      'too_many_attempts',
      pro('Maximum login attempts \\(\\d{1,6}\\) exceeded(?:, connection refused.*)?'),
    ),
    refused(
      'connection_refused',
      pro(
        '(?:Connection (?:from .{1,255} )?denied|Connection refused|mod_\\w{1,32}/[\\w.]{1,16}: .{1,200}denied).{0,200}',
      ),
    ),
  ],
);

export const proftpdFormat = serviceFile({
  title: 'ProFTPD’s own log',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) [\w.-]{1,255} proftpd\[(?<pid>\d{1,10})\] /,
  parser: proftpd,
});

/** Pure-FTPd (ftpd.c, log_*): `(USER@HOST) [LEVEL] …`; before a login the user is `?`. */
export const pureftpd = messagesOf(
  'pure-ftpd',
  ['pure-ftpd', 'pure-ftpd-mysql', 'pure-ftpd-ldap', 'pure-ftpd-postgresql'],
  [
    failed(
      'authentication_failure',
      /^\((?:\?|[^@()\s]{1,128})@(?<host>[\w.:-]{1,255})\) \[WARNING\] (?:Authentication failed for user|Sorry, cleartext sessions and weak ciphers) ?\[(?<user>.*)\]$/s,
    ),
    succeeded(/^\(\?@(?<host>[\w.:-]{1,255})\) \[(?:INFO|NOTICE)\] (?<user>.*) is now logged in$/s),
    succeeded(
      /^\((?<user>[^@()\s?]{1,128})@(?<host>[\w.:-]{1,255})\) \[(?:INFO|NOTICE)\] \k<user> is now logged in$/,
    ),
    refused(
      'too_many_attempts',
      /^\(\?@(?<host>[\w.:-]{1,255})\) \[(?:ERROR|WARNING)\] Too many authentication failures$/,
    ),
  ],
);
