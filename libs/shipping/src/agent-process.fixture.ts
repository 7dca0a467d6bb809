import { createTestBatcher, createTestShipper, FakeStream, openTestSpool } from './agent.fixture.ts';

/** An agent that reads a stream of numbered lines from where it was, ships them, and ends when all are taken. */
const [dir, url, lines, epoch] = process.argv.slice(2) as [string, string, string, string];
const spool = await openTestSpool(dir, { makeEpoch: () => epoch, segmentBytes: 4000 });
const batcher = createTestBatcher(spool, { sealBytes: 700 });
const shipper = createTestShipper(spool, url);
shipper.start();
const source = new FakeStream('a');
const resumed = (batcher.resume('files').get('a') as number | undefined) ?? 0;
let read = 0;
for (let index = 0; index < Number(lines); index++) {
  source.write(`line ${index}`);
  if (index % 9 !== 8 && index + 1 < Number(lines)) continue;
  if (source.size > resumed) await batcher.lines(source.block(Math.max(read, resumed)));
  read = source.size;
}
await batcher.flush();
while (spool.ledger.rows()[0]?.acknowledgedBytes !== source.size) {
  await new Promise((resolve) => setTimeout(resolve, 2));
}
await shipper.stop();
await batcher.stop();
await spool.stop();
