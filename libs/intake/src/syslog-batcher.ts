import type { Journal } from '@suite/journal';
import { encodeEnvelope } from './envelope.ts';
import { encodeSyslogLines } from './syslog-lines.ts';

export interface SyslogBatcherOptions {
  readonly journal: Journal;
  readonly nowUs: () => number;
  /** `syslog-udp` or `syslog-tcp`: kept as the user agent. */
  readonly listener: string;
  /** Longest that a line waits for others. Default 50 ms. */
  readonly lingerMs?: number;
  /** A group is written at this size. Default 256 KiB. */
  readonly groupBytes?: number;
  /** A group of `lines` lines, `bytes` bytes together, became durable. */
  readonly onWritten: (lines: number, bytes: number) => void;
}

const DEFAULT_LINGER_MS = 50;
const DEFAULT_GROUP_BYTES = 256 * 1024;

/** Collects one sender's lines into records of the journal. The owner decides what a failure means. */
export class SyslogBatcher {
  private readonly options: SyslogBatcherOptions;
  private readonly remote: string;
  private readonly onError: (error: unknown, lines: readonly Buffer[]) => void;
  private lines: Buffer[] = [];
  private bytes = 0;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;

  constructor(
    options: SyslogBatcherOptions,
    remote: string,
    /** The group is the receiver's again: to drop it, or to `putBack`. */
    onError: (error: unknown, lines: readonly Buffer[]) => void,
  ) {
    this.options = options;
    this.remote = remote;
    this.onError = onError;
  }

  /** Bytes that are not durable yet: collected and under way. */
  pendingBytes = 0;

  /** The line's bytes must not change until it is durable. */
  add(line: Buffer): void {
    this.lines.push(line);
    this.bytes += line.length;
    this.pendingBytes += line.length;
    if (this.bytes >= (this.options.groupBytes ?? DEFAULT_GROUP_BYTES)) this.write();
    else this.timer ??= setTimeout(() => this.write(), this.options.lingerMs ?? DEFAULT_LINGER_MS);
  }

  /** Puts a group that was refused in front again; it goes out with the next `flush` or `add`. */
  putBack(lines: readonly Buffer[]): void {
    this.lines = [...lines, ...this.lines];
    for (const line of lines) {
      this.bytes += line.length;
      this.pendingBytes += line.length;
    }
  }

  /** Writes what there is. Resolves when everything given so far is durable or was handed to `onError`. */
  async flush(): Promise<void> {
    // A write that succeeds begins the next one by itself.
    this.write();
    while (this.writing !== null) await this.writing;
  }

  /** One group at a time, or a refused one could end up behind its successor. */
  private write(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.lines.length === 0 || this.writing !== null) return;
    const { lines, bytes } = this;
    this.lines = [];
    this.bytes = 0;
    this.writing = this.options.journal.append(this.envelope(lines)).then(
      () => {
        this.writing = null;
        this.pendingBytes -= bytes;
        this.options.onWritten(lines.length, bytes);
        this.write();
      },
      (error) => {
        this.writing = null;
        this.pendingBytes -= bytes;
        this.onError(error, lines);
      },
    );
  }

  private envelope(lines: readonly Buffer[]): Buffer[] {
    const body = encodeSyslogLines(lines);
    return encodeEnvelope({
      kind: 'batch',
      signal: 'syslog',
      encoding: 'identity',
      identity: null,
      sender: null,
      remote: this.remote,
      userAgent: this.options.listener,
      receivedUs: this.options.nowUs(),
      rawBytes: body.length,
      records: lines.length,
      body,
    });
  }
}
