import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '../..');

export interface RunOptions {
  readonly stdin?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Run as another user; root only. */
  readonly as?: { readonly uid: number; readonly gid: number } | null;
  readonly timeoutMs?: number;
}

export interface RunResult {
  /** Null: ended by a signal. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs one of the suite's programs to its end. */
export async function runProgram(
  app: 'tom' | 'nadir',
  argv: readonly string[],
  { stdin = '', env = {}, as = null, timeoutMs = 30_000 }: RunOptions = {},
): Promise<RunResult> {
  const child = spawn(process.execPath, [join(root, 'apps', app, 'bin', `${app}.mjs`), ...argv], {
    env: { ...process.env, ...env },
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    ...(as ?? {}),
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  // A program that reads no input may be gone before it is written.
  child.stdin.on('error', () => undefined).end(stdin);
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return { code, out, err };
}

/** The objects of NDJSON. @throws when a line is none. */
export function ndjson(out: string): Record<string, unknown>[] {
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
