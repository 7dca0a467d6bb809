import { failed, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

/** sender_fullhost of host.c: `NAME (HELO) [ADDRESS]:PORT`; a HELO with brackets or spaces in it is not looked through. */
const FULL_HOST =
  '(?:[\\w.-]{1,255} )?(?:\\((?:[\\w.:-]{0,255}|\\[[\\w.:]{1,64}\\])\\) )?\\[(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])\\](?::(?<port>\\d{1,5}))?(?: I=\\[[0-9A-Fa-f:.]{2,64}\\](?::\\d{1,5})?)?';
const PID = '(?:\\[\\d{1,10}\\] )?';
const at = (head: string, tail: string) => new RegExp(`^${PID}${head}${FULL_HOST}${tail}`, 's');
const MORE = '(?: [A-Z][A-Za-z]{0,3}=(?:"[^"]{0,256}"|[^\\s"]{1,256}))*?';

/** Exim 4's mainlog and rejectlog (smtp_in.c, auths/, acl.c). */
export const exim = messagesOf(
  'exim',
  ['exim', 'exim4'],
  [
    failed(
      'authentication_failure',
      at(
        '(?<method>[\\w-]{1,64}) authenticator failed for ',
        `${MORE}(?: U=\\S{1,64})?: [45]35 [^()]{0,200}?(?: \\((?!set_id=)[^()]{0,200}\\))?(?: \\(set_id=(?<user>.*)\\))?(?:: [^()]{1,120})?$`,
      ),
    ),
    succeeded(
      at(
        '[\\w-]{16,24} <= \\S{1,320} H=',
        `${MORE} A=(?<method>[\\w-]{1,64}):(?<user>[^\\s:]{1,256})(?: .*)?$`,
      ),
    ),
    refused(
      'relay_denied',
      at('H=', `${MORE} (?:temporarily )?rejected RCPT <[^<>]{0,320}>: relay not permitted.*$`),
    ),
    refused(
      'unknown_recipient',
      at(
        'H=',
        `${MORE} (?:temporarily )?rejected RCPT <[^<>]{0,320}>: (?:Unrouteable address|Unknown user|No such user).*$`,
      ),
    ),
    refused(
      'rejected',
      at(
        'H=',
        `${MORE} (?:temporarily )?rejected (?:RCPT|MAIL|EHLO|HELO|EHLO or HELO|AUTH|VRFY|EXPN|STARTTLS|connection|after DATA|during MIME|by).*$`,
      ),
    ),
    refused('helo_rejected', at('rejected (?:EHLO|HELO) from ', ': .*$')),
    refused('sender_rejected', at('H=', ' sender verify (?:fail|defer) for .*$')),
    refused('rejected', at('(?:rejected|refused) connection (?:from|in "connect" ACL from) (?:H=)?', '.*$')),
    refused(
      'bad_protocol',
      at(
        'SMTP protocol synchronization error \\([^()]{1,200}\\): rejected (?:connection from|"[A-Z]{4,10}[^"]{0,512}") H=',
        '.*$',
      ),
    ),
    refused('bad_protocol', at('SMTP protocol error in "[A-Z]{4,10}[^"]{0,512}" H=', ' .*$')),
    refused('too_many_errors', at('SMTP call from ', ' dropped: .*$')),
    refused('no_mail', at('no MAIL in SMTP connection from ', '.*$')),
    refused('lost_connection', at('unexpected disconnection while reading SMTP command from ', '.*$')),
    refused('tls_handshake', at('TLS error on connection from ', ' \\(.*$')),
  ],
);

export const eximFormat = serviceFile({
  title: 'Exim mainlog and rejectlog',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?(?: [+-]\d{4})?) /,
  own: /^(?:\[\d{1,10}\] )?(?:[\w]{6}-[\w]{6,11}-[\w]{2,4} |[\w-]{1,64} authenticator failed for |H=|SMTP |(?:Start|End) queue run|no host name found for|no MAIL in SMTP|unexpected disconnection|TLS error on|(?:rejected|refused) (?:connection|EHLO|HELO)|exim 4\.|Exim |cwd=)/,
  parser: exim,
});
