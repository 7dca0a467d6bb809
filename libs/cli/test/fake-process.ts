import { EventEmitter } from 'node:events';
import { PassThrough, Readable, Writable } from 'node:stream';
import { type Command, type RunOptions, runCommand } from '@suite/cli';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Given {
  readonly commands: readonly Command[];
  readonly env?: Readonly<Record<string, string>>;
  readonly stdout?: Writable;
  readonly tty?: boolean;
  readonly signals?: EventEmitter;
  readonly exitNow?: (code: number) => void;
  readonly translate?: RunOptions['translate'];
}

/** Runs a command line in a process that is none. */
export async function run(given: Given, ...argv: readonly string[]): Promise<Ran> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const stdout = given.stdout ?? collector(out);
  const stderr = Object.assign(collector(err), given.tty ? { isTTY: true, columns: 100 } : {});
  const code = await runCommand({
    app: { name: 'demo', version: '1.2.3', summary: 'a program for tests' },
    commands: given.commands,
    argv,
    env: given.env ?? {},
    stdin: Readable.from([]) as unknown as NodeJS.ReadableStream,
    stdout,
    stderr: stderr as RunOptions['stderr'],
    nowMs: () => 1_800_000_000_000,
    signals: given.signals ?? new EventEmitter(),
    exitNow: given.exitNow ?? (() => {}),
    ...(given.translate ? { translate: given.translate } : {}),
  });
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() };
}

function collector(chunks: Buffer[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
}

/** A stream whose reader has left, as the system tells it: EPIPE some time after the write. */
export function brokenPipe(): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      setImmediate(() => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })));
    },
  });
}

/** A stream that takes nothing until it is read. */
export function slowReader(): PassThrough {
  return new PassThrough({ highWaterMark: 16 });
}
