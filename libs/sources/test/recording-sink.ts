import type { LineBlock, SourceLoss, SourceSink } from '../src/index.ts';

export interface RecordedLine {
  readonly path: string;
  readonly stream: string;
  readonly offset: number;
  readonly text: string;
  readonly terminated: boolean;
  readonly user?: string | undefined;
  readonly format?: string | undefined;
}

/**
 * A sink that keeps what it is given, and a store of resume states as a spool would keep them: what has been
 * taken is durable at once. `restart()` gives a sink for the next run, as after kill -9: the resume states
 * go through JSON.
 */
export class RecordingSink implements SourceSink {
  readonly received: RecordedLine[] = [];
  readonly losses: SourceLoss[] = [];
  readonly states = new Map<string, unknown>();
  #ended = false;
  #waiting = new Map<string, number>();
  /** Called before a block is taken; a test may hold it or throw. */
  beforeLines: (block: LineBlock) => Promise<void> = async () => {};

  async lines(block: LineBlock): Promise<void> {
    if (this.#ended) throw new Error('this sink is dead');
    const { stream, key, path, user, format } = block.info;
    const underWay = this.#waiting.get(stream) ?? 0;
    if (underWay > 0) throw new Error('two calls under way for one stream');
    this.#waiting.set(stream, underWay + 1);
    try {
      await this.beforeLines(block);
    } finally {
      this.#waiting.set(stream, 0);
    }
    if (this.#ended) throw new Error('this sink is dead');
    let at = block.start;
    while (at < block.end) {
      const newline = block.buffer.indexOf(10, at);
      const stop = newline === -1 || newline >= block.end ? block.end : newline;
      const offset = block.offset + at - block.start;
      const terminated = stop < block.end;
      const text = block.buffer.toString('latin1', at, stop);
      this.received.push({ path, stream, offset, text, terminated, user, format });
      at = stop + 1;
    }
    this.states.set(key, JSON.parse(JSON.stringify(block.resume)));
  }

  async remember(_source: string, key: string, resume: unknown | null): Promise<void> {
    if (this.#ended) throw new Error('this sink is dead');
    if (resume === null) this.states.delete(key);
    else this.states.set(key, JSON.parse(JSON.stringify(resume)));
  }

  lost(loss: SourceLoss): void {
    this.losses.push(loss);
  }

  resume(): ReadonlyMap<string, unknown> {
    return new Map(this.states);
  }

  /** A sink for the next run that keeps on recording in the same lists; this one takes nothing more. */
  restart(): RecordingSink {
    this.#ended = true;
    const next = new RecordingSink();
    next.received.push(...this.received);
    next.losses.push(...this.losses);
    for (const [key, state] of this.states) next.states.set(key, state);
    return next;
  }

  texts(): readonly string[] {
    return this.received.map((line) => line.text);
  }

  lostBytes(reason?: SourceLoss['reason']): number {
    return this.losses
      .filter((loss) => reason === undefined || loss.reason === reason)
      .reduce((sum, loss) => sum + loss.bytes, 0);
  }
}
