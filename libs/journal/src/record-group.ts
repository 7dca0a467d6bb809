import { payloadCrc, RECORD_HEADER_BYTES, writeRecordHeader } from './frame.ts';

const STAGING_BYTES = 512 * 1024;
const COPY_BYTES = 16 * 1024;

/**
 * Lays out records for one writev: headers and small chunks are copied side by side into a buffer that is used
 * again for every group, large chunks are referred to where they are.
 */
export class RecordGroup {
  private readonly staging = Buffer.allocUnsafeSlow(STAGING_BYTES);
  private parts: Uint8Array[] = [];
  private used = 0;
  private flushed = 0;
  bytes = 0;

  reset(): void {
    this.parts = [];
    this.used = 0;
    this.flushed = 0;
    this.bytes = 0;
  }

  /** Whether one more record header fits; chunks that do not are referred to. */
  hasRoom(): boolean {
    return this.used + RECORD_HEADER_BYTES <= STAGING_BYTES;
  }

  add(chunks: readonly Uint8Array[], length: number, position: number, salt: number): void {
    writeRecordHeader(this.staging, this.used, salt, position, length, payloadCrc(chunks));
    this.used += RECORD_HEADER_BYTES;
    for (const chunk of chunks) {
      if (chunk.length <= COPY_BYTES && this.used + chunk.length <= STAGING_BYTES) {
        this.staging.set(chunk, this.used);
        this.used += chunk.length;
      } else {
        this.flush();
        this.parts.push(chunk);
      }
    }
    this.bytes += RECORD_HEADER_BYTES + length;
  }

  /** What to write, in order. Valid until `reset`. */
  take(): readonly Uint8Array[] {
    this.flush();
    return this.parts;
  }

  private flush(): void {
    if (this.used > this.flushed) this.parts.push(this.staging.subarray(this.flushed, this.used));
    this.flushed = this.used;
  }
}
