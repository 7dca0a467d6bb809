import type { JournalEntry } from './port.ts';
import { SegmentCursor } from './segment-cursor.ts';

export interface DetachedReaderOptions {
  readonly dir: string;
  /** Position to begin at; 0 is the oldest record there is. */
  readonly from: number;
}

/** Reads a journal that another thread or process writes. It takes no lock and holds back no retention. */
export interface DetachedReader {
  /** Where `read` goes on. */
  readonly position: number;
  /**
   * Up to `maxBytes` of whole records before `limitPosition`, at least one when there is one. The limit must be a
   * head that the writer has stated: bytes behind it may be half written. Payloads are the caller's to keep. When
   * segments were deleted behind it, it goes on with the oldest record there is.
   */
  read(maxBytes: number, limitPosition: number): Promise<readonly JournalEntry[]>;
  seek(position: number): void;
  stop(): Promise<void>;
}

export function openJournalReader(options: DetachedReaderOptions): DetachedReader {
  const cursor = new SegmentCursor(options.dir, options.from);
  return {
    get position() {
      return cursor.position;
    },
    read: (maxBytes, limitPosition) => cursor.read(maxBytes, limitPosition),
    seek: (position) => {
      cursor.position = position;
    },
    stop: () => cursor.close(),
  };
}
