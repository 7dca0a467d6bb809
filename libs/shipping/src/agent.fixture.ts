import { compressZstd } from '@suite/protocol';
import type { LineBlock } from '@suite/sources';
import { Batcher, type BatcherOptions } from './batcher.ts';
import { Shipper, type ShipperOptions } from './shipper.ts';
import { openSpool, type Spool, type SpoolOptions } from './spool.ts';

export const RESOURCE = { host: 'node1', agent: 'agent1', version: '0.1.0' };

let epochs = 0;

export const openTestSpool = (dir: string, options: Partial<SpoolOptions> = {}): Promise<Spool> =>
  openSpool({ dir, makeEpoch: () => `epoch${++epochs}`, roomPollMs: 5, ...options });

export const createTestBatcher = (spool: Spool, options: Partial<BatcherOptions> = {}): Batcher =>
  new Batcher({
    spool,
    resource: RESOURCE,
    compress: (body) => compressZstd(body, 1),
    encoding: 'zstd',
    sealAfterMs: 2,
    ...options,
  });

export const createTestShipper = (
  spool: Spool,
  url: string,
  options: Partial<ShipperOptions> = {},
): Shipper =>
  new Shipper({
    url,
    outlet: spool.outlet,
    agent: RESOURCE.agent,
    token: () => 'secret',
    backOff: { minMs: 1, maxMs: 5, random: () => 0.5 },
    nowMs: () => 1_700_000_000_000,
    ...options,
  });

/** A file that a source would read: its lines, and blocks of them from a resume state on. */
export class FakeStream {
  readonly name: string;
  private text = '';

  constructor(name: string) {
    this.name = name;
  }

  /** What the peer should end up with. */
  readonly expected: string[] = [];

  get size(): number {
    return this.text.length;
  }

  write(line: string): void {
    this.expected.push(`${this.name}@${this.text.length} ${line}`);
    this.text += `${line}\n`;
  }

  /** The lines from `from` on, as one block; the resume state is the offset. */
  block(from: number): LineBlock {
    const buffer = Buffer.from(`##${this.text.slice(from)}##`, 'latin1');
    return {
      info: { source: 'files', key: this.name, kind: 'file', path: `/log/${this.name}`, stream: this.name },
      buffer,
      start: 2,
      end: buffer.length - 2,
      offset: from,
      observedUs: 1_700_000_000_000_000,
      resume: this.text.length,
    };
  }
}

export async function poll(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('the condition did not come true');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
