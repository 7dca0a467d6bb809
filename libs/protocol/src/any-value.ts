import { WIRE } from './message-writer.ts';
import { type AttributeValue, ProtocolError } from './port.ts';
import type { DecodeLimits, WireCursor } from './wire-cursor.ts';

type JsonValue = AttributeValue | null | JsonValue[] | { [key: string]: JsonValue };

/** Fields of AnyValue (common/v1). */
const ANY = { string: 1, bool: 2, int: 3, double: 4, array: 5, map: 6, bytes: 7 } as const;

const NOTHING = Buffer.alloc(0);

/**
 * An attribute's value from the AnyValue in `[cursor.pos, end)`. Integers outside the safe range come as decimal
 * text, bytes as base64, arrays and maps as JSON text, an empty value as empty text.
 */
export function readAttributeValue(cursor: WireCursor, end: number, limits: DecodeLimits): AttributeValue {
  const value = readAnyValue(cursor, end, limits.maxDepth, limits);
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** A log body: the bytes as they lie in the message where it is text or bytes, else as text. */
export function readBody(cursor: WireCursor, end: number, limits: DecodeLimits): Buffer {
  const start = cursor.pos;
  let body: Buffer | null = null;
  while (cursor.pos < end) {
    cursor.tag(end);
    if (cursor.wire === WIRE.bytes && (cursor.field === ANY.string || cursor.field === ANY.bytes)) {
      const stop = cursor.lengthEnd(end);
      checkSize('body', stop - cursor.pos, limits.maxBodyBytes);
      body = cursor.buffer.subarray(cursor.pos, stop);
      cursor.pos = stop;
    } else {
      cursor.skip(end, limits.maxDepth);
      body = null;
    }
  }
  if (body !== null || start === end) return body ?? NOTHING;
  cursor.pos = start;
  const bounds = { ...limits, maxValueBytes: limits.maxBodyBytes };
  const value = readAnyValue(cursor, end, limits.maxDepth, bounds);
  return value === null ? NOTHING : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}

/** Reads over an AnyValue and checks its structure and bounds. @returns bytes of its text or bytes. */
export function checkAnyValue(
  cursor: WireCursor,
  end: number,
  depth: number,
  maxBytes: number,
  limits: DecodeLimits,
): number {
  let bytes = 0;
  while (cursor.pos < end) {
    cursor.tag(end);
    switch (cursor.field) {
      case ANY.string:
      case ANY.bytes: {
        cursor.expect(WIRE.bytes);
        const stop = cursor.lengthEnd(end);
        bytes = stop - cursor.pos;
        checkSize('value', bytes, maxBytes);
        cursor.pos = stop;
        break;
      }
      case ANY.array:
      case ANY.map: {
        cursor.expect(WIRE.bytes);
        checkDepth(cursor, depth);
        checkElements(cursor, cursor.lengthEnd(end), cursor.field === ANY.map, depth - 1, limits);
        break;
      }
      default:
        expectScalar(cursor);
        cursor.skip(end, limits.maxDepth);
    }
  }
  return bytes;
}

function checkElements(
  cursor: WireCursor,
  end: number,
  isMap: boolean,
  depth: number,
  limits: DecodeLimits,
): void {
  let count = 0;
  while (cursor.pos < end) {
    cursor.tag(end);
    if (cursor.field !== 1) {
      cursor.skip(end, limits.maxDepth);
      continue;
    }
    cursor.expect(WIRE.bytes);
    count += 1;
    checkCount('elements', count, limits.maxAttributes);
    const stop = cursor.lengthEnd(end);
    if (isMap) checkKeyValue(cursor, stop, depth, limits);
    else checkAnyValue(cursor, stop, depth, limits.maxValueBytes, limits);
  }
}

/** Reads over a KeyValue: key 1, value 2. */
export function checkKeyValue(cursor: WireCursor, end: number, depth: number, limits: DecodeLimits): void {
  while (cursor.pos < end) {
    cursor.tag(end);
    if (cursor.field === 1) {
      cursor.expect(WIRE.bytes);
      const stop = cursor.lengthEnd(end);
      checkSize('key', stop - cursor.pos, limits.maxKeyBytes);
      cursor.pos = stop;
    } else if (cursor.field === 2) {
      cursor.expect(WIRE.bytes);
      checkAnyValue(cursor, cursor.lengthEnd(end), depth, limits.maxValueBytes, limits);
    } else {
      cursor.skip(end, limits.maxDepth);
    }
  }
}

function readAnyValue(cursor: WireCursor, end: number, depth: number, limits: DecodeLimits): JsonValue {
  let value: JsonValue = null;
  while (cursor.pos < end) {
    cursor.tag(end);
    expectScalar(cursor);
    switch (cursor.field) {
      case ANY.string:
      case ANY.bytes: {
        cursor.expect(WIRE.bytes);
        const stop = cursor.lengthEnd(end);
        checkSize('value', stop - cursor.pos, limits.maxValueBytes);
        value =
          cursor.field === ANY.string
            ? cursor.buffer.toString('utf8', cursor.pos, stop)
            : cursor.buffer.toString('base64', cursor.pos, stop);
        cursor.pos = stop;
        break;
      }
      case ANY.bool:
        cursor.varint64(end);
        value = cursor.low !== 0 || cursor.high !== 0;
        break;
      case ANY.int:
        cursor.varint64(end);
        value = signed64(cursor.low, cursor.high);
        break;
      case ANY.double:
        value = cursor.double(end);
        break;
      case ANY.array:
      case ANY.map: {
        cursor.expect(WIRE.bytes);
        checkDepth(cursor, depth);
        const isMap = cursor.field === ANY.map;
        const stop = cursor.lengthEnd(end);
        value = isMap ? readMap(cursor, stop, depth - 1, limits) : readArray(cursor, stop, depth - 1, limits);
        break;
      }
      default:
        cursor.skip(end, limits.maxDepth);
    }
  }
  return value;
}

function readArray(cursor: WireCursor, end: number, depth: number, limits: DecodeLimits): JsonValue[] {
  const values: JsonValue[] = [];
  while (cursor.pos < end) {
    cursor.tag(end);
    if (cursor.field !== 1) {
      cursor.skip(end, limits.maxDepth);
      continue;
    }
    cursor.expect(WIRE.bytes);
    checkCount('elements', values.length + 1, limits.maxAttributes);
    values.push(readAnyValue(cursor, cursor.lengthEnd(end), depth, limits));
  }
  return values;
}

function readMap(cursor: WireCursor, end: number, depth: number, limits: DecodeLimits): JsonValue {
  const entries: [string, JsonValue][] = [];
  while (cursor.pos < end) {
    cursor.tag(end);
    if (cursor.field !== 1) {
      cursor.skip(end, limits.maxDepth);
      continue;
    }
    cursor.expect(WIRE.bytes);
    checkCount('elements', entries.length + 1, limits.maxAttributes);
    const stop = cursor.lengthEnd(end);
    let key = '';
    let value: JsonValue = null;
    while (cursor.pos < stop) {
      cursor.tag(stop);
      if (cursor.field === 1) {
        cursor.expect(WIRE.bytes);
        const keyEnd = cursor.lengthEnd(stop);
        checkSize('key', keyEnd - cursor.pos, limits.maxKeyBytes);
        key = cursor.buffer.toString('utf8', cursor.pos, keyEnd);
        cursor.pos = keyEnd;
      } else if (cursor.field === 2) {
        cursor.expect(WIRE.bytes);
        value = readAnyValue(cursor, cursor.lengthEnd(stop), depth, limits);
      } else {
        cursor.skip(stop, limits.maxDepth);
      }
    }
    entries.push([key, value]);
  }
  return Object.fromEntries(entries);
}

function expectScalar(cursor: WireCursor): void {
  if (cursor.field === ANY.bool || cursor.field === ANY.int) cursor.expect(WIRE.varint);
  else if (cursor.field === ANY.double) cursor.expect(WIRE.fixed64);
}

function signed64(low: number, high: number): number | string {
  const value = (high | 0) * 0x100000000 + low;
  if (Number.isSafeInteger(value)) return value;
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)).toString();
}

function checkDepth(cursor: WireCursor, depth: number): void {
  if (depth <= 0) throw new ProtocolError('TOO_DEEP', `values nest too deep at byte ${cursor.pos}`);
}

export function checkSize(what: string, bytes: number, max: number): void {
  if (bytes > max)
    throw new ProtocolError('TOO_LARGE', `${what} of ${bytes} bytes, at most ${max} are taken`);
}

export function checkCount(what: string, count: number, max: number): void {
  if (count > max) throw new ProtocolError('TOO_MANY', `more than ${max} ${what}`);
}
