const LF = 0x0a;
const CR = 0x0d;
const NUL = 0x00;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const MAX_COUNT_DIGITS = 9;

export interface SyslogFramer {
  /** Lines that the chunk completes. They are views of it or of memory of their own. */
  push(chunk: Buffer): Buffer[];
  /** What was begun when the connection ended, if anything. */
  end(): Buffer | null;
  /** Lines that were longer than allowed: their beginning was given out, the rest passed over. */
  readonly cutLines: number;
}

/**
 * Cuts a TCP stream into messages (RFC 6587): octet counting (3.4.1, `LEN SP MSG`) when the first byte of the
 * connection is a digit 1 to 9, else non-transparent framing (3.4.2) by newline or NUL. A message begins with `<`,
 * so the two cannot be mistaken. In a counted stream a byte that is no count means that it is out of step: from
 * there on it is read by newlines, so nothing is dropped.
 */
export function createSyslogFramer(maxLineBytes: number): SyslogFramer {
  return new Framer(maxLineBytes);
}

class Framer implements SyslogFramer {
  cutLines = 0;
  private readonly maxLineBytes: number;
  private mode: 'undecided' | 'counted' | 'delimited' = 'undecided';
  /** The line that is begun; never more than the limit. */
  private parts: Buffer[] = [];
  private held = 0;
  /** Bytes of this line that were passed over. */
  private cut = 0;
  /** Counted: digits read so far, and the bytes that are still to come (-1: in the count). */
  private count = 0;
  private digits = 0;
  private remaining = -1;

  constructor(maxLineBytes: number) {
    this.maxLineBytes = maxLineBytes;
  }

  push(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    if (chunk.length === 0) return lines;
    if (this.mode === 'undecided') {
      this.mode = chunk[0]! > ZERO && chunk[0]! <= NINE ? 'counted' : 'delimited';
    }
    let at = 0;
    while (at < chunk.length) {
      at = this.mode === 'counted' ? this.counted(chunk, at, lines) : this.delimited(chunk, at, lines);
    }
    return lines;
  }

  end(): Buffer | null {
    const lines: Buffer[] = [];
    this.finishLine(lines);
    return lines[0] ?? null;
  }

  private counted(chunk: Buffer, from: number, lines: Buffer[]): number {
    let at = from;
    while (this.remaining < 0) {
      if (at >= chunk.length) return at;
      const byte = chunk[at]!;
      if (byte >= ZERO && byte <= NINE && this.digits < MAX_COUNT_DIGITS) {
        this.count = this.count * 10 + (byte - ZERO);
        this.digits += 1;
      } else if (byte === SPACE && this.digits > 0) {
        this.remaining = this.count;
      } else if ((byte === LF || byte === CR) && this.digits === 0) {
        // Some senders end a counted message with a newline that they did not count.
      } else {
        if (this.digits > 0) this.keep(Buffer.from(String(this.count)), 0, String(this.count).length);
        this.mode = 'delimited';
        return at;
      }
      at += 1;
    }
    const stop = Math.min(chunk.length, at + this.remaining);
    this.keep(chunk, at, stop);
    this.remaining -= stop - at;
    if (this.remaining === 0) {
      this.finishLine(lines);
      this.remaining = -1;
      this.count = 0;
      this.digits = 0;
    }
    return stop;
  }

  private delimited(chunk: Buffer, from: number, lines: Buffer[]): number {
    let stop = chunk.indexOf(LF, from);
    const nul = chunk.subarray(from, stop < 0 ? chunk.length : stop).indexOf(NUL);
    if (nul >= 0) stop = from + nul;
    this.keep(chunk, from, stop < 0 ? chunk.length : stop);
    if (stop < 0) return chunk.length;
    this.finishLine(lines);
    return stop + 1;
  }

  private keep(chunk: Buffer, from: number, to: number): void {
    const room = this.maxLineBytes - this.held;
    const taken = Math.min(room, to - from);
    if (taken > 0) this.parts.push(chunk.subarray(from, from + taken));
    this.held += Math.max(0, taken);
    this.cut += to - from - Math.max(0, taken);
    // Many small chunks must not each hold the large buffer that they are a view of.
    if (this.parts.length > 16) this.parts = [Buffer.concat(this.parts)];
  }

  private finishLine(lines: Buffer[]): void {
    let line = this.parts.length === 1 ? this.parts[0]! : Buffer.concat(this.parts);
    if (line.length > 0 && line[line.length - 1] === LF) line = line.subarray(0, -1);
    if (line.length > 0 && line[line.length - 1] === CR) line = line.subarray(0, -1);
    if (line.length > 0) lines.push(line);
    if (this.cut > 0) this.cutLines += 1;
    this.parts = [];
    this.held = 0;
    this.cut = 0;
  }
}
