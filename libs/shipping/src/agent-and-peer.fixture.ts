import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createTestBatcher, createTestShipper, FakeStream, openTestSpool } from './agent.fixture.ts';
import { Peer } from './peer.fixture.ts';
import type { Spool } from './spool.ts';

/** A spool in a folder of its own and a peer on loopback, anew for each test of the file that calls it. */
export function agentAndPeer() {
  let dir: string;
  let peer: Peer;
  let url: string;
  let stops: (() => Promise<void>)[];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'shipping-'));
    peer = new Peer();
    url = await peer.start();
    stops = [];
  });

  async function stop(): Promise<void> {
    for (const one of stops.splice(0).reverse()) await one();
  }

  afterEach(async () => {
    await stop();
    await peer.stop();
    await rm(dir, { recursive: true, force: true });
  });

  return {
    get dir() {
      return dir;
    },
    get peer() {
      return peer;
    },
    get url() {
      return url;
    },
    /** Shipper, batcher and spool, the last first; the peer goes on. What is open afterwards ends with the test. */
    stop,
    /** Ends with the test. */
    owns(one: () => Promise<void>): void {
      stops.push(one);
    },
    async open(options: Parameters<typeof openTestSpool>[1] = {}): Promise<Spool> {
      const spool = await openTestSpool(join(dir, 'spool'), options);
      stops.push(() => spool.stop());
      return spool;
    },
    batch(spool: Spool, options: Parameters<typeof createTestBatcher>[1] = {}) {
      const batcher = createTestBatcher(spool, options);
      stops.push(() => batcher.stop());
      return batcher;
    },
    ship(spool: Spool, options: Parameters<typeof createTestShipper>[2] = {}) {
      const shipper = createTestShipper(spool, url, options);
      stops.push(() => shipper.stop());
      shipper.start();
      return shipper;
    },
  };
}

export function linesOf(count: number, bytes = 40): FakeStream {
  const made = new FakeStream('a');
  for (let index = 0; index < count; index++) made.write(`line ${index}`.padEnd(bytes, '.'));
  return made;
}
