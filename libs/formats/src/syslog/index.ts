export type { Frame } from './frame.ts';
export { journaldFormat } from './journald.ts';
export { parseMessage } from './parse-message.ts';
export { syslogFormat } from './syslog-format.ts';
