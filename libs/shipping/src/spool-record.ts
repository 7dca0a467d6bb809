import type { ContentEncoding } from '@suite/protocol';
import type { Content, LedgerRow, Loss } from './ledger.ts';

/** `[source, key, resume]`; null forgets the stream. */
export type Resume = readonly [source: string, key: string, resume: unknown];
export type Signal = 'logs' | 'metrics';

/** One body in a batch record: one request to the receiver. */
export interface PartHeader {
  readonly sequence: number;
  readonly records: number;
  readonly rawBytes: number;
  readonly bodyBytes: number;
  readonly content: Content;
}

/** Bodies, and the positions that their sources were read up to: durable together or not at all. */
export interface BatchHeader {
  readonly v: 1;
  readonly type: 'batch';
  readonly epoch: string;
  readonly signal: Signal;
  readonly encoding: ContentEncoding;
  readonly parts: readonly PartHeader[];
  readonly resumes: readonly Resume[];
  readonly losses: readonly Loss[];
}

/** Resume positions and losses without lines; `settled` is a sequence that was rejected for good. */
export interface NoteHeader {
  readonly v: 1;
  readonly type: 'note';
  readonly resumes: readonly Resume[];
  readonly losses: readonly Loss[];
  readonly settled?: readonly [epoch: string, sequence: number];
}

/** Everything that the records before it amount to. */
export interface CheckpointHeader {
  readonly v: 1;
  readonly type: 'checkpoint';
  readonly epoch: string;
  readonly nextSequence: number;
  readonly resumes: readonly Resume[];
  readonly rows: readonly LedgerRow[];
  readonly settled?: readonly [epoch: string, sequence: number];
}

export type SpoolHeader = BatchHeader | NoteHeader | CheckpointHeader;

/** Spool record: u32 little-endian length of the header, header as JSON, then the bodies one after another. */
export function encodeSpoolHeader(header: SpoolHeader): Buffer {
  const json = JSON.stringify(header);
  const length = Buffer.byteLength(json);
  const encoded = Buffer.allocUnsafe(4 + length);
  encoded.writeUInt32LE(length);
  encoded.write(json, 4);
  return encoded;
}

/** @throws Error when it is no spool record, or of a version that this code does not know. */
export function decodeSpoolRecord(payload: Buffer): { header: SpoolHeader; bodyStart: number } {
  const length = payload.length < 4 ? -1 : payload.readUInt32LE();
  const bodyStart = 4 + length;
  if (length < 0 || bodyStart > payload.length) throw new Error('not a spool record');
  const header = JSON.parse(payload.toString('utf8', 4, bodyStart)) as SpoolHeader;
  if (header.v !== 1) throw new Error(`spool record has version ${String(header.v)}, expected 1`);
  return { header, bodyStart };
}
