/** InfluxDB 1.x and 2.x keep 64 KiB in a string field. */
export const MAX_FIELD_BYTES = 64_000;

export interface CutText {
  readonly text: string;
  readonly cutBytes: number;
}

/** At most MAX_FIELD_BYTES of UTF-8, cut between characters, and how many bytes went. */
export function cutText(text: string): CutText {
  if (text.length * 3 <= MAX_FIELD_BYTES) return { text, cutBytes: 0 };
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= MAX_FIELD_BYTES) return { text, cutBytes: 0 };
  let end = MAX_FIELD_BYTES;
  while ((bytes[end]! & 0xc0) === 0x80) end -= 1;
  return { text: bytes.toString('utf8', 0, end), cutBytes: bytes.length - end };
}

/**
 * An object as JSON within a field: as it is, or with every string in it cut to `maxChars`, or nothing.
 */
export function cutJson(value: unknown, maxChars: number): { json: string | null; cutBytes: number } {
  const json = JSON.stringify(value);
  const bytes = Buffer.byteLength(json);
  if (bytes <= MAX_FIELD_BYTES) return { json, cutBytes: 0 };
  const shorter = JSON.stringify(value, (_, v) => (typeof v === 'string' ? v.slice(0, maxChars) : v));
  const shorterBytes = Buffer.byteLength(shorter);
  if (shorterBytes <= MAX_FIELD_BYTES) return { json: shorter, cutBytes: bytes - shorterBytes };
  return { json: null, cutBytes: bytes };
}
