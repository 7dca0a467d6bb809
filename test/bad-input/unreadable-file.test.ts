import { spawn } from 'node:child_process';
import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { storedLines } from '../../tools/harness/nadir-api.ts';
import { ALL_ONCE, compareLines, numberedLines } from '../../tools/harness/numbered-lines.ts';
import { createPair } from '../../tools/harness/pair.ts';
import { ndjson, runProgram } from '../../tools/harness/run-program.ts';
import { isRoot, NOBODY, Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

let scratch: Scratch;
afterEach(() => scratch.remove());

interface Stream {
  readonly path: string;
  readonly state: string;
  readonly reason?: string;
}

it('a file that TOM may not read is named with its reason, and the others arrive whole', async () => {
  scratch = new Scratch('unreadable');
  const logs = scratch.folder('logs');
  const secret = join(logs, 'secret.log');
  const wanted = numberedLines('open', 0, 500);
  writeFileSync(join(logs, 'open.log'), `${wanted.join('\n')}\n`);
  writeFileSync(secret, 'not for everyone\n');
  chmodSync(secret, 0);
  const pair = await createPair(scratch.dir, { paths: [`${logs}/*.log`] });
  scratch.owns(pair);
  const as = isRoot ? NOBODY : null;
  if (as) {
    // TOM is another user here: its folder, its token and the readable log are that user's.
    const own = [scratch.dir, logs, scratch.folder('tom'), join(scratch.dir, 'token'), pair.tomConfigFile];
    for (const path of [...own, join(logs, 'open.log')]) chownSync(path, as.uid, as.gid);
  }
  pair.nadir.start();
  const tom = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../apps/tom/bin/tom.mjs'), 'run', '--config', pair.tomConfigFile],
    { stdio: 'ignore', ...(as ?? {}) },
  );
  const gone = new Promise((resolve) => tom.once('exit', resolve));
  scratch.defer(async () => {
    tom.kill('SIGKILL');
    await gone;
  });

  await until('all lines of the open file', () => storedLines(pair.database).length >= wanted.length);
  const stored = storedLines(pair.database).map(({ raw }) => raw);
  expect(compareLines(stored, wanted)).toEqual(ALL_ONCE);

  const shown = await runProgram('tom', ['status', '--config', pair.tomConfigFile, '--json'], { as });
  const [status] = ndjson(shown.out) as { streams: Stream[] }[];
  const stream = status?.streams.find(({ path }) => path === secret);
  expect(stream).toMatchObject({ state: 'unreadable', reason: expect.stringMatching(/permission|may not/i) });
  const words = await runProgram('tom', ['status', '--config', pair.tomConfigFile], { as });
  expect(words.out).toMatch(/unreadable +\S+secret\.log {2}\S/);
});
