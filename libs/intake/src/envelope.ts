import type { BatchIdentity, ContentEncoding } from '@suite/protocol';

/** What a record of the intake's journal holds. */
export type Envelope = BatchEnvelope | CheckpointEnvelope;

/** One accepted request, or one group of syslog lines, its body as it was received. */
export interface BatchEnvelope {
  readonly kind: 'batch';
  /** `syslog`: the body is `encodeSyslogLines`; otherwise an OTLP export request. */
  readonly signal: 'logs' | 'metrics' | 'syslog';
  /** How the body is still compressed. */
  readonly encoding: ContentEncoding;
  readonly identity: BatchIdentity | null;
  /** Name of the token that vouched for it; null for syslog. */
  readonly sender: string | null;
  /** The peer's address without port. */
  readonly remote: string;
  readonly userAgent: string;
  readonly receivedUs: number;
  /** Size of the body when decompressed. */
  readonly rawBytes: number;
  /** Log records, data points or lines in it. */
  readonly records: number;
  readonly body: Buffer;
}

/** The sequence table at the time when a segment began. */
export interface CheckpointEnvelope {
  readonly kind: 'checkpoint';
  readonly sequences: readonly SequenceEntry[];
}

/** Last batch seen of one spool of one agent. */
export interface SequenceEntry {
  readonly sender: string;
  readonly agent: string;
  readonly epoch: string;
  readonly sequence: number;
}

/** A record that no version of this program wrote whole. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
}

/**
 * Version (1 byte), length of the header (4 bytes, little endian), header as JSON, body to the end of the record.
 * The journal guards all of it by its checksum.
 */
const VERSION = 1;
const PREFIX_BYTES = 5;
const MAX_USER_AGENT_CHARS = 200;

/** Chunks for `Journal.append`; the body is not copied. */
export function encodeEnvelope(envelope: BatchEnvelope): Buffer[] {
  const { body, ...header } = envelope;
  const userAgent = header.userAgent.slice(0, MAX_USER_AGENT_CHARS);
  return [head(JSON.stringify({ ...header, userAgent })), body];
}

export function encodeCheckpoint(sequences: readonly SequenceEntry[]): Buffer {
  return head(JSON.stringify({ kind: 'checkpoint', sequences }));
}

/** The body is a view of the record. @throws EnvelopeError */
export function decodeEnvelope(record: Buffer): Envelope {
  if (record.length < PREFIX_BYTES) throw new EnvelopeError('record is shorter than its prefix');
  if (record[0] !== VERSION)
    throw new EnvelopeError(`record has version ${record[0]}, this reads ${VERSION}`);
  const bodyAt = PREFIX_BYTES + record.readUInt32LE(1);
  if (bodyAt > record.length) throw new EnvelopeError('header reaches past the record');
  let header: unknown;
  try {
    header = JSON.parse(record.toString('utf8', PREFIX_BYTES, bodyAt));
  } catch (error) {
    throw new EnvelopeError('header is no JSON', { cause: error });
  }
  if (typeof header !== 'object' || header === null || !('kind' in header)) {
    throw new EnvelopeError('header names no kind');
  }
  if (header.kind === 'checkpoint') return header as CheckpointEnvelope;
  if (header.kind !== 'batch') throw new EnvelopeError('header names an unknown kind');
  return { ...(header as Omit<BatchEnvelope, 'body'>), body: record.subarray(bodyAt) };
}

function head(json: string): Buffer {
  const bytes = Buffer.byteLength(json);
  const out = Buffer.allocUnsafe(PREFIX_BYTES + bytes);
  out[0] = VERSION;
  out.writeUInt32LE(bytes, 1);
  out.write(json, PREFIX_BYTES, 'utf8');
  return out;
}
