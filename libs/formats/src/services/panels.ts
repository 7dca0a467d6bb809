import { failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** AdGuard Home (internal/home/auth.go): `%q` quotes the name, so its quotes are escaped. */
export const adguardHome = messagesOf(
  'adguard-home',
  ['AdGuardHome', 'adguardhome'],
  [
    failed(
      'authentication_failure',
      form(`auth: failed to login user "(?<user>(?:[^"\\\\]|\\\\.)*)" from ip "?${ADDR}"?`),
    ),
    failed(
      'authentication_failure',
      form('auth: failed to login user "(?<user>(?:[^"\\\\]|\\\\.)*)" from unknown ip'),
    ),
  ],
);

export const adguardHomeFormat = serviceFile({
  title: 'AdGuard Home',
  head: /^(?<iso>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d\.\d{6}) (?:\d{1,10}#\d{1,10} )?\[(?:info|error|debug|fatal)\] /,
  parser: adguardHome,
});

/** Odoo (addons/base/models/res_users.py). */
export const odoo = messagesOf(
  'odoo',
  ['odoo'],
  [
    failed('authentication_failure', form(`Login failed for db:\\S{1,64} login:(?<user>.*) from ${ADDR}`)),
    succeeded(form(`Login successful for db:\\S{1,64} login:(?<user>.*) from ${ADDR}`)),
  ],
);

export const odooFormat = serviceFile({
  title: 'Odoo',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?<pid>\d{1,10}) (?:INFO|WARNING|ERROR|DEBUG|CRITICAL) \S{1,64} (?:odoo|werkzeug|openerp)[\w.]{0,120}: /,
  parser: odoo,
});

/** Froxlor, Horde, Monit, NRPE: panels that speak through syslog. */
export const froxlor = messagesOf(
  'froxlor',
  ['Froxlor', 'froxlor'],
  [
    failed(
      'invalid_user',
      form(`\\[Login Action ${ADDR}\\] Unknown user '?(?<user>.*?)'? tried to login\\.?`),
    ),
    failed(
      'authentication_failure',
      form(`\\[Login Action ${ADDR}\\] User '?(?<user>.*?)'? tried to login with wrong password\\.?`),
    ),
  ],
);

export const horde = messagesOf(
  'horde',
  ['HORDE', 'horde'],
  [
    failed(
      'authentication_failure',
      form(
        `\\[(?:error|notice)\\] \\[\\w{1,32}\\] FAILED LOGIN for (?<user>.*) \\[${ADDR}\\](?: \\(forwarded for \\[.*\\]\\))? to \\S{1,128} \\[pid \\d{1,10} on line \\d{1,9} of "[^"]*"\\]`,
      ),
      ' [pid ',
    ),
    succeeded(
      form(
        `\\[(?:notice|info)\\] \\[\\w{1,32}\\] Login success for (?<user>.*) \\[${ADDR}\\](?: \\(forwarded for \\[.*\\]\\))? to \\S{1,128} \\[pid \\d{1,10} on line \\d{1,9} of "[^"]*"\\]`,
      ),
      ' [pid ',
    ),
  ],
);

export const monit = messagesOf(
  'monit',
  ['monit'],
  [
    failed(
      'authentication_failure',
      form(
        `(?:HttpRequest: )?access denied -- client \\[?${ADDR}\\]?: wrong password for user '(?<user>.*)'`,
      ),
    ),
    failed(
      'invalid_user',
      form(
        `(?:HttpRequest: )?access denied -- client \\[?${ADDR}\\]?: (?:unknown user '(?<user>.*)'|missing or invalid Authorization header|empty password supplied.*)`,
      ),
    ),
  ],
);

export const nrpe = messagesOf(
  'nrpe',
  ['nrpe'],
  [
    refused('host_not_permitted', form(`Host ${ADDR} is not allowed to talk to us!`)),
    refused(
      'tls_handshake',
      form(`(?:Error: )?(?:\\(!log_opts\\) )?Could not complete SSL handshake with ${ADDR}: .{1,120}`),
    ),
  ],
);

/** DirectAdmin's login.log. */
export const directAdmin = messagesOf(
  'directadmin',
  ['directadmin'],
  [
    failed(
      'authentication_failure',
      form(
        `'${ADDR}' (?<count>\\d{1,6}) (?:failed login attempts?|x failed login attempts?)\\. (?:Account|Accounts) '(?<user>.*)'`,
      ),
    ),
    succeeded(form(`'${ADDR}' successful login to '(?<user>.*)' after \\d{1,6} attempts?`)),
  ],
);

export const directAdminFormat = serviceFile({
  title: 'DirectAdmin’s login log',
  head: /^(?<iso>\d{4}:\d\d:\d\d-\d\d:\d\d:\d\d): /,
  parser: directAdmin,
});

/** ZNC's adminlog: the name stands before the address, which ends the line. */
export const znc = messagesOf(
  'znc',
  ['znc'],
  [failed('authentication_failure', form(`\\[(?<user>.*)\\] failed to login from ${ADDR}`))],
);

export const zncFormat = serviceFile({
  title: 'ZNC’s adminlog',
  head: /^\[(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] (?=\[.{0,200}\] (?:failed to login|connected|disconnected|logged in))/,
  parser: znc,
});

const CLIENT = `\\[CLIENT: ${ADDR}\\]\\s*`;
/** SQL Server's ERRORLOG: nothing of the client's stands between the reason and its address. */
export const mssql = messagesOf(
  'mssql',
  ['sqlservr', 'mssql'],
  [
    failed(
      'authentication_failure',
      form(`Login failed for user '(?<user>.*)'\\.(?: Reason: [^'\\[\\]]{1,200})? ${CLIENT}`),
    ),
    failed(
      'authentication_failure',
      form(
        "Login failed for user '(?<user>.*)'\\.(?: Reason: [^'\\[\\]]{1,200})? \\[CLIENT: <[\\w ]{1,32}>\\]\\s*",
      ),
    ),
    succeeded(
      form(`Login succeeded for user '(?<user>.*)'\\. Connection made using [\\w ]{1,64}\\. ${CLIENT}`),
    ),
    refused(
      'bad_protocol',
      form(
        `Length specified in network packet payload did not match number of bytes read; the connection has been closed\\. [^'\\[\\]]{1,200} ${CLIENT}`,
      ),
    ),
  ],
);

export const mssqlFormat = serviceFile({
  title: 'Microsoft SQL Server’s ERRORLOG',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{2}) (?:Logon|Server|Backup|spid\d{1,6}s?) {1,12}/,
  parser: mssql,
});

/** fail2ban's own log: what it banned is refused by then. */
export const fail2ban = messagesOf(
  'fail2ban',
  ['fail2ban', 'fail2ban.actions', 'fail2ban-server'],
  [
    refused(
      'banned',
      form(`(?:\\[\\d{1,10}\\]: )?(?:NOTICE|WARNING) {1,2}\\[[\\w.@:-]{1,64}\\] Ban ${ADDR}`),
    ),
  ],
);

export const fail2banFormat = serviceFile({
  title: 'fail2ban’s own log',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) fail2ban\.\w{1,32} {1,16}\[(?<pid>\d{1,10})\]: /,
  parser: fail2ban,
});

/** Endlessh, the SSH tarpit: nobody who finds it means well. */
export const endlessh = messagesOf(
  'endlessh',
  ['endlessh'],
  [
    refused(
      'tarpit',
      form(
        `(?:[\\d:T.Z-]{20,30} )?ACCEPT host=${ADDR} port=(?<port>\\d{1,5}) fd=\\d{1,9} n=\\d{1,9}/\\d{1,9}`,
      ),
    ),
  ],
);

export const endlesshFormat = serviceFile({
  title: 'Endlessh',
  head: /^(?<iso>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (?=ACCEPT host=|CLOSE host=|Port \d|DELAY |MaxLineLength|MaxClients|BindFamily)/,
  parser: endlessh,
});
