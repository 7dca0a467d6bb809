import { EnvelopeError } from './envelope.ts';

const LENGTH_BYTES = 4;

/**
 * The body of a `syslog` envelope: each line as it came (without its framing, it may hold any byte) behind its
 * length in four bytes, little endian.
 */
export function encodeSyslogLines(lines: readonly Uint8Array[]): Buffer {
  let bytes = 0;
  for (const line of lines) bytes += LENGTH_BYTES + line.length;
  const out = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const line of lines) {
    at = out.writeUInt32LE(line.length, at);
    out.set(line, at);
    at += line.length;
  }
  return out;
}

export interface SyslogLine {
  /** Where the line's length stands in the body: with the record's position, an identity for the line. */
  readonly offset: number;
  /** A view of the body. */
  readonly line: Buffer;
}

/** @throws EnvelopeError when it is cut off. */
export function decodeSyslogLines(body: Buffer): SyslogLine[] {
  const lines: SyslogLine[] = [];
  for (let at = 0; at < body.length; ) {
    if (at + LENGTH_BYTES > body.length) throw new EnvelopeError('syslog line length is cut off');
    const start = at + LENGTH_BYTES;
    const end = start + body.readUInt32LE(at);
    if (end > body.length) throw new EnvelopeError('syslog line is cut off');
    lines.push({ offset: at, line: body.subarray(start, end) });
    at = end;
  }
  return lines;
}
