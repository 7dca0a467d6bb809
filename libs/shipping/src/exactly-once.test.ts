import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestBatcher, createTestShipper, FakeStream, openTestSpool, poll } from './agent.fixture.ts';
import { accept, Peer } from './peer.fixture.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'shipping-once-'));
});

afterEach(() => rm(dir, { recursive: true, force: true }));

describe('shipping', () => {
  it('delivers each line exactly once, in order, whatever the interleaving of lines, drops and restarts', async () => {
    const action = fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          do: fc.constant('write' as const),
          stream: fc.nat(2),
          lines: fc.integer({ min: 1, max: 30 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('flush' as const) }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const) }) },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 25 }), async (actions) => {
        const own = new Peer();
        const address = await own.start();
        const streams = [new FakeStream('a'), new FakeStream('b'), new FakeStream('c')];
        const folder = join(dir, `run${run++}`);
        let spool = await openTestSpool(folder, { segmentBytes: 3000 });
        let batcher = createTestBatcher(spool, { sealBytes: 600 });
        let shipper = createTestShipper(spool, address);
        shipper.start();
        let read = streams.map(() => 0);
        const stop = async () => {
          await shipper.stop();
          await batcher.stop();
          await spool.stop();
        };
        try {
          for (const step of actions) {
            if (step.do === 'write') {
              const target = streams[step.stream]!;
              for (let line = 0; line < step.lines; line++) target.write(`${step.stream} ${line}`);
              await batcher.lines(target.block(read[step.stream]!));
              read[step.stream] = target.size;
            } else if (step.do === 'flush') await batcher.flush();
            else if (step.do === 'drop') {
              own.behave = (_received, response, store) => {
                own.behave = accept;
                store();
                response.socket!.destroy();
              };
            } else {
              await stop();
              spool = await openTestSpool(folder, { segmentBytes: 3000 });
              batcher = createTestBatcher(spool, { sealBytes: 600 });
              shipper = createTestShipper(spool, address);
              shipper.start();
              read = streams.map(({ name }) => (spool.resume('files').get(name) as number | undefined) ?? 0);
              for (const [index, target] of streams.entries()) {
                if (read[index]! < target.size) await batcher.lines(target.block(read[index]!));
                read[index] = target.size;
              }
            }
          }
          await batcher.flush();
          const total = streams.reduce((sum, { expected }) => sum + expected.length, 0);
          await poll(() => own.lines.length >= total);
          for (const { name, expected } of streams) {
            expect(own.lines.filter((line) => line.startsWith(`${name}@`))).toEqual(expected);
          }
        } finally {
          await stop();
          await own.stop();
        }
      }),
      { numRuns: 30 },
    );
  });
});
