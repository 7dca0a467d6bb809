import { failed, messagesOf, refused } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^(?:\\([\\w.]{1,40}\\.c?\\.?\\d{1,6}\\) )?${source}$`, 's');

/** Lighttpd (mod_auth.c, http_auth.c): nothing follows the address. */
export const lighttpd = messagesOf(
  'lighttpd',
  ['lighttpd'],
  [
    failed('password_mismatch', form(`password doesn't match for .* username: (?<user>.*) IP: ${ADDR}`)),
    failed('invalid_user', form(`get_password failed(?: for user .*)?, IP: ${ADDR}`)),
    failed(
      'authentication_failure',
      form(
        `digest: auth failed for (?<user>.*?)(?: ?: (?:wrong password|missing field|authentication failed))?, IP: ${ADDR}`,
      ),
    ),
    failed('authentication_failure', form(`digest: \\(.{0,200}\\) (?<user>.*) IP: ${ADDR}`)),
  ],
);

export const lighttpdErrorFormat = serviceFile({
  title: 'lighttpd error log',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d): (?=\([\w.-]{1,40}\.c\.\d{1,6}\) |\(server\.c)/,
  parser: lighttpd,
});

/** PHP's Suhosin and Apache's mod_evasive, which speak through syslog. */
export const suhosin = messagesOf(
  'suhosin',
  ['suhosin'],
  [
    refused(
      'suhosin',
      form(`ALERT(?:-SIMULATION)? - .*? \\(attacker '${ADDR}', file '[^']*'(?:, line \\d{1,9})?\\)`),
      " (attacker '",
    ),
  ],
);

export const evasive = messagesOf(
  'mod_evasive',
  ['mod_evasive'],
  [refused('flood', form(`Blacklisting address ${ADDR}: possible DoS attack\\.`))],
);
