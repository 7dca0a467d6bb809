import { failed, messagesOf, refused, succeeded } from './form.ts';

/** `NAME[ADDRESS]` and since 3.x with a port; the name is from DNS and holds neither bracket nor space. */
const CLIENT = '[^\\s[\\]]{1,255}\\[(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])\\](?::(?<port>\\d{1,5}))?';
const SCREENED = '\\[(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])\\]:(?<port>\\d{1,5})';
const QUEUE = '(?:NOQUEUE|[0-9A-Za-z]{6,20})';
/** `554 5.7.1 <x>: `: what is in the brackets is the client's, so what it says is not looked at. */
const REPLY = '(?:\\d{3} )?(?:\\d\\.\\d{1,2}\\.\\d{1,3} )?(?:<[^<>]{0,320}>: )?';

const rejected = (reason: string, words: string) =>
  refused(
    reason,
    new RegExp(`^${QUEUE}: (?:milter-)?reject: [A-Z][\\w-]{2,20} from ${CLIENT}: ${REPLY}${words}.*$`, 's'),
  );
const screened = (reason: string, words: string) =>
  refused(reason, new RegExp(`^${words}${SCREENED}(?:[:, ].*)?$`, 's'));

/** Postfix 2 and 3: smtpd and its kin (smtpd.c, smtpd_sasl_glue.c, smtpd_check.c), postscreen, anvil's limits. */
export const postfix = messagesOf(
  'postfix',
  [
    'postfix/smtpd',
    'postfix/smtps/smtpd',
    'postfix/submission/smtpd',
    'postfix/submissions/smtpd',
    'postfix/postscreen',
    'postfix/dnsblog',
    'postfix/cleanup',
    'postfix',
    'smtpd',
    'postscreen',
  ],
  [
    failed(
      'authentication_failure',
      new RegExp(
        `^(?:warning: )?${CLIENT}: SASL (?<method>[\\w-]{1,32}) authentication (?:failed|aborted)(?:: .*?)?(?:, sasl_username=(?<user>.*))?$`,
        's',
      ),
    ),
    succeeded(
      new RegExp(
        `^[0-9A-Za-z]{6,20}: client=${CLIENT}, sasl_method=(?<method>[\\w-]{1,32}), sasl_username=(?<user>[^,]*)(?:, sasl_sender=.*)?$`,
        's',
      ),
    ),
    rejected('relay_denied', '(?:Relay access denied|Relaying denied)'),
    rejected('unknown_recipient', 'Recipient address rejected: (?:User unknown|undeliverable|Unknown user)'),
    rejected('recipient_rejected', 'Recipient address rejected'),
    rejected('sender_rejected', 'Sender address rejected'),
    rejected('helo_rejected', '(?:Helo command rejected|Client host rejected: cannot find your)'),
    rejected(
      'blocklisted',
      '(?:Service unavailable; (?:Client host|client|Sender address|Helo command) \\[[^\\]]{1,255}\\] blocked using )',
    ),
    rejected('client_rejected', '(?:Client host rejected|Access denied|Protocol error)'),
    rejected('rejected', ''),
    refused(
      'lost_connection',
      new RegExp(`^lost connection after (?:AUTH|UNKNOWN|STARTTLS|EHLO|HELO|CONNECT) from ${CLIENT}$`),
    ),
    refused(
      'too_many_errors',
      new RegExp(`^too many errors after [A-Z][\\w-]{2,20}(?: \\(\\d{1,9} bytes\\))? from ${CLIENT}$`),
    ),
    refused(
      'pipelining',
      new RegExp(
        `^(?:warning: )?improper command pipelining after [A-Z][\\w-]{2,20} from ${CLIENT}(?:: .*)?$`,
        's',
      ),
    ),
    refused(
      'bad_protocol',
      new RegExp(`^(?:warning: )?non-(?:SMTP|E?SMTP) command from ${CLIENT}: .*$`, 's'),
    ),
    refused(
      'rate_limit',
      new RegExp(
        `^(?:warning: )?(?:Connection|Message|Recipient|AUTH|New TLS session|Message delivery request) (?:rate|concurrency) limit exceeded: \\d{1,9} from ${CLIENT} for service \\S{1,64}$`,
      ),
    ),
    refused('tls_handshake', new RegExp(`^SSL_accept error from ${CLIENT}: .*$`, 's')),
    refused(
      'unauthenticated_auth',
      new RegExp(
        `^disconnect from ${CLIENT}(?: [a-z]{2,10}=\\d{1,6}(?:/\\d{1,6})?){0,8}? auth=0/(?<count>\\d{1,6})(?: [a-z]{2,10}=\\d{1,6}(?:/\\d{1,6})?){0,12}$`,
      ),
    ),
    refused(
      'blocklisted',
      new RegExp(
        `^NOQUEUE: reject: RCPT from ${SCREENED}: ${REPLY}Service unavailable; client \\[[^\\]]{1,64}\\] blocked using .*$`,
        's',
      ),
    ),
    refused('rejected', new RegExp(`^NOQUEUE: reject: (?:RCPT|CONNECT) from ${SCREENED}: .*$`, 's')),
    screened('pregreet', 'PREGREET \\d{1,9} after \\d{1,9}(?:\\.\\d{1,6})? from '),
    screened('blocklisted', 'DNSBL rank \\d{1,6} for '),
    screened('hangup', 'HANGUP after \\d{1,9}(?:\\.\\d{1,6})? from '),
    screened('pipelining', 'COMMAND (?:PIPELINING|LENGTH LIMIT|COUNT LIMIT|TIME LIMIT) from '),
    screened('bad_protocol', '(?:BARE NEWLINE|NON-SMTP COMMAND) from '),
    screened('denylisted', '(?:BLACKLISTED|DENYLISTED|WHITELIST VETO|ALLOWLIST VETO) '),
  ],
);
