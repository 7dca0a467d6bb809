import { failed, messagesOf, refused, succeeded } from './form.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const form = (source: string) => new RegExp(`^${source}$`, 's');

/** Courier (authlib, imapd, pop3d, esmtpd): account first, address behind it. */
export const courier = messagesOf(
  'courier',
  [
    'imapd',
    'imapd-ssl',
    'pop3d',
    'pop3d-ssl',
    'imaplogin',
    'pop3login',
    'courierpop3login',
    'courierpop3d',
    'courierd',
    'courieresmtpd',
    'esmtpd',
  ],
  [
    failed(
      'authentication_failure',
      form(
        `LOGIN FAILED, (?:user=(?<user>.*?), )?(?:method=(?<method>[\\w-]{1,32}), )?ip=\\[${ADDR}\\](?:, port=\\[\\d{1,5}\\])?`,
      ),
      ', ip=[',
    ),
    succeeded(
      form(
        `LOGIN, user=(?<user>.*?), ip=\\[${ADDR}\\](?:, port=\\[(?<port>\\d{1,5})\\])?(?:, protocol=(?<proto>[\\w]{1,16}))?(?:, .*)?`,
      ),
      ', ip=[',
    ),
    refused('rejected', form(`error,relay=${ADDR}(?:,port=\\d{1,5})?,.*: 5\\d\\d .*`)),
  ],
);

/** Cyrus IMAP (imapd.c, pop3d.c, nntpd.c): `NAME [ADDRESS]` before the account. */
export const cyrus = messagesOf(
  'cyrus',
  [
    'cyrus/imap',
    'cyrus/imaps',
    'cyrus/pop3',
    'cyrus/pop3s',
    'cyrus/sieve',
    'cyrus/nntp',
    'imap',
    'imaps',
    'pop3',
    'pop3s',
    'cyrus/imapd',
    'cyrus/pop3d',
    'timsieved',
  ],
  [
    failed(
      'authentication_failure',
      form(
        `badlogin: (?:[\\w.:-]{1,255} ?)?\\[${ADDR}\\] (?:(?<method>[A-Za-z][\\w-]{1,31}) )?(?:(?<user>[^\\s\\[\\]]{1,256}) )?\\[?SASL\\(-\\d{1,3}\\):? .*`,
      ),
    ),
    failed('authentication_failure', form(`badlogin: (?:[\\w.:-]{1,255} ?)?\\[${ADDR}\\] .*`)),
    succeeded(
      form(
        `login: (?:[\\w.:-]{1,255} )?\\[${ADDR}\\] (?<user>\\S{1,256}) (?<method>[\\w-]{1,32})(?:\\+TLS)? User logged in.*`,
      ),
    ),
  ],
);

/** Sendmail (srvrsmtp.c): what a client chose (`arg1`) stands before `, relay=`. */
const QUEUE = '(?:[0-9A-Za-z]{10,20}: )?';
const RELAY = `relay=(?:[\\w.-]{1,255} )?\\[(?:IPv6:)?${ADDR}\\](?: \\(may be forged\\))?`;
export const sendmail = messagesOf(
  'sendmail',
  ['sendmail', 'sm-mta', 'sm-acceptingconnections', 'sm-msp-queue'],
  [
    failed(
      'authentication_failure',
      form(`${QUEUE}AUTH failure \\((?<method>[\\w-]{1,32})\\): .{0,300}, user=(?<user>.*), ${RELAY}`),
      ', relay=',
    ),
    failed(
      'authentication_failure',
      form(`${QUEUE}AUTH failure \\((?<method>[\\w-]{1,32})\\): .{0,300}, ${RELAY}`),
      ', relay=',
    ),
    refused(
      'relay_denied',
      form(`${QUEUE}ruleset=check_rcpt, arg1=.*, ${RELAY}, reject=5\\d\\d 5\\.7\\.1 .*Relaying denied.*`),
      ', relay=',
    ),
    refused('unknown_recipient', form(`${QUEUE}<.*>\\.\\.\\. User unknown(?:, ${RELAY})?`), ', relay='),
    refused(
      'rejected',
      form(`${QUEUE}ruleset=check_(?:rcpt|mail|relay|eoh|compat), arg1=.*, ${RELAY}, reject=[45]\\d\\d .*`),
      ', relay=',
    ),
    refused(
      'no_mail',
      form(
        `${QUEUE}(?:[\\w.-]{1,255} )?\\[(?:IPv6:)?${ADDR}\\](?: \\(may be forged\\))? did not issue MAIL/EXPN/VRFY/ETRN during connection to \\S{1,40}`,
      ),
    ),
    refused(
      'too_many_errors',
      form(
        `${QUEUE}(?:[\\w.-]{1,255} )?\\[(?:IPv6:)?${ADDR}\\](?: \\(may be forged\\))?: (?:possible SMTP attack: command=[A-Z]{4,10}, count=\\d{1,9}|Possible SMTP RCPT flood, throttling\\.)`,
      ),
    ),
    succeeded(
      form(`${QUEUE}AUTH=server, ${RELAY}, authid=(?<user>.*), mech=(?<method>[\\w-]{1,32}), bits=\\d{1,5}`),
    ),
  ],
);

/** OpenSMTPD (smtp_session.c), where one line holds the whole of it. */
export const opensmtpd = messagesOf(
  'opensmtpd',
  ['smtpd', 'opensmtpd'],
  [
    failed(
      'authentication_failure',
      form(
        `[0-9a-f]{16} smtp (?:event=)?authentication user=(?<user>\\S{0,256}) address=${ADDR} host=\\S{1,255} result=(?:permfail|tempfail)`,
      ),
    ),
    succeeded(
      form(
        `[0-9a-f]{16} smtp (?:event=)?authentication user=(?<user>\\S{1,256}) address=${ADDR} host=\\S{1,255} result=ok`,
      ),
    ),
    refused(
      'rejected',
      form(
        `[0-9a-f]{16} smtp (?:event=)?failed-command address=${ADDR} host=\\S{1,255} command=".*" result="5\\d\\d .*"`,
      ),
    ),
  ],
);
