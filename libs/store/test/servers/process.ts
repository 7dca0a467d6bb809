import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Whether a program is there; suites that need it are skipped by name where it is not. */
export function hasProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Polls until the condition holds. @throws at the deadline, with the last failure. */
export async function until(
  what: string,
  condition: () => Promise<boolean> | boolean,
  deadlineMs = 20_000,
): Promise<void> {
  const end = performance.now() + deadlineMs;
  let last: unknown;
  while (performance.now() < end) {
    try {
      if (await condition()) return;
    } catch (error) {
      last = error;
    }
    await pause(20);
  }
  throw new Error(`${what} did not come about in ${deadlineMs} ms`, { cause: last });
}

export class ServerProcess {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;

  constructor(program: string, args: readonly string[]) {
    this.#child = spawn(program, [...args], { stdio: 'ignore' });
    this.#exited = new Promise((resolve) =>
      this.#child.once('exit', () => resolve()).once('error', () => resolve()),
    );
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill(signal);
    await this.#exited;
  }
}
