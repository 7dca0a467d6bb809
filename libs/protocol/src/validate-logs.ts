import { checkAnyValue, checkCount, checkKeyValue } from './any-value.ts';
import { WIRE } from './message-writer.ts';
import { DEFAULT_DECODE_LIMITS, type DecodeLimits, WireCursor } from './wire-cursor.ts';

export interface LogsSummary {
  readonly records: number;
  /** Bytes of all bodies that are text or bytes. */
  readonly bytes: number;
}

/**
 * Checks that `decodeLogs` with the same limits reads the whole request, without making anything of it. Stricter
 * where a record gives a field twice and only the last counts: the first must be well-formed, too.
 * @throws ProtocolError
 */
export function validateLogs(request: Buffer, limits: DecodeLimits = DEFAULT_DECODE_LIMITS): LogsSummary {
  const cursor = new WireCursor(request);
  const end = request.length;
  let records = 0;
  let bytes = 0;
  while (cursor.pos < end) {
    cursor.tag(end);
    if (cursor.field !== 1) {
      cursor.skip(end, limits.maxDepth);
      continue;
    }
    cursor.expect(WIRE.bytes);
    const resourceEnd = cursor.lengthEnd(end);
    let resourceAttributes = 0;
    while (cursor.pos < resourceEnd) {
      cursor.tag(resourceEnd);
      if (cursor.field === 1) {
        cursor.expect(WIRE.bytes);
        resourceAttributes = checkAttributesIn(
          cursor,
          cursor.lengthEnd(resourceEnd),
          1,
          resourceAttributes,
          limits,
        );
        continue;
      }
      if (cursor.field !== 2) {
        cursor.skip(resourceEnd, limits.maxDepth);
        continue;
      }
      cursor.expect(WIRE.bytes);
      const scopeEnd = cursor.lengthEnd(resourceEnd);
      let scopeAttributes = 0;
      while (cursor.pos < scopeEnd) {
        cursor.tag(scopeEnd);
        if (cursor.field === 2) {
          cursor.expect(WIRE.bytes);
          records += 1;
          checkCount('log records', records, limits.maxRecords);
          bytes += checkLog(cursor, cursor.lengthEnd(scopeEnd), limits);
        } else if (cursor.field === 1) {
          cursor.expect(WIRE.bytes);
          scopeAttributes = checkAttributesIn(cursor, cursor.lengthEnd(scopeEnd), 3, scopeAttributes, limits);
        } else {
          cursor.skip(scopeEnd, limits.maxDepth);
        }
      }
    }
  }
  return { records, bytes };
}

/** A Resource (attributes 1) or an InstrumentationScope (name 1, attributes 3). @returns the count so far. */
export function checkAttributesIn(
  cursor: WireCursor,
  end: number,
  field: 1 | 3,
  countBefore: number,
  limits: DecodeLimits,
): number {
  let count = countBefore;
  while (cursor.pos < end) {
    cursor.tag(end);
    if (cursor.field === field) {
      cursor.expect(WIRE.bytes);
      count += 1;
      checkCount('attributes', count, limits.maxAttributes);
      checkKeyValue(cursor, cursor.lengthEnd(end), limits.maxDepth, limits);
    } else if (cursor.field === 1) {
      cursor.expect(WIRE.bytes);
      cursor.pos = cursor.lengthEnd(end);
    } else {
      cursor.skip(end, limits.maxDepth);
    }
  }
  return count;
}

function checkLog(cursor: WireCursor, end: number, limits: DecodeLimits): number {
  let bytes = 0;
  let count = 0;
  while (cursor.pos < end) {
    cursor.tag(end);
    switch (cursor.field) {
      case 1:
      case 11:
        cursor.expect(WIRE.fixed64);
        cursor.skip(end, limits.maxDepth);
        break;
      case 2:
        cursor.expect(WIRE.varint);
        cursor.skip(end, limits.maxDepth);
        break;
      case 5:
        cursor.expect(WIRE.bytes);
        bytes = checkAnyValue(cursor, cursor.lengthEnd(end), limits.maxDepth, limits.maxBodyBytes, limits);
        break;
      case 6:
        cursor.expect(WIRE.bytes);
        count += 1;
        checkCount('attributes', count, limits.maxAttributes);
        checkKeyValue(cursor, cursor.lengthEnd(end), limits.maxDepth, limits);
        break;
      default:
        cursor.skip(end, limits.maxDepth);
    }
  }
  return bytes;
}
