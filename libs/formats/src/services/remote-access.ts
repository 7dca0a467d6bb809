import { failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** Proxmox VE and Backup Server: `rhost` stands before the name. */
export const proxmox = messagesOf(
  'proxmox',
  [
    'pvedaemon',
    'pveproxy',
    'pvestatd',
    'proxmox-backup-proxy',
    'proxmox-backup-api',
    'pmgdaemon',
    'pmgproxy',
  ],
  [
    failed('authentication_failure', form(`authentication failure; rhost=${ADDR} user=(?<user>.*) msg=.*`)),
    failed(
      'authentication_failure',
      form(
        'authentication failure; rhost=(?<peer>\\[[0-9A-Fa-f:.]{2,64}\\]:\\d{1,5}) user=(?<user>.*) msg=.*',
      ),
    ),
    succeeded(/^<[^<>]{1,128}> successful auth for user '(?<user>.*)'$/s),
  ],
);

/** Webmin and Usermin (miniserv.pl). */
export const webmin = messagesOf(
  'webmin',
  ['webmin', 'usermin', 'miniserv.pl'],
  [
    failed('authentication_failure', form('Invalid login as (?<user>.*) from (?<host>[\\w.:%-]{1,255})')),
    failed('invalid_user', form('Non-existent login as (?<user>.*) from (?<host>[\\w.:%-]{1,255})')),
    succeeded(form('Successful login as (?<user>.*) from (?<host>[\\w.:%-]{1,255})')),
    refused(
      'blocked',
      form(`Security alert: Host ${ADDR} blocked after \\d{1,6} failed logins(?: for user .*)?`),
    ),
  ],
);

/** xrdp-sesman (sesman.c). */
export const xrdp = messagesOf(
  'xrdp',
  ['xrdp-sesman', 'xrdp'],
  [failed('authentication_failure', form(`AUTHFAIL: user=(?<user>.*) ip=${ADDR} time=\\d{1,12}`))],
);

export const xrdpFormat = serviceFile({
  title: 'xrdp and xrdp-sesman',
  head: /^\[(?<iso>\d{8}-\d\d:\d\d:\d\d)\] \[(?:INFO |WARN |ERROR|CORE |DEBUG|TRACE)\] /,
  parser: xrdp,
});

/** RealVNC and TigerVNC. */
export const vnc = messagesOf(
  'vnc',
  ['Xvnc', 'Xtigervnc', 'vncserver-x11', 'vncserver'],
  [
    refused('blocked', form('Connections: blacklisted: (?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?(?:::\\d{1,5})?)')),
    failed(
      'authentication_failure',
      form(
        'Connections: (?:authentication failure|authentication failed): (?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?(?::\\d{1,5})?)(?:: .*)?',
      ),
    ),
  ],
);

/** MIT Kerberos (kdc/kdc_log.c): the address stands before the principals. A PREAUTH_REQUIRED answer is the usual first step. */
const AS_REQ = `AS_REQ \\(\\d{1,3} etypes \\{[\\w .,()-]{1,400}\\}\\) ${ADDR}: `;
export const kerberos = messagesOf(
  'krb5kdc',
  ['krb5kdc'],
  [
    failed('authentication_failure', form(`${AS_REQ}PREAUTH_FAILED: (?<user>.*) for \\S{1,255}, .*`)),
    failed('invalid_user', form(`${AS_REQ}CLIENT_NOT_FOUND: (?<user>.*) for \\S{1,255}, .*`)),
    failed('locked', form(`${AS_REQ}LOCKED_OUT: (?<user>.*) for \\S{1,255}, .*`)),
    succeeded(
      form(
        `${AS_REQ}ISSUE: authtime \\d{1,12}, etypes \\{[^{}]{1,400}\\}, (?<user>[^\\s,]{1,255}) for \\S{1,255}`,
      ),
    ),
  ],
);

/** xinetd and what libwrap says in any program's name. */
export const xinetd = messagesOf(
  'xinetd',
  ['xinetd', 'tcpd'],
  [
    refused(
      'xinetd',
      form(
        `FAIL: [\\w.-]{1,64} (?:address|libwrap|time|connections per second|per_source_limit|service_limit) from=${ADDR}`,
      ),
    ),
  ],
);

/** libwrap (tcp_wrappers), which speaks in the name of whichever program it guards; the name is from DNS. */
export const libwrap = messagesOf(
  'libwrap',
  ['*'],
  [
    refused('tcp_wrappers', form(`refused connect from [\\w.:%-]{1,255} \\(${ADDR}\\)`)),
    refused('tcp_wrappers', form('refused connect from (?<host>[\\w.:%-]{1,255})')),
  ],
  '',
);
