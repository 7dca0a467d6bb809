import { checkCount, readBody } from './any-value.ts';
import { AttributeReader } from './attributes.ts';
import { WIRE } from './message-writer.ts';
import type { AttributeValue, DecodedLog, DecodedScope } from './port.ts';
import { readResource, readScope } from './scope-reader.ts';
import { DEFAULT_DECODE_LIMITS, type DecodeLimits, WireCursor } from './wire-cursor.ts';

const EMPTY_BODY = Buffer.alloc(0);

/**
 * Walks an ExportLogsServiceRequest (collector/logs/v1) in the order of the message: `onScope` once per
 * ScopeLogs, then `onLog` for each of its records. Bodies are views of `request`. Unknown fields are skipped.
 * UTF-8 is not checked: text that is not comes with replacement characters, bodies as they are.
 * @throws ProtocolError, possibly after some calls: use `validateLogs` first where that matters.
 */
export function decodeLogs(
  request: Buffer,
  onScope: (scope: DecodedScope) => void,
  onLog: (log: DecodedLog) => void,
  limits: DecodeLimits = DEFAULT_DECODE_LIMITS,
): void {
  const cursor = new WireCursor(request);
  const attributes = new AttributeReader(limits);
  const end = request.length;
  let records = 0;
  while (cursor.pos < end) {
    if (cursor.tag(end) !== 1) {
      cursor.skip(end, limits.maxDepth);
      continue;
    }
    cursor.expect(WIRE.bytes);
    const resourceEnd = cursor.lengthEnd(end);
    const resource = readResource(cursor, resourceEnd, attributes, limits);
    while (cursor.pos < resourceEnd) {
      if (cursor.tag(resourceEnd) !== 2) {
        cursor.skip(resourceEnd, limits.maxDepth);
        continue;
      }
      cursor.expect(WIRE.bytes);
      const scopeEnd = cursor.lengthEnd(resourceEnd);
      onScope(readScope(cursor, scopeEnd, resource, attributes, limits));
      while (cursor.pos < scopeEnd) {
        if (cursor.tag(scopeEnd) !== 2) {
          cursor.skip(scopeEnd, limits.maxDepth);
          continue;
        }
        cursor.expect(WIRE.bytes);
        records += 1;
        checkCount('log records', records, limits.maxRecords);
        onLog(readLog(cursor, cursor.lengthEnd(scopeEnd), attributes, limits));
      }
    }
  }
}

/** One LogRecord (logs/v1). */
function readLog(cursor: WireCursor, end: number, reader: AttributeReader, limits: DecodeLimits): DecodedLog {
  let timeUnixNano = 0n;
  let observedUnixNano = 0n;
  let severity = 0;
  let body: Buffer = EMPTY_BODY;
  let count = 0;
  const attributes: Record<string, AttributeValue> = {};
  while (cursor.pos < end) {
    cursor.tag(end);
    switch (cursor.field) {
      case 1:
        cursor.expect(WIRE.fixed64);
        timeUnixNano = cursor.fixed64BigInt(end);
        break;
      case 2:
        cursor.expect(WIRE.varint);
        cursor.varint64(end);
        severity = cursor.high === 0 && cursor.low <= 24 ? cursor.low : 0;
        break;
      case 5:
        cursor.expect(WIRE.bytes);
        body = readBody(cursor, cursor.lengthEnd(end), limits);
        break;
      case 6:
        count += 1;
        reader.into(attributes, cursor, end, count);
        break;
      case 11:
        cursor.expect(WIRE.fixed64);
        observedUnixNano = cursor.fixed64BigInt(end);
        break;
      default:
        cursor.skip(end, limits.maxDepth);
    }
  }
  return { timeUnixNano, observedUnixNano, severity, body, attributes };
}
