import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface ProgramOptions {
  /** The production bundle instead of the sources. */
  readonly bundled?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** What starts it, e.g. `ip netns exec NAME`: it must become the program, not its parent. */
  readonly through?: readonly string[];
}

/** One of the suite's programs as a child process that can be killed and started again. */
export class Program {
  readonly #argv: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  readonly #through: readonly string[];
  #child: ChildProcess | null = null;
  /** The last of what it wrote to standard error, for when something fails. */
  said = '';

  constructor(app: 'tom' | 'nadir', argv: readonly string[], options: ProgramOptions = {}) {
    this.#argv = [
      options.bundled
        ? join(root, 'apps', app, 'dist', `${app}.mjs`)
        : join(root, 'apps', app, 'bin', `${app}.mjs`),
      ...argv,
    ];
    this.#env = options.env ?? {};
    this.#through = options.through ?? [];
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get running(): boolean {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  start(): void {
    const [command = '', ...argv] = [...this.#through, process.execPath, ...this.#argv];
    const child = spawn(command, argv, {
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      this.said = (this.said + chunk.toString()).slice(-4000);
    });
    this.#child = child;
  }

  /** Sends the signal and waits for the end. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || !this.running) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill(signal);
    await gone;
  }
}
