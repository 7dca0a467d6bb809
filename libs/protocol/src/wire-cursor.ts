import { WIRE } from './message-writer.ts';
import { ProtocolError } from './port.ts';

/** How far a decoder goes along with a sender. */
export interface DecodeLimits {
  /** LogRecords or data points in one request. */
  readonly maxRecords: number;
  /** Attributes of one resource, scope, record or point, and elements of one array or map. */
  readonly maxAttributes: number;
  readonly maxKeyBytes: number;
  /** Text or bytes of one attribute, name or unit. */
  readonly maxValueBytes: number;
  /** One log record's body. */
  readonly maxBodyBytes: number;
  /** Nesting of AnyValue in arrays and maps, and of unknown groups. */
  readonly maxDepth: number;
}

export const DEFAULT_DECODE_LIMITS: DecodeLimits = {
  maxRecords: 1_000_000,
  maxAttributes: 1024,
  maxKeyBytes: 4096,
  maxValueBytes: 1024 * 1024,
  maxBodyBytes: 16 * 1024 * 1024,
  maxDepth: 16,
};

export function malformed(what: string, at: number): ProtocolError {
  return new ProtocolError('MALFORMED', `${what} at byte ${at}`);
}

/**
 * Reads protobuf primitives off a Buffer. Every read is checked against the end of the message that it lies in,
 * which the caller hands in: a nested message cannot reach past its parent.
 */
export class WireCursor {
  readonly buffer: Buffer;
  pos = 0;
  /** Set by `tag`. */
  field = 0;
  wire = 0;
  /** Set by `varint64` and `fixed64`: the two halves, unsigned. */
  low = 0;
  high = 0;
  /** Last times made, by their halves: lines of one block share one, and a BigInt costs an allocation. */
  private timeLow = 0;
  private timeHigh = 0;
  private time = 0n;

  constructor(buffer: Buffer) {
    this.buffer = buffer;
  }

  /** Reads a tag into `field` and `wire`. @returns the field number. */
  tag(end: number): number {
    const at = this.pos;
    const byte = at < end ? this.buffer[at]! : 0x80;
    if (byte < 0x80) {
      this.pos = at + 1;
      this.field = byte >>> 3;
      this.wire = byte & 7;
    } else {
      this.varint64(end);
      if (this.high !== 0) throw malformed('field number out of range', at);
      this.field = this.low >>> 3;
      this.wire = this.low & 7;
    }
    if (this.field === 0) throw malformed('field number 0', at);
    return this.field;
  }

  /** Length of a length-delimited field, checked: `pos + length` lies within `end`. @returns where it ends. */
  lengthEnd(end: number): number {
    const at = this.pos;
    let length = at < end ? this.buffer[at]! : 0x80;
    if (length < 0x80) {
      this.pos = at + 1;
    } else {
      this.varint64(end);
      if (this.high !== 0) throw malformed('length out of range', at);
      length = this.low;
    }
    const stop = this.pos + length;
    if (stop > end) throw malformed('length reaches past the end', at);
    return stop;
  }

  /** Into `low` and `high`. */
  varint64(end: number): void {
    const { buffer } = this;
    const from = this.pos;
    let at = from;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= end) throw malformed('varint is cut off', from);
      const byte = buffer[at++]!;
      const bits = byte & 0x7f;
      if (shift < 28) low |= bits << shift;
      else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else if (shift < 63) high |= bits << (shift - 32);
      else high |= (bits & 1) << 31;
      if (byte < 0x80) {
        this.pos = at;
        this.low = low >>> 0;
        this.high = high >>> 0;
        return;
      }
    }
    throw malformed('varint is longer than ten bytes', from);
  }

  /** Into `low` and `high`. */
  fixed64(end: number): void {
    const at = this.pos;
    if (at + 8 > end) throw malformed('fixed64 is cut off', at);
    this.low = this.buffer.readUInt32LE(at);
    this.high = this.buffer.readUInt32LE(at + 4);
    this.pos = at + 8;
  }

  fixed64BigInt(end: number): bigint {
    this.fixed64(end);
    if (this.low !== this.timeLow || this.high !== this.timeHigh) {
      this.timeLow = this.low;
      this.timeHigh = this.high;
      this.time = (BigInt(this.high) << 32n) | BigInt(this.low);
    }
    return this.time;
  }

  double(end: number): number {
    const at = this.pos;
    if (at + 8 > end) throw malformed('double is cut off', at);
    this.pos = at + 8;
    return this.buffer.readDoubleLE(at);
  }

  /** Requires the wire type that the schema has for a known field. */
  expect(wire: number): void {
    if (this.wire !== wire) throw malformed(`field ${this.field} has wire type ${this.wire}`, this.pos);
  }

  /** Passes over a field of any kind whose tag was just read. */
  skip(end: number, depth: number): void {
    switch (this.wire) {
      case WIRE.varint:
        this.varint64(end);
        return;
      case WIRE.fixed64:
        if (this.pos + 8 > end) throw malformed('fixed64 is cut off', this.pos);
        this.pos += 8;
        return;
      case WIRE.bytes:
        this.pos = this.lengthEnd(end);
        return;
      case WIRE.fixed32:
        if (this.pos + 4 > end) throw malformed('fixed32 is cut off', this.pos);
        this.pos += 4;
        return;
      case WIRE.startGroup:
        this.skipGroup(end, depth);
        return;
      default:
        throw malformed(`wire type ${this.wire}`, this.pos);
    }
  }

  private skipGroup(end: number, depth: number): void {
    if (depth <= 0) throw new ProtocolError('TOO_DEEP', `groups nest too deep at byte ${this.pos}`);
    const group = this.field;
    for (;;) {
      this.tag(end);
      if (this.wire === WIRE.endGroup) {
        if (this.field !== group) throw malformed('group ends with another number', this.pos);
        return;
      }
      this.skip(end, depth - 1);
    }
  }
}
