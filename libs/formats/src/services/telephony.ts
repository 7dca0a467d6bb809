import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { failed, matchForms, messagesOf, refused, succeeded } from './form.ts';
import { serviceFile } from './service-file.ts';

const ADDR = '(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])';
const PEER = '(?<peer>\\[?[0-9A-Fa-f:.]{2,64}\\]?(?::\\d{1,5})?)';
const SOURCE = '[\\w./-]{1,60}(?::\\d{1,6}(?: in)? [\\w-]{1,64})?: ';
const form = (source: string) => new RegExp(`^(?:${SOURCE})?${source}$`, 's');

/** `SecurityEvent="X",…,AccountID="…",…,RemoteAddress="IPV4/UDP/ADDRESS/PORT"`; the account stands first. */
const EVENT = (name: string) =>
  form(
    `SecurityEvent="${name}",(?:[A-Za-z]{1,32}="[^"]{0,120}",){0,5}?(?:AccountID="(?<user>[^"]*)",)(?:.*,)?RemoteAddress="IPV[46]/(?:UDP|TCP|TLS|WS|WSS)/${ADDR}/(?<port>\\d{1,5})"(?:,.*)?`,
  );
const REMOTE = ',RemoteAddress="';

const WHY =
  '(?:Wrong password|Username/auth name mismatch|No matching peer found|Not a local domain|Device does not match ACL|Peer is not supposed to register|ACL error \\(permit/deny\\)|Unknown error|Error: unsupported transport|Not local domain|Bad request protocol Packet)';

const ASTERISK = [
  failed('authentication_failure', EVENT('(?:InvalidPassword|ChallengeResponseFailed)'), REMOTE),
  failed('invalid_user', EVENT('InvalidAccountID'), REMOTE),
  refused('acl', EVENT('(?:FailedACL|UnexpectedAddress|RequestNotAllowed|AuthMethodNotAllowed)'), REMOTE),
  refused(
    'bad_protocol',
    EVENT(
      '(?:RequestBadFormat|RequestNotSupported|InvalidTransport|MemoryLimit|LoadAverageLimit|SessionLimit)',
    ),
    REMOTE,
  ),
  succeeded(EVENT('SuccessfulAuth'), REMOTE),
  failed(
    'authentication_failure',
    form(`Registration from '.*' failed for '${PEER}' - ${WHY}`),
    "' failed for '",
  ),
  failed(
    'authentication_failure',
    form(
      `Request '[A-Z]{1,12}' from '.*' failed for '${PEER}' \\(callid: .*\\) - (?:No matching endpoint found(?: after \\d{1,6} tries in [\\d.]{1,12} ms)?|Failed to authenticate|Not match Endpoint (?:Contact )?ACL|Error to authenticate)`,
    ),
    "' failed for '",
  ),
  refused(
    'unknown_extension',
    form(
      `Call from '[^']*' \\(${PEER}\\) to extension '.*' rejected because extension not found in context '[\\w-]{1,80}'\\.?`,
    ),
    "' rejected because extension not found in context '",
  ),
  failed(
    'authentication_failure',
    form(`(?:Host )?${ADDR} failed (?:to authenticate as|MD5 authentication for) '(?<user>[^']*)'.*`),
  ),
  failed(
    'authentication_failure',
    form(
      `(?:Host )?${ADDR} (?:tried to authenticate with nonexistent user|has no user named) '(?<user>[^']*)'.*`,
    ),
  ),
  failed('authentication_failure', form(`No registration for peer '(?<user>[^']*)' \\(from ${ADDR}\\)`)),
  refused('acl', form(`(?:Rejecting|Denied) unauthorized connection from ${ADDR}.*`)),
];

/** Asterisk 11 to 22: the security log, chan_sip, res_pjsip, manager, chan_iax2. */
export const asterisk: MessageParser = {
  name: 'asterisk',
  programs: ['asterisk'],
  parse: (message, event) => {
    // Through syslog the level stands in front of the message.
    const level =
      /^(?:SECURITY|NOTICE|WARNING|ERROR|VERBOSE)\[\d{1,10}\](?:\[C-[0-9a-f]{4,12}\])?:? (?:in \w{1,40}: )?/.exec(
        message.slice(0, 120),
      );
    return matchForms(ASTERISK, level === null ? message : message.slice(level[0].length), event, 'asterisk');
  },
};

export const asteriskFormat = serviceFile({
  title: 'Asterisk’s messages, full and security logs',
  head: /^\[(?:(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{3})?)|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d)\] (?=(?:SECURITY|NOTICE|WARNING|ERROR|VERBOSE|DEBUG|DTMF)\[\d{1,10}\])/,
  parser: asterisk,
});

/** FreeSWITCH (sofia_reg.c, sofia.c): nothing follows the address. */
export const freeswitch = messagesOf(
  'freeswitch',
  ['freeswitch'],
  [
    failed(
      'authentication_failure',
      new RegExp(
        `^(?:sofia_reg\\.c:\\d{1,6} )?SIP auth failure \\([A-Z]{4,12}\\) on sofia profile '[^']{1,80}' for \\[(?<user>.*)\\] from ip ${ADDR}$`,
        's',
      ),
    ),
    failed(
      'invalid_user',
      new RegExp(`^(?:sofia_reg\\.c:\\d{1,6} )?Can't find user \\[(?<user>.*)\\] from ${ADDR}$`, 's'),
    ),
    refused('acl', new RegExp(`^(?:sofia\\.c:\\d{1,6} )?IP ${ADDR} Rejected by (?:register )?acl .*$`, 's')),
  ],
);

export const freeswitchFormat = serviceFile({
  title: 'FreeSWITCH',
  head: /^(?<iso>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}) (?:[\d.]{1,8}% )?\[(?:DEBUG|INFO|NOTICE|WARNING|ERR|CRIT|ALERT|CONSOLE)\] (?=[\w.]{1,40}:\d{1,6} )/,
  parser: freeswitch,
});
