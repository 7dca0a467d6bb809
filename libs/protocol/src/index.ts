export { readBatchIdentity, writeBatchIdentity } from './batch-identity.ts';
export { compressZstd, contentEncoding, decompressBody } from './body.ts';
export { decodeLogs } from './decode-logs.ts';
export { decodeMetrics, validateMetrics } from './decode-metrics.ts';
export {
  createLogsEncoder,
  type LogsEncoder,
  type LogsEncoderOptions,
  type LogsScope,
} from './encode-logs.ts';
export { type EncodablePoint, encodeMetrics } from './encode-metrics.ts';
export {
  ATTRIBUTES,
  type Attributes,
  type AttributeValue,
  BATCH_HEADERS,
  type BatchIdentity,
  type ContentEncoding,
  type DecodedLog,
  type DecodedPoint,
  type DecodedScope,
  ProtocolError,
} from './port.ts';
export type { SenderResource } from './resource.ts';
export { exportResponse, PROTOBUF_CONTENT_TYPE, statusMessage } from './responses.ts';
export { type LogsSummary, validateLogs } from './validate-logs.ts';
export { DEFAULT_DECODE_LIMITS, type DecodeLimits } from './wire-cursor.ts';
export { type ZstdFrame, zstdFrameAt, zstdFrames } from './zstd-frames.ts';
