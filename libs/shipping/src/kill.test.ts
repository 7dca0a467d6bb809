import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { FakeStream } from './agent.fixture.ts';
import { accept, Peer } from './peer.fixture.ts';

const LINES = 6000;
const KILLS = 12;

it('delivers each line exactly once, in order, when the agent is killed again and again', {
  timeout: 60_000,
}, async () => {
  const dir = await mkdtemp(join(tmpdir(), 'shipping-kill-'));
  const peer = new Peer();
  const url = await peer.start();
  const source = new FakeStream('a');
  for (let index = 0; index < LINES; index++) source.write(`line ${index}`);
  const script = join(import.meta.dirname, 'agent-process.fixture.ts');
  let child: ChildProcess | undefined;
  try {
    for (let round = 0; round <= KILLS; round++) {
      let left = round < KILLS ? 1 + ((round * 5) % 14) : Number.POSITIVE_INFINITY;
      peer.behave = (received, response, store) => {
        // Half of the kills come after the batch was stored and before its answer.
        if (--left > 0) return accept(received, response, store);
        if (round % 2 === 0) store();
        child!.kill('SIGKILL');
      };
      child = spawn(process.execPath, [script, join(dir, 'spool'), url, String(LINES), 'epoch'], {
        stdio: 'inherit',
      });
      const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
      expect([code, signal]).toEqual(round < KILLS ? [null, 'SIGKILL'] : [0, null]);
    }
    expect(peer.lines).toEqual(source.expected);
    expect(peer.requests.some(({ fresh }) => !fresh)).toBe(true);
  } finally {
    child?.kill('SIGKILL');
    await peer.stop();
    await rm(dir, { recursive: true, force: true });
  }
});
