/**
 * The wire: OTLP/HTTP protobuf (opentelemetry-proto 1.x, logs/v1 and metrics/v1), plus three headers by which
 * NADIR knows a batch of TOM's again.
 */

/** HTTP headers of a batch that has an identity. A sender without them gets at-least-once. */
export const BATCH_HEADERS = {
  /** Agent id: 1 to 64 of `[A-Za-z0-9._-]`. */
  agent: 'x-tom-agent',
  /** Spool epoch: made anew when the spool is; 1 to 32 of `[A-Za-z0-9]`. */
  epoch: 'x-tom-epoch',
  /** Batch sequence number within the epoch: grows by one from 1; decimal. */
  sequence: 'x-tom-sequence',
} as const;

export interface BatchIdentity {
  readonly agent: string;
  readonly epoch: string;
  readonly sequence: number;
}

/** Attribute names that the suite adds to OpenTelemetry's. */
export const ATTRIBUTES = {
  /** Resource. */
  host: 'host.name',
  service: 'service.name',
  agent: 'service.instance.id',
  version: 'service.version',
  /** Scope: one ScopeLogs per stream per batch. */
  path: 'log.file.path',
  kind: 'suite.source.kind',
  stream: 'suite.stream',
  format: 'suite.format',
  user: 'user.name',
  /** Record: byte offset of the line in its stream, int. */
  offset: 'log.offset',
} as const;

export type ContentEncoding = 'identity' | 'gzip' | 'zstd';

/** What a decoder does with an attribute's value; nested arrays and maps come as JSON text. */
export type AttributeValue = string | number | boolean;
export type Attributes = Readonly<Record<string, AttributeValue>>;

/** One ScopeLogs with its resource. */
export interface DecodedScope {
  readonly resource: Attributes;
  readonly scopeName: string;
  readonly scope: Attributes;
}

export interface DecodedLog {
  /** 0n when the sender gave none. Nanoseconds since the epoch as the wire has it. */
  readonly timeUnixNano: bigint;
  readonly observedUnixNano: bigint;
  /** OTLP SeverityNumber, 0 when unknown. */
  readonly severity: number;
  /** The body's bytes as they lie in the message (a view): string_value or bytes_value; other types as JSON text. */
  readonly body: Buffer;
  readonly attributes: Attributes;
}

/** One data point of a gauge or a sum (histograms and summaries come as their sum and count). */
export interface DecodedPoint {
  readonly name: string;
  readonly unit: string;
  readonly attributes: Attributes;
  readonly timeUnixNano: bigint;
  readonly value: number;
}

/** Refused input: says what and where, never the content. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: 'MALFORMED' | 'TOO_LARGE' | 'TOO_DEEP' | 'TOO_MANY' | 'BAD_ENCODING' | 'BAD_IDENTITY';
  constructor(code: ProtocolError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
