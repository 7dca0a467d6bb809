import { isUtf8 } from 'node:buffer';
import { attributeField, bytesField, stringField } from './message-writer.ts';
import { ATTRIBUTES } from './port.ts';
import { resourceMessage, type SenderResource } from './resource.ts';
import { PADDED_VARINT_BYTES, varintSize, writePaddedVarint, writeVarint } from './varint.ts';

/** What all lines of one ScopeLogs share. */
export interface LogsScope {
  readonly path: string;
  readonly kind: string;
  /** Identity of the file's incarnation. */
  readonly stream: string;
  readonly format?: string | undefined;
  readonly user?: string | undefined;
}

export interface LogsEncoderOptions {
  readonly resource: SenderResource;
  /** Largest request, in bytes; only a single line that is larger by itself passes it. At most 256 MiB - 1. */
  readonly capacityBytes: number;
}

/**
 * Builds one ExportLogsServiceRequest at a time in a buffer of its own, straight from blocks of lines.
 *
 * `begin` says where the following lines come from and when they were read; that holds until the next `begin`,
 * over `reset` too. Going on in the same scope adds to the open ScopeLogs.
 */
export interface LogsEncoder {
  begin(scope: LogsScope, observedUs: number): void;
  /**
   * Writes one LogRecord per line of `buffer[start, end)`. Lines end with `\n`, which is not part of the body;
   * the last may lack it. Everything else is kept byte for byte, empty lines too.
   * @param streamOffset offset in the stream of `buffer[start]`; each record carries its line's.
   * @returns the position up to which lines were taken: `end`, or the start of the first line that has no room.
   *   At least one line is taken when the request holds none yet, however large it is.
   */
  addLines(buffer: Buffer, start: number, end: number, streamOffset: number): number;
  /** The complete request: a view of the encoder's buffer, valid until `reset` or `addLines`. */
  finish(): Buffer;
  /** Empties the request; the scope given to `begin` stays. */
  reset(): void;
  /** Bytes that `finish` would return. */
  readonly sizeBytes: number;
  /** Records in the request. */
  readonly count: number;
}

const TAG_RESOURCE_LOGS = 0x0a;
const TAG_SCOPE_LOGS = 0x12;
const TAG_LOG_RECORD = 0x12;
const TAG_OBSERVED_TIME = 0x59;
const TAG_BODY = 0x2a;
const TAG_ATTRIBUTE = 0x32;
const TAG_STRING_VALUE = 0x0a;
const TAG_BYTES_VALUE = 0x3a;
const TAG_KEY_VALUE_VALUE = 0x12;
const TAG_INT_VALUE = 0x18;
const LF = 0x0a;

const OFFSET_KEY = stringField(1, ATTRIBUTES.offset);
const OBSERVED_BYTES = 9;

/** @throws RangeError when the capacity cannot be expressed or does not even hold the resource. */
export function createLogsEncoder(options: LogsEncoderOptions): LogsEncoder {
  return new BufferLogsEncoder(options);
}

class BufferLogsEncoder implements LogsEncoder {
  private readonly head: Buffer;
  private readonly base: Buffer;
  private out: Buffer;
  private pos: number;
  private records = 0;
  /** Content of the ScopeLogs' `scope` field. */
  private scopeMessage: Buffer = Buffer.alloc(0);
  private scope: LogsScope | null = null;
  /** Where the open ScopeLogs' length stands, -1 when none is open. */
  private scopeLengthAt = -1;
  private readonly observed = new Uint8Array(OBSERVED_BYTES);

  constructor(options: LogsEncoderOptions) {
    this.head = bytesField(1, resourceMessage(options.resource));
    const least = 1 + PADDED_VARINT_BYTES + this.head.length;
    if (options.capacityBytes >= 2 ** 28 || options.capacityBytes < least) {
      throw new RangeError(`capacityBytes must lie between ${least} and 2^28 - 1`);
    }
    this.base = Buffer.allocUnsafeSlow(options.capacityBytes);
    this.out = this.base;
    this.pos = this.writeHead();
    this.observed[0] = TAG_OBSERVED_TIME;
  }

  get sizeBytes(): number {
    return this.pos;
  }

  get count(): number {
    return this.records;
  }

  begin(scope: LogsScope, observedUs: number): void {
    new DataView(this.observed.buffer).setBigUint64(1, BigInt(Math.trunc(observedUs)) * 1000n, true);
    const open = this.scope;
    if (
      open !== null &&
      (open === scope ||
        (open.stream === scope.stream &&
          open.path === scope.path &&
          open.kind === scope.kind &&
          open.format === scope.format &&
          open.user === scope.user))
    ) {
      return;
    }
    this.closeScope();
    this.scope = scope;
    this.scopeMessage = bytesField(1, scopeContent(scope));
  }

  addLines(buffer: Buffer, start: number, end: number, streamOffset: number): number {
    if (this.scope === null) throw new Error('begin comes before addLines');
    if (start >= end) return start;
    const block = start === 0 && end === buffer.length ? buffer : buffer.subarray(start, end);
    const blockIsUtf8 = isUtf8(block);
    const length = block.length;
    const observed = this.observed;
    const keyBytes = OFFSET_KEY.length;
    let at = 0;
    while (at < length) {
      const found = block.indexOf(LF, at);
      const lineEnd = found < 0 ? length : found;
      const next = found < 0 ? length : found + 1;
      const lineBytes = lineEnd - at;
      const offset = streamOffset + at;

      const anyBytes = 1 + varintSize(lineBytes) + lineBytes;
      const offsetBytes = 1 + varintSize(offset);
      const attributeBytes = keyBytes + 2 + offsetBytes;
      const recordBytes = OBSERVED_BYTES + 1 + varintSize(anyBytes) + anyBytes + 2 + attributeBytes;
      const fieldBytes = 1 + varintSize(recordBytes) + recordBytes;
      if (!this.makeRoom(fieldBytes)) return start + at;

      const out = this.out;
      let pos = this.pos;
      out[pos++] = TAG_LOG_RECORD;
      pos = writeVarint(out, pos, recordBytes);
      for (let i = 0; i < OBSERVED_BYTES; i += 1) out[pos + i] = observed[i]!;
      pos += OBSERVED_BYTES;
      out[pos++] = TAG_BODY;
      pos = writeVarint(out, pos, anyBytes);
      out[pos++] = blockIsUtf8 || isUtf8(block.subarray(at, lineEnd)) ? TAG_STRING_VALUE : TAG_BYTES_VALUE;
      pos = writeVarint(out, pos, lineBytes);
      block.copy(out, pos, at, lineEnd);
      pos += lineBytes;
      out[pos++] = TAG_ATTRIBUTE;
      out[pos++] = attributeBytes;
      for (let i = 0; i < keyBytes; i += 1) out[pos + i] = OFFSET_KEY[i]!;
      pos += keyBytes;
      out[pos++] = TAG_KEY_VALUE_VALUE;
      out[pos++] = offsetBytes;
      out[pos++] = TAG_INT_VALUE;
      this.pos = writeVarint(out, pos, offset);
      this.records += 1;
      at = next;
    }
    return end;
  }

  finish(): Buffer {
    if (this.scopeLengthAt >= 0) this.patch(this.scopeLengthAt);
    this.patch(1);
    return this.out.subarray(0, this.pos);
  }

  reset(): void {
    this.out = this.base;
    this.pos = this.writeHead();
    this.records = 0;
    this.scopeLengthAt = -1;
  }

  /** Opens the scope when none is, and sees to it that `bytes` more fit. False: this request is full. */
  private makeRoom(bytes: number): boolean {
    if (this.scopeLengthAt >= 0 && this.pos + bytes <= this.out.length) return true;
    const opening = this.scopeLengthAt >= 0 ? 0 : 1 + PADDED_VARINT_BYTES + this.scopeMessage.length;
    const needed = this.pos + opening + bytes;
    if (needed > this.out.length) {
      if (this.records > 0) return false;
      const larger = Buffer.allocUnsafeSlow(needed);
      this.out.copy(larger, 0, 0, this.pos);
      this.out = larger;
    }
    if (opening > 0) {
      this.out[this.pos] = TAG_SCOPE_LOGS;
      this.scopeLengthAt = this.pos + 1;
      this.pos += 1 + PADDED_VARINT_BYTES;
      this.pos += this.scopeMessage.copy(this.out, this.pos);
    }
    return true;
  }

  private closeScope(): void {
    if (this.scopeLengthAt >= 0) this.patch(this.scopeLengthAt);
    this.scopeLengthAt = -1;
  }

  private patch(lengthAt: number): void {
    writePaddedVarint(this.out, lengthAt, this.pos - lengthAt - PADDED_VARINT_BYTES);
  }

  private writeHead(): number {
    this.out[0] = TAG_RESOURCE_LOGS;
    return 1 + PADDED_VARINT_BYTES + this.head.copy(this.out, 1 + PADDED_VARINT_BYTES);
  }
}

/** Content of an InstrumentationScope (common/v1): name 1, attributes 3. */
function scopeContent(scope: LogsScope): Buffer {
  const fields = [
    stringField(1, 'tom'),
    attributeField(3, ATTRIBUTES.path, scope.path),
    attributeField(3, ATTRIBUTES.kind, scope.kind),
    attributeField(3, ATTRIBUTES.stream, scope.stream),
  ];
  if (scope.format !== undefined) fields.push(attributeField(3, ATTRIBUTES.format, scope.format));
  if (scope.user !== undefined) fields.push(attributeField(3, ATTRIBUTES.user, scope.user));
  return Buffer.concat(fields);
}
