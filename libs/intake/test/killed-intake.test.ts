import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openJournal } from '@suite/journal';
import { writeBatchIdentity } from '@suite/protocol';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { logsRequest, post, readBatches, TOKEN } from './intake-server.ts';

const PROGRAM = fileURLToPath(new URL('./intake-process.ts', import.meta.url));
const KILLS = 8;
const BATCHES_PER_LIFE = 30;

let dir: string;
let child: ChildProcess | null = null;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'killed-'));
});

afterEach(async () => {
  await kill();
  await rm(dir, { recursive: true, force: true });
});

async function start(): Promise<string> {
  child = spawn(process.execPath, [PROGRAM, dir, TOKEN], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return line;
}

async function kill(): Promise<void> {
  if (child === null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  child = null;
}

describe('an intake that is killed', () => {
  it('has every batch once, in order, though the sender repeats what it got no answer to', async () => {
    const seed = randomInt(2 ** 31 - 1);
    console.log(`seed ${seed}`);
    // One number per life: the batch during which it is killed, and how many turns later.
    const plan = fc.sample(fc.tuple(fc.integer({ min: 1, max: BATCHES_PER_LIFE }), fc.nat(40)), {
      seed,
      numRuns: KILLS,
    });
    let sequence = 1;
    for (const [batches, turns] of plan) {
      const url = await start();
      for (let i = 0; ; i += 1) {
        const body = logsRequest(`batch ${sequence}`.padEnd(500, '.'));
        const sent = post(url, body, writeBatchIdentity({ agent: 'a', epoch: 'e', sequence })).then(
          (response) => response.status,
          () => null,
        );
        if (i === batches) {
          for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
          await kill();
        }
        const status = await sent;
        if (status === 200) sequence += 1;
        if (child === null) break;
        expect(status).toBe(200);
      }
    }
    const url = await start();
    const last = await post(
      url,
      logsRequest('last'),
      writeBatchIdentity({ agent: 'a', epoch: 'e', sequence }),
    );
    expect(last.status).toBe(200);
    await kill();

    const journal = await openJournal({ dir });
    try {
      const got = (await readBatches(journal)).map((batch) => batch.identity!.sequence);
      expect(got).toEqual(Array.from({ length: sequence }, (_, i) => i + 1));
    } finally {
      await journal.stop();
    }
  }, 120_000);
});
