import { checkSize } from './any-value.ts';
import type { AttributeReader } from './attributes.ts';
import { WIRE } from './message-writer.ts';
import type { Attributes, AttributeValue, DecodedScope } from './port.ts';
import type { DecodeLimits, WireCursor } from './wire-cursor.ts';

/**
 * The Resource (field 1) of a ResourceLogs or ResourceMetrics that ends at `end`. Looks ahead: protobuf allows it
 * to stand after what it describes. Leaves the cursor where it was.
 */
export function readResource(
  cursor: WireCursor,
  end: number,
  reader: AttributeReader,
  limits: DecodeLimits,
): Attributes {
  const attributes: Record<string, AttributeValue> = {};
  let count = 0;
  eachFirstField(cursor, end, limits, (stop) => {
    while (cursor.pos < stop) {
      cursor.tag(stop);
      if (cursor.field === 1) {
        count += 1;
        reader.into(attributes, cursor, stop, count);
      } else {
        cursor.skip(stop, limits.maxDepth);
      }
    }
  });
  return attributes;
}

/** The InstrumentationScope (field 1) of a ScopeLogs or ScopeMetrics, likewise: name 1, attributes 3. */
export function readScope(
  cursor: WireCursor,
  end: number,
  resource: Attributes,
  reader: AttributeReader,
  limits: DecodeLimits,
): DecodedScope {
  const scope: Record<string, AttributeValue> = {};
  let scopeName = '';
  let count = 0;
  eachFirstField(cursor, end, limits, (stop) => {
    while (cursor.pos < stop) {
      cursor.tag(stop);
      if (cursor.field === 1) {
        scopeName = readText(cursor, stop, limits);
      } else if (cursor.field === 3) {
        count += 1;
        reader.into(scope, cursor, stop, count);
      } else {
        cursor.skip(stop, limits.maxDepth);
      }
    }
  });
  return { resource, scopeName, scope };
}

/** The text of a string field whose tag was just read. */
export function readText(cursor: WireCursor, end: number, limits: DecodeLimits): string {
  cursor.expect(WIRE.bytes);
  const stop = cursor.lengthEnd(end);
  checkSize('text', stop - cursor.pos, limits.maxValueBytes);
  const text = cursor.buffer.toString('utf8', cursor.pos, stop);
  cursor.pos = stop;
  return text;
}

function eachFirstField(
  cursor: WireCursor,
  end: number,
  limits: DecodeLimits,
  read: (stop: number) => void,
): void {
  const start = cursor.pos;
  while (cursor.pos < end) {
    cursor.tag(end);
    if (cursor.field === 1) {
      cursor.expect(WIRE.bytes);
      read(cursor.lengthEnd(end));
    } else {
      cursor.skip(end, limits.maxDepth);
    }
  }
  cursor.pos = start;
}
