import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Random } from '../../tools/loggen/random.ts';

const KEEP = 40;

/**
 * Appends numbered lines to some files and rotates them, each in its own way. All calls are synchronous, so that
 * nothing is written between copying and truncating: what copytruncate loses by design is not the question here.
 */
export class Writer {
  readonly paths: readonly string[];
  rotations = 0;
  readonly #random: Random;
  readonly #next: number[];
  readonly #open: boolean[];
  /** Number of the first line of each present file. */
  readonly #firstOfFile: number[];

  constructor(dir: string, random: Random) {
    this.#random = random;
    this.paths = ['create.log', 'copy.log', 'gzip.log'].map((name) => join(dir, name));
    this.#next = this.paths.map(() => 0);
    this.#open = this.paths.map(() => false);
    this.#firstOfFile = this.paths.map(() => 0);
  }

  /** How many lines each path has been given. */
  get written(): readonly number[] {
    return this.#next;
  }

  /** One line to every file. */
  first(): void {
    for (const [index, path] of this.paths.entries())
      appendFileSync(path, `line ${this.#next[index]!++} of ${index} first\n`);
  }

  /** Some lines to every file; now and then a line is left unfinished until the next call. */
  append(): void {
    for (const [index, path] of this.paths.entries()) {
      let text = this.#open[index] ? `${this.#random.int(1e9)}\n` : '';
      this.#open[index] = false;
      const count = this.#random.int(30);
      for (let i = 0; i < count; i++) {
        const unfinished = i === count - 1 && this.#random.next() < 0.2;
        text += `line ${this.#next[index]!++} of ${index} `;
        text += unfinished ? '' : `${this.#random.int(1e9)}\n`;
        this.#open[index] = unfinished;
      }
      appendFileSync(path, text);
    }
  }

  /**
   * Rotates one file, if it has whole lines only and the agent has seen it since it was rotated last: what came and went
   * while the agent was away cannot be known.
   * @param newest number of the newest line of each path that is stored.
   */
  rotate(newest: readonly number[]): void {
    const index = this.#random.int(this.paths.length);
    const path = this.paths[index]!;
    if (this.#open[index] || !existsSync(path) || newest[index]! < this.#firstOfFile[index]!) return;
    this.#firstOfFile[index] = this.#next[index]!;
    this.rotations += 1;
    for (let n = KEEP; n >= 1; n--) {
      for (const suffix of ['', '.gz']) {
        if (existsSync(`${path}.${n}${suffix}`)) {
          if (n === KEEP) rmSync(`${path}.${n}${suffix}`);
          else renameSync(`${path}.${n}${suffix}`, `${path}.${n + 1}${suffix}`);
        }
      }
    }
    if (index === 1) {
      copyFileSync(path, `${path}.1`);
      truncateSync(path);
      return;
    }
    renameSync(path, `${path}.1`);
    writeFileSync(path, '');
    if (index === 2 && existsSync(`${path}.2`)) {
      // logrotate's delaycompress: the one before the last is compressed.
      writeFileSync(`${path}.2.gz`, gzipSync(readFileSync(`${path}.2`)));
      rmSync(`${path}.2`);
    }
  }

  /** Ends all unfinished lines. */
  finish(): void {
    for (const [index, path] of this.paths.entries()) {
      if (this.#open[index]) appendFileSync(path, 'end\n');
      this.#open[index] = false;
    }
  }
}
