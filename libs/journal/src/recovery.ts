import { open, unlink } from 'node:fs/promises';
import { decodeSegmentSalt, SEGMENT_HEADER_BYTES } from './frame.ts';
import type { JournalLoss } from './port.ts';
import { listSegments, segmentPath } from './segment-folder.ts';
import { SegmentScan } from './segment-scan.ts';

const SCAN_BYTES = 1024 * 1024;

export interface Segment {
  readonly base: number;
  /** Position after the last byte that counts. */
  end: number;
}

export interface Recovered {
  /** Segments with records, ascending; the last may be appended to. */
  readonly segments: Segment[];
  readonly head: number;
  readonly salt: number | undefined;
}

/**
 * Reads every record of every segment. The last segment is cut after its last whole record; damage elsewhere is
 * reported and stays where it is (readers step over it). A last segment without a whole record is deleted; when it
 * is the only one, it stays for the position that it is named after, and the next append writes it anew.
 */
export async function recover(dir: string, onLoss: (loss: JournalLoss) => void): Promise<Recovered> {
  const bases = await listSegments(dir);
  const salts = await Promise.all(bases.map((base) => readSalt(dir, base)));
  const salt = salts.findLast((value) => value !== undefined);
  const segments: Segment[] = [];
  let head = bases[0] ?? 0;
  for (const [index, base] of bases.entries()) {
    const isLast = index === bases.length - 1;
    const end = await recoverSegment(dir, base, salts[index] ?? salt, isLast, onLoss);
    head = Math.max(head, base, end);
    if (!isLast || end > base) segments.push({ base, end });
    else if (index > 0) await unlink(segmentPath(dir, base));
  }
  return { segments, head, salt };
}

/** The salt that a segment's header tells; undefined when both copies of it are damaged. */
export async function readSalt(dir: string, base: number): Promise<number | undefined> {
  const file = await open(segmentPath(dir, base), 'r');
  try {
    const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
    const { bytesRead } = await file.read(header, 0, header.length, 0);
    return decodeSegmentSalt(header.subarray(0, bytesRead), base);
  } finally {
    await file.close();
  }
}

async function recoverSegment(
  dir: string,
  base: number,
  salt: number | undefined,
  isLast: boolean,
  onLoss: (loss: JournalLoss) => void,
): Promise<number> {
  const file = await open(segmentPath(dir, base), isLast ? 'r+' : 'r');
  try {
    const { size } = await file.stat();
    const fileEnd = base + Math.max(0, size - SEGMENT_HEADER_BYTES);
    let at = base;
    if (salt !== undefined) {
      const scan = new SegmentScan(file, base, salt, fileEnd, SCAN_BYTES);
      for (let record = await scan.next(at); record; record = await scan.next(at)) {
        if (record.position > at) {
          onLoss({ reason: 'corrupt-record', position: at, bytes: record.position - at });
        }
        at = record.next;
      }
    }
    if (at === fileEnd) return fileEnd;
    onLoss({ reason: isLast ? 'torn-tail' : 'corrupt-record', position: at, bytes: fileEnd - at });
    if (!isLast) return fileEnd;
    await file.truncate(at - base + SEGMENT_HEADER_BYTES);
    await file.datasync();
    return at;
  } finally {
    await file.close();
  }
}
