/** What stands around a message: who wrote it, where and when. One per line, whatever its framing was. */
export interface Frame {
  /** Integer microseconds since the epoch; absent where the line has no time or its year cannot be known. */
  timeUs?: number;
  host?: string;
  /** The tag without pid, as logged: `sshd`, `postfix/smtpd`, `/usr/sbin/cron`. */
  program?: string;
  /** The PAM module in old tags: `pam_unix` of `sshd(pam_unix)[123]:`. */
  module?: string;
  pid?: number;
  /** RFC 5424 and 3164 priority, split. */
  facility?: number;
  severity?: number;
  /** RFC 5424 MSGID and STRUCTURED-DATA as logged, absent where nil. */
  messageId?: string;
  structuredData?: string;
  /** What follows the tag, as logged. */
  message: string;
}
