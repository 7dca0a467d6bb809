import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '../..');

export type Message = { readonly type: string } & Readonly<Record<string, unknown>>;

export interface ProgramOptions {
  readonly app: 'tom' | 'nadir';
  readonly argv: readonly string[];
  readonly files?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** An object that it printed with `--json`. */
  onMessage(message: Message): void;
}

/** One of the suite's programs as a child, spoken to through its public command with `--json`. */
export class ChildProgram {
  readonly #child: ChildProcess;
  /** Resolves with its exit code; 130 when a signal ended it. */
  readonly ended: Promise<number>;

  constructor({ app, argv, files = [], env, onMessage }: ProgramOptions) {
    const bin = join(root, 'apps', app, 'bin', `${app}.mjs`);
    // A group of its own: Ctrl-C reaches this process alone, which then stops both in order.
    const child = spawn(process.execPath, [bin, ...argv, '--json', '--', ...files], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    this.#child = child;
    this.ended = new Promise((resolve) => {
      child.on('exit', (code) => resolve(code ?? 130));
      child.on('error', () => resolve(1));
    });
    createInterface({ input: child.stdout! }).on('line', (line) => {
      try {
        onMessage(JSON.parse(line) as Message);
      } catch {
        process.stderr.write(`${line}\n`);
      }
    });
  }

  /** Asks it to stop; after ten seconds it is made to. */
  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 10_000);
    await this.ended;
    clearTimeout(timer);
  }
}
