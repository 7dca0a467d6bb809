import { failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const V4 = '(?<addr>\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** vpopmail's vchkpw, behind qmail: `ACCOUNT:ADDRESS` ends the line. A password that it logs is never kept. */
export const vchkpw = messagesOf(
  'vpopmail',
  ['vpopmail'],
  [
    failed(
      'authentication_failure',
      form(`vchkpw-(?<proto>\\w{1,16}): password fail(?: \\(pass: '.*'\\))? (?<user>\\S{0,256}):${V4}`),
    ),
    failed(
      'invalid_user',
      form(`vchkpw-(?<proto>\\w{1,16}): vpopmail user not found (?<user>\\S{0,256}):${V4}`),
    ),
    failed(
      'authentication_failure',
      form(`vchkpw-(?<proto>\\w{1,16}): null password given (?<user>\\S{0,256}):${V4}`),
    ),
    succeeded(
      form(
        `vchkpw-(?<proto>\\w{1,16}): \\((?<method>[\\w-]{1,32})\\) login success (?<user>\\S{1,256}):${V4}`,
      ),
    ),
  ],
);

/** Perdition: the peer stands first. */
const SESSION =
  'Auth: (?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?:\\d{1,5})->\\S{3,80}(?: [a-z_-]{2,40}="?[\\w@.-]{0,256}"?){0,3}';
export const perdition = messagesOf(
  'perdition',
  [
    'perdition',
    'perdition.imap4',
    'perdition.imap4s',
    'perdition.imaps',
    'perdition.pop3',
    'perdition.pop3s',
  ],
  [
    failed(
      'authentication_failure',
      form(`${SESSION} (?:authentication_id|user)="(?<user>.*)" server=".*status="failed: [^"]{1,200}"`),
    ),
    succeeded(form(`${SESSION} (?:authentication_id|user)="(?<user>.*)" server=".*status="ok"`)),
  ],
);

/** Kerio Connect's security log. */
export const kerio = messagesOf(
  'kerio-connect',
  ['kerio', 'mailserver', 'kerio-connect'],
  [
    failed(
      'authentication_failure',
      form(`[\\w/ -]{2,40}: Invalid password for user (?<user>.*)\\. Attempt from IP address ${ADDR}\\.?`),
    ),
    failed(
      'invalid_user',
      form(`[\\w/ -]{2,40}: User (?<user>.*) doesn't exist\\. Attempt from IP address ${ADDR}\\.?`),
    ),
    failed(
      'authentication_failure',
      form(
        `Failed (?<proto>[\\w/-]{2,20}) login from ${ADDR}(?: with SASL method (?<method>[\\w-]{1,32}))?(?:, user (?<user>.*?))?\\.?`,
      ),
    ),
    refused('relay_denied', form(`Relay attempt from IP address ${ADDR}, mail from <.*> to <.*> rejected`)),
    refused(
      'blocklisted',
      form(`IP address ${ADDR} found in DNS blacklist .{1,120}, mail from <.*> to <.*>(?: rejected)?`),
    ),
    refused(
      'unknown_recipient',
      form(`Attempt to deliver to unknown recipient <.*>, from <.*>, IP address ${ADDR}`),
    ),
    refused(
      'pregreet',
      form(`SMTP Spam attack detected from ${ADDR}, client closed connection before SMTP greeting`),
    ),
  ],
);

export const kerioFormat = serviceFile({
  title: 'Kerio Connect’s security log',
  head: /^\[(?<dmy>\d\d\/[A-Z][a-z]{2}\/\d{4} \d\d:\d\d:\d\d)\] (?=[\w/ -]{2,40}: (?:Invalid password|User )|Failed [\w/-]{2,20} login |Relay attempt |IP address |Attempt to deliver |SMTP Spam attack |Client with IP address |Message from )/,
  parser: kerio,
});

/** Open WebMail: the address stands first. */
export const openwebmail = messagesOf(
  'openwebmail',
  ['openwebmail'],
  [
    failed('authentication_failure', form(`\\(${ADDR}\\) (?<user>.*) - login error - .{1,200}`)),
    succeeded(form(`\\(${ADDR}\\) (?<user>\\S{1,128}) - login - .{1,200}`)),
  ],
);

export const openwebmailFormat = serviceFile({
  title: 'Open WebMail',
  head: /^(?<asctime>[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}) - \[(?<pid>\d{1,10})\] (?=\([0-9A-Fa-f:.]{2,64}\) )/,
  parser: openwebmail,
});

/** Zimbra's audit.log: `oip` is the peer as its proxy tells it, among pairs that hold the client's words. */
export const zimbra = messagesOf(
  'zimbra',
  ['zimbra', 'zimbramon'],
  [
    failed(
      'authentication_failure',
      form(
        `\\[(?:[a-z]{2,12}=[^;\\]]{0,256};){0,6}?oip=${ADDR}(?:, [^;\\]]{0,256})?;[^\\]]{0,512}\\] security - cmd=(?:Admin)?Auth; account=(?<user>[^;]*); (?:protocol=\\w{1,32}; )?error=authentication failed for \\[.*`,
      ),
      'oip=',
    ),
  ],
);

export const zimbraFormat = serviceFile({
  title: 'Zimbra’s audit log',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) (?:INFO|WARN|ERROR|DEBUG|FATAL) {1,2}\[[^\][]{1,200}\] (?=\[[^\]]{0,1024}\] (?:security|mailbox|soap|account|imap|pop) - )/,
  parser: zimbra,
});
