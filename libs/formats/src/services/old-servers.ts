import { flatten } from '../structured/flatten.ts';
import { parseObject } from '../structured/json-object.ts';
import { sambaJson, truenas as truenasRecord } from '../structured/servers.ts';
import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { failed, matchForms, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** WU-FTPD and Kerberos' ftpd: `NAME [ADDRESS]`, the name from DNS. */
export const wuftpd = messagesOf(
  'wu-ftpd',
  ['wu-ftpd', 'ftpd', 'in.ftpd', 'wuftpd'],
  [
    failed('authentication_failure', form(`failed login from (?:[\\w.-]{1,255} )?\\[${ADDR}\\](?:, .*)?`)),
    failed('authentication_failure', form(`repeated login failures from ${ADDR}(?: \\([\\w.-]{1,255}\\))?`)),
    refused(
      'too_many_attempts',
      form(`(?:repeated login failures|failed login) from [\\w.-]{1,255} \\[${ADDR}\\]`),
    ),
  ],
);

/** UW IMAP: the host stands last. */
export const uwimap = messagesOf(
  'uw-imap',
  ['ipop3d', 'ipop2d', 'imapd', 'uw-imapd'],
  [
    failed(
      'authentication_failure',
      form(
        `Login (?:failed|excessive login failures|disabled|SYSTEM BREAK-IN ATTEMPT) user=(?<user>.*) auth=.* host=(?:[\\w.-]{1,255} )?\\[${ADDR}\\]`,
      ),
    ),
    failed(
      'authentication_failure',
      form(
        `(?:AUTHENTICATE (?<method>[\\w-]{1,32}) failure|Login aborted.*) host=(?:[\\w.-]{1,255} )?\\[${ADDR}\\]`,
      ),
    ),
    succeeded(form(`Login user=(?<user>.*) host=(?:[\\w.-]{1,255} )?\\[${ADDR}\\]`)),
  ],
);

/** Those that watch ports: PortSentry and scanlogd. */
export const scanWatchers = messagesOf(
  'scan-watcher',
  ['portsentry', 'scanlogd'],
  [
    refused(
      'port_scan',
      form(
        `attackalert: (?:Connect|(?:TCP|UDP) \\w{1,16} scan|\\w{1,32} [Ss]can)(?: from host: [\\w.:-]{1,255}/${ADDR}).*`,
      ),
    ),
    refused(
      'port_scan',
      form(`(?<peer>[0-9.]{7,15}:\\d{1,5}) to [0-9.]{7,15} ports [\\d, ]{1,200}, \\.\\.\\., .*`),
    ),
  ],
);

/** SquirrelMail's log, by date in American order. */
export const squirrelmail = messagesOf(
  'squirrelmail',
  ['squirrelmail'],
  [
    failed(
      'authentication_failure',
      form(`\\[LOGIN_ERROR\\] (?<user>.*) \\([\\w.:-]{1,255}\\) from ${ADDR}: .{1,200}`),
      '[LOGIN_ERROR] ',
    ),
  ],
);

const STATUS = ' status \\[';
const SAMBA = [
  failed(
    'authentication_failure',
    form(
      `Auth: \\[(?<proto>\\w{1,32})[^\\]]{0,64}\\] user \\[[^\\]]*\\]\\\\\\[(?<user>[^\\]]*)\\] at \\[[^\\]]{1,64}\\] with \\[[^\\]]{1,64}\\] status \\[(?!NT_STATUS_OK\\])NT_STATUS_\\w{1,64}\\] workstation \\[[^\\]]*\\] remote host \\[ipv[46]:(?<addr>[0-9A-Fa-f:.]{2,64}):(?<port>\\d{1,5})\\].*`,
    ),
    ' remote host [',
  ),
  succeeded(
    form(
      `Auth: \\[(?<proto>\\w{1,32})[^\\]]{0,64}\\] user \\[[^\\]]*\\]\\\\\\[(?<user>[^\\]]*)\\] at \\[[^\\]]{1,64}\\] with \\[[^\\]]{1,64}\\] status \\[NT_STATUS_OK\\] workstation \\[[^\\]]*\\] remote host \\[ipv[46]:(?<addr>[0-9A-Fa-f:.]{2,64}):(?<port>\\d{1,5})\\].*`,
    ),
    ' remote host [',
  ),
];

/** Samba's audit of authentications (auth/auth_log.c). Names are the client's and come before the status. */
export const samba: MessageParser = {
  name: 'samba',
  programs: ['smbd', 'samba', 'nmbd', 'smbd_audit'],
  parse(message, event) {
    const text = message.trimStart();
    const brace = text.startsWith('JSON Authentication: ') ? 21 : 0;
    if (text.charCodeAt(brace) === 123) {
      const object = parseObject(text.slice(brace));
      return object !== null && sambaJson(flatten(object).fields, event);
    }
    // Two statuses: one of them is somebody's invention, and so may the verdict be.
    if (text.split(new RegExp(STATUS), 3).length > 2) return false;
    return matchForms(SAMBA, text, event, 'samba');
  },
};

export const sambaFormat = serviceFile({
  title: 'Samba’s log files',
  head: /^(?:\[(?<iso>\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{6})?), {1,2}\d{1,2}(?:, [^\]]{1,80})?\] (?=[\w./-]{3,160}:\d{1,6}\()| {2}(?=(?:Auth|AuthZ|DSDB|Successful AuthZ|Password Change)[: ]|\{"timestamp"))/,
  parser: samba,
});

/** TrueNAS SCALE's audit: JSON behind `@cee:`. */
export const truenas: MessageParser = {
  name: 'truenas',
  programs: ['TNAUDIT_MIDDLEWARE', 'TNAUDIT_SUDO', 'TNAUDIT_SMB'],
  parse(message, event) {
    if (!message.startsWith('@cee:') || message.length > 65_536) return false;
    const object = parseObject(message.slice(5));
    return object !== null && truenasRecord(flatten(object).fields, event);
  },
};
