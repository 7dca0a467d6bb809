import { checkCount, checkSize, readAttributeValue } from './any-value.ts';
import { WIRE } from './message-writer.ts';
import type { AttributeValue } from './port.ts';
import type { DecodeLimits, WireCursor } from './wire-cursor.ts';

/** Collects the KeyValues of one resource, scope, record or point. */
export class AttributeReader {
  private readonly keys = new KeyCache();
  private readonly limits: DecodeLimits;

  constructor(limits: DecodeLimits) {
    this.limits = limits;
  }

  /** Reads the KeyValue whose tag was just read into `target`, as its `count`-th attribute. A later one wins. */
  into(target: Record<string, AttributeValue>, cursor: WireCursor, parentEnd: number, count: number): void {
    const { limits } = this;
    checkCount('attributes', count, limits.maxAttributes);
    cursor.expect(WIRE.bytes);
    const end = cursor.lengthEnd(parentEnd);
    let key = '';
    let value: AttributeValue = '';
    while (cursor.pos < end) {
      cursor.tag(end);
      if (cursor.field === 1) {
        cursor.expect(WIRE.bytes);
        const stop = cursor.lengthEnd(end);
        checkSize('key', stop - cursor.pos, limits.maxKeyBytes);
        key = this.keys.read(cursor.buffer, cursor.pos, stop);
        cursor.pos = stop;
      } else if (cursor.field === 2) {
        cursor.expect(WIRE.bytes);
        value = readAttributeValue(cursor, cursor.lengthEnd(end), limits);
      } else {
        cursor.skip(end, limits.maxDepth);
      }
    }
    if (key === '__proto__') {
      // An assignment would set the prototype instead.
      Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
    } else {
      target[key] = value;
    }
  }
}

const CACHED_KEY_BYTES = 32;

/** The last key of each length: records repeat the same few keys, and making a string costs more than comparing. */
class KeyCache {
  private readonly bytes: (Uint8Array | undefined)[] = new Array(CACHED_KEY_BYTES + 1);
  private readonly texts: string[] = new Array(CACHED_KEY_BYTES + 1).fill('');

  read(buffer: Buffer, start: number, end: number): string {
    const length = end - start;
    if (length > CACHED_KEY_BYTES) return buffer.toString('utf8', start, end);
    const known = this.bytes[length];
    if (known !== undefined) {
      let i = 0;
      while (i < length && known[i] === buffer[start + i]) i += 1;
      if (i === length) return this.texts[length]!;
    }
    const text = buffer.toString('utf8', start, end);
    this.bytes[length] = Uint8Array.prototype.slice.call(buffer, start, end);
    this.texts[length] = text;
    return text;
  }
}
