import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentStatus } from '@suite/shipping';
import { afterEach, expect, it } from 'vitest';
import { answers, storedCount, storedLines } from '../../tools/harness/nadir-api.ts';
import { ALL_ONCE, compareLines, numberedLines } from '../../tools/harness/numbered-lines.ts';
import { createPair } from '../../tools/harness/pair.ts';
import { runProgram } from '../../tools/harness/run-program.ts';
import { Scratch } from '../../tools/harness/scratch.ts';
import { until } from '../../tools/harness/until.ts';

let scratch: Scratch;
afterEach(() => scratch.remove());

it('with a wrong token TOM keeps everything and says so; with the right one all of it arrives', async () => {
  scratch = new Scratch('wrong-token');
  const log = join(scratch.folder('logs'), 'a.log');
  const written = numberedLines('a', 0, 2_000);
  writeFileSync(log, `${written.join('\n')}\n`);
  const pair = await createPair(scratch.dir, { paths: [log] });
  scratch.owns(pair);
  const { nadir, tom, database, tomConfigFile, tomStatusFile, token } = pair;
  const right = readFileSync(tomConfigFile, 'utf8');
  const wrong = join(scratch.dir, 'wrong');
  writeFileSync(wrong, 'not-the-right-token-at-all', { mode: 0o600 });
  writeFileSync(tomConfigFile, right.replace(`token_file: ${scratch.dir}/token`, `token_file: ${wrong}`));
  nadir.start();
  await until('NADIR to answer', () => answers(pair));
  tom.start();
  const status = () => JSON.parse(readFileSync(tomStatusFile, 'utf8')) as AgentStatus;
  await until('the refusal', () => /token/.test(status().shipping.error ?? ''));
  expect(status().shipping.rejected).toBe(0);
  expect(storedCount(database)).toBe(0);
  const shown = await runProgram('tom', ['status', '--config', tomConfigFile]);
  expect(shown).toMatchObject({ code: 4, out: expect.stringMatching(/NADIR .*token/) });
  const checked = await runProgram('tom', ['check', '--config', tomConfigFile]);
  expect(checked).toMatchObject({ code: 4, err: expect.stringContaining('TOM_TOKEN_REFUSED') });
  expect(tom.said + nadir.said + checked.out + checked.err + shown.out).not.toMatch(
    /not-the-right-token|a-token-for-loopback/,
  );

  await tom.end('SIGTERM');
  writeFileSync(tomConfigFile, right);
  tom.start();
  await until('all lines', () => storedCount(database) >= written.length);
  const stored = storedLines(database).map(({ raw }) => raw);
  expect(compareLines(stored, written)).toEqual(ALL_ONCE);
  expect(JSON.stringify(status())).not.toContain(token);
}, 60_000);
