export type { IntakeToken } from './bearer-tokens.ts';
export { createIntakeCounters, type IntakeCounters } from './counters.ts';
export {
  type BatchEnvelope,
  type CheckpointEnvelope,
  decodeEnvelope,
  type Envelope,
  EnvelopeError,
  encodeCheckpoint,
  encodeEnvelope,
  type SequenceEntry,
} from './envelope.ts';
export { JournalWithRoom } from './journal-with-room.ts';
export { type OtlpRoutesOptions, otlpRoutes } from './otlp-routes.ts';
export type { RefusalReason } from './refusal.ts';
export { type Claim, SequenceTable } from './sequence-table.ts';
export { SERVER_LIMITS } from './server-limits.ts';
export { decodeSyslogLines, encodeSyslogLines, type SyslogLine } from './syslog-lines.ts';
export {
  createSyslogTcp,
  type SyslogTcp,
  type SyslogTcpCounters,
  type SyslogTcpOptions,
} from './syslog-tcp.ts';
export {
  createSyslogUdp,
  type SyslogUdp,
  type SyslogUdpCounters,
  type SyslogUdpOptions,
} from './syslog-udp.ts';
