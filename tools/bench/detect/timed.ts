import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';

/** What a program took for one log. */
export interface TimedRun {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
}

const LIMIT_MS = 15 * 60_000;

export const hasTime = isThere('/usr/bin/time');

/**
 * Runs a command to its end under GNU time, which reads the child's own peak memory; standard output goes to a file.
 * @throws when it fails, with the end of what it said.
 */
export async function timed(
  argv: readonly string[],
  files: { readonly dir: string; readonly out: string },
  env: Readonly<Record<string, string>> = {},
): Promise<TimedRun> {
  const measures = join(files.dir, 'time.txt');
  const began = process.hrtime.bigint();
  const child = spawn('/usr/bin/time', ['-o', measures, '-f', '%U %S %M', ...argv], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: files.dir,
    env: { ...process.env, ...env },
    timeout: LIMIT_MS,
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  const out = createWriteStream(files.out);
  child.stdout.pipe(out);
  const [code] = (await once(child, 'close')) as [number | null];
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  await finished(out).catch(() => {});
  if (code !== 0) throw new Error(`${argv[0]} ended with ${code}: ${said}`);
  const [user, system, kib] = readFileSync(measures, 'utf8')
    .trim()
    .split('\n')
    .at(-1)!
    .split(' ')
    .map(Number);
  return { seconds, cpuSeconds: user! + system!, peakRssBytes: kib! * 1024 };
}

function isThere(path: string): boolean {
  try {
    execFileSync('test', ['-x', path]);
    return true;
  } catch {
    return false;
  }
}
