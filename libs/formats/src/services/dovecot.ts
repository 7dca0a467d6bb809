import type { MessageParser } from '../syslog/messages/message-parser.ts';
import { checked, type Form, failed, matchForms, refused, succeeded } from './form.ts';

const LOGIN = '(?<proto>imap|pop3|managesieve|submission|sieve)(?:-urlauth)?-login: (?:Info: |Login: )?';
const END = '(?:Disconnected|Aborted login|Login aborted|Connection closed)(?:: [^<>]{1,300}?)?';
/** login_log_format_elements of the default configuration; the name is the client's, `rip=` after it is dovecot's. */
const WHO =
  'user=<(?<user>.*)>, (?:method=(?<method>[\\w-]{1,32}), )?rip=(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])(?:, .*)?$';
const BACKEND = '(?:pam|sql|ldap|passwd|passwd-file|shadow|checkpassword|static|lua|bsdauth|policy)';

const FORMS: readonly Form[] = [
  failed(
    'authentication_failure',
    new RegExp(
      `^${LOGIN}${END} \\(auth failed, (?<count>\\d{1,6}) attempts? in \\d{1,9} secs\\)(?: \\([\\w ]{1,40}\\))?: ${WHO}`,
      's',
    ),
  ),
  failed(
    'authentication_failure',
    new RegExp(
      `^${LOGIN}${END} \\((?:auth failed, (?<count>\\d{1,6}) attempts?|tried to use (?:disabled|disallowed) plaintext auth|client didn't finish SASL auth[^()]{0,40})\\)(?: \\([\\w ]{1,40}\\))?: ${WHO}`,
      's',
    ),
  ),
  refused(
    'no_authentication',
    new RegExp(
      `^${LOGIN}${END} \\(no auth attempts(?: in \\d{1,9} secs)?\\)(?: \\([\\w ]{1,40}\\))?: ${WHO}`,
      's',
    ),
  ),
  succeeded(
    new RegExp(
      `^(?<proto>imap|pop3|managesieve|submission|sieve)-login: (?:Info: )?(?:Login|Logged in): ${WHO}`,
      's',
    ),
  ),
  checked(
    'authentication_failure',
    new RegExp(
      `^auth(?:-worker)?(?:\\(\\d{1,10}\\))?: (?:(?:Info|Error|Warning|Debug): )?(?:conn unix:[\\w./-]{1,80} \\(pid=\\d{1,10},uid=\\d{1,10}\\): auth-worker<\\d{1,10}>: )?(?:${BACKEND})\\((?<user>[^,()]*),(?<addr>[0-9A-Fa-f:.]{1,63}[0-9A-Fa-f:])(?:,[^()]{0,80})?\\): (?:pam_authenticate\\(\\) failed: |unknown user|[Pp]assword mismatch|Login failed|invalid credentials|Password verification failed|Requested login_user)[^,]*$`,
      's',
    ),
  ),
];

/**
 * Dovecot 1 to 2.4: login processes (login-common/client-common.c) and passdb backends (auth/auth-request.c). Its own log
 * has the process where syslog has `dovecot`.
 */
export const dovecot: MessageParser = {
  name: 'dovecot',
  programs: [
    'dovecot',
    'dovecot-auth',
    'imap-login',
    'pop3-login',
    'managesieve-login',
    'submission-login',
    'auth-worker',
    'auth',
  ],
  parse(message, event, { program = 'dovecot' }) {
    const own = program.startsWith('dovecot');
    return matchForms(FORMS, own ? message : `${program}: ${message}`, event, 'dovecot');
  },
};
