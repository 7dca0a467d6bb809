import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pair } from './pair.ts';

/** What a test makes: a folder, mounts, processes. `remove` undoes it all, the last first, also when a step fails. */
export class Scratch {
  readonly dir: string;
  readonly #steps: (() => unknown)[] = [];

  constructor(name: string) {
    this.dir = mkdtempSync(join(tmpdir(), `${name}-`));
    this.defer(() => rmSync(this.dir, { recursive: true, force: true }));
  }

  defer(step: () => unknown): void {
    this.#steps.push(step);
  }

  /** A folder below; made. */
  folder(name: string): string {
    const path = join(this.dir, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** A small file system in memory; root only. */
  tmpfs(name: string, sizeMiB: number): string {
    const path = this.folder(name);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMiB}m,mode=700`, 'tmpfs', path]);
    this.defer(() => execFileSync('umount', ['-l', path]));
    return path;
  }

  /** Ends the two when the test does. */
  owns({ nadir, tom }: Pick<Pair, 'nadir' | 'tom'>): void {
    this.defer(() => nadir.end('SIGKILL'));
    this.defer(() => tom.end('SIGKILL'));
  }

  async remove(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.#steps.splice(0).reverse()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be removed');
  }
}

/** Another user's ids, for what root must not be able to do; none when we are not root ourselves. */
export const NOBODY = { uid: 65_534, gid: 65_534 } as const;
export const isRoot = process.getuid?.() === 0;
