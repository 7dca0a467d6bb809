import { type AgentStatus, writeStatus } from './status.ts';

export interface StatusWriterOptions {
  readonly path: string;
  readonly collect: () => AgentStatus;
  /** Default 2000. */
  readonly intervalMs?: number;
  /** Called when the file could not be written; the next interval tries again. */
  readonly onError?: (error: unknown) => void;
}

/** Writes the status at an interval, and a last time when it is stopped. */
export class StatusWriter {
  private readonly options: StatusWriterOptions;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();

  constructor(options: StatusWriterOptions) {
    this.options = options;
  }

  start(): void {
    this.timer ??= setInterval(() => this.write(), this.options.intervalMs ?? 2000);
    this.write();
  }

  async stop(): Promise<void> {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = undefined;
    this.write();
    await this.writing;
  }

  private write(): void {
    const { path, collect, onError } = this.options;
    this.writing = this.writing
      .then(() => writeStatus(path, collect()))
      .catch((error: unknown) => onError?.(error));
  }
}
