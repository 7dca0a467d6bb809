import type { AttributeValue } from './port.ts';
import { varintSize, writeVarint } from './varint.ts';

/** Protobuf wire types that OTLP uses. */
export const WIRE = { varint: 0, fixed64: 1, bytes: 2, startGroup: 3, endGroup: 4, fixed32: 5 } as const;

/** A length-delimited field: tag, length, content. For messages written once per batch, not once per line. */
export function bytesField(field: number, content: Uint8Array): Buffer {
  const tag = (field << 3) | WIRE.bytes;
  const out = Buffer.allocUnsafe(varintSize(tag) + varintSize(content.length) + content.length);
  const at = writeVarint(out, writeVarint(out, 0, tag), content.length);
  out.set(content, at);
  return out;
}

export function stringField(field: number, text: string): Buffer {
  return bytesField(field, Buffer.from(text, 'utf8'));
}

export function varintField(field: number, value: number): Buffer {
  const tag = field << 3;
  const out = Buffer.allocUnsafe(varintSize(tag) + varintSize(value));
  writeVarint(out, writeVarint(out, 0, tag), value);
  return out;
}

export function fixed64Field(field: number, value: bigint): Buffer {
  const out = Buffer.allocUnsafe(9);
  out[0] = (field << 3) | WIRE.fixed64;
  out.writeBigUInt64LE(BigInt.asUintN(64, value), 1);
  return out;
}

export function doubleField(field: number, value: number): Buffer {
  const out = Buffer.allocUnsafe(9);
  out[0] = (field << 3) | WIRE.fixed64;
  out.writeDoubleLE(value, 1);
  return out;
}

/** AnyValue (common/v1): string_value 1, bool_value 2, int_value 3, double_value 4. */
function anyValue(value: AttributeValue): Buffer {
  if (typeof value === 'string') return stringField(1, value);
  if (typeof value === 'boolean') return varintField(2, value ? 1 : 0);
  if (Number.isSafeInteger(value) && value >= 0) return varintField(3, value);
  return doubleField(4, value);
}

/** `KeyValue` in a repeated field: key 1, value 2. */
export function attributeField(field: number, key: string, value: AttributeValue): Buffer {
  return bytesField(field, Buffer.concat([stringField(1, key), bytesField(2, anyValue(value))]));
}
