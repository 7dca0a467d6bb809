import type { LogsEncoder } from '@suite/protocol';
import type { SealedPart } from './spool.ts';
import type { Resume } from './spool-record.ts';

/** The batch that is being filled: an encoder's lines, what they are, and the positions read up to. */
export class OpenBatch {
  readonly parts: Promise<SealedPart>[] = [];
  encoder: LogsEncoder | undefined;
  rawBytes = 0;
  private partBytes = 0;
  private readonly latest = new Map<string, Resume>();
  private content = new Map<string, [string, number, number]>();

  get isEmpty(): boolean {
    return this.rawBytes === 0 && this.latest.size === 0;
  }

  get resumes(): Resume[] {
    return [...this.latest.values()];
  }

  remember(source: string, key: string, resume: unknown): void {
    this.latest.set(`${source}\0${key}`, [source, key, resume]);
  }

  count(path: string, bytes: number, records: number): void {
    this.rawBytes += bytes;
    this.partBytes += bytes;
    const row = this.content.get(path);
    if (!row) this.content.set(path, [path, bytes, records]);
    else {
      row[1] += bytes;
      row[2] += records;
    }
  }

  /** Ends the part that the encoder holds; `compress` gives the encoder back when it is done with it. */
  closePart(compress: (encoder: LogsEncoder) => Promise<Buffer>): void {
    const { encoder, partBytes } = this;
    if (!encoder) return;
    const content = [...this.content.values()];
    const records = encoder.count;
    this.encoder = undefined;
    this.partBytes = 0;
    this.content = new Map();
    const part = compress(encoder).then((body) => ({ body, records, rawBytes: partBytes, content }));
    // Whoever awaits it sees the error; until then it is not an unhandled one.
    part.catch(() => undefined);
    this.parts.push(part);
  }
}
