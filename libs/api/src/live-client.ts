import type { LiveEvents } from './contract.ts';

const QUEUE_MAX = 256;

/** The part of a response that a client writes to; node:http's ServerResponse is one. */
export interface LiveSink {
  /** False: hold back until `drained()` of the client is called. */
  write(chunk: string): boolean;
}

/**
 * One reader of the live stream. While its socket takes no more, at most 256 events wait; of more, the oldest
 * records go first and are counted, and the client is told the count. A detection goes only when nothing else is
 * left to drop.
 */
export interface LiveClient {
  send<K extends keyof LiveEvents>(event: K, data: LiveEvents[K]): void;
  /** Records that never came near the queue. */
  countDropped(records: number): void;
  heartbeat(): void;
  drained(): void;
  readonly droppedTotal: number;
}

export function createLiveClient(sink: LiveSink): LiveClient {
  const queue: { readonly event: keyof LiveEvents; readonly frame: string }[] = [];
  let blocked = false;
  let dropped = 0;
  let droppedTotal = 0;

  const drop = (count: number): void => {
    dropped += count;
    droppedTotal += count;
  };
  const flush = (): void => {
    while (!blocked && (dropped > 0 || queue.length > 0)) {
      if (dropped > 0) {
        blocked = !sink.write(frame('dropped', { count: dropped }));
        dropped = 0;
      } else {
        blocked = !sink.write(queue.shift()?.frame ?? '');
      }
    }
  };
  return {
    send(event, data) {
      if (queue.length >= QUEUE_MAX) {
        const oldestRecord = queue.findIndex((waiting) => waiting.event === 'record');
        queue.splice(Math.max(0, oldestRecord), 1);
        drop(1);
      }
      queue.push({ event, frame: frame(event, data) });
      flush();
    },
    countDropped(records) {
      if (records <= 0) return;
      drop(records);
      flush();
    },
    heartbeat() {
      if (!blocked) blocked = !sink.write(': still here\n\n');
    },
    drained() {
      blocked = false;
      flush();
    },
    get droppedTotal() {
      return droppedTotal;
    },
  };
}

/** JSON has no bare line break, so a frame is always these two lines. */
function frame<K extends keyof LiveEvents>(event: K, data: LiveEvents[K]): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
