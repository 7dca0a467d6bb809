import { stringField, varintField } from './message-writer.ts';

export const PROTOBUF_CONTENT_TYPE = 'application/x-protobuf';

/**
 * ExportLogsServiceResponse and ExportMetricsServiceResponse for full success: no `partial_success`, and so no
 * bytes at all.
 */
export function exportResponse(): Buffer {
  return Buffer.alloc(0);
}

/** google.rpc.Status (code 1, message 2), the body that OTLP/HTTP has for refusals. */
export function statusMessage(code: number, message: string): Buffer {
  return Buffer.concat([varintField(1, code), stringField(2, message)]);
}
