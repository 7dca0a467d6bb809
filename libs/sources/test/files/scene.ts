import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFollowing, type Following } from '../../src/files/following.ts';
import type { FollowingOptions } from '../../src/files/following-options.ts';
import { parseGlob } from '../../src/files/glob.ts';
import { RecordingSink } from '../recording-sink.ts';

/** A directory, a following of it that is driven by hand, and a clock that moves when told. */
export class Scene {
  readonly dir: string;
  sink = new RecordingSink();
  following!: Following;
  nowUs = 1_000_000;
  running = false;
  #ids = 0;
  readonly #seen = new Map<string, number>();
  readonly #options: Partial<FollowingOptions>;
  readonly #patterns: readonly string[];

  constructor(dir: string, patterns: readonly string[], options: Partial<FollowingOptions>) {
    this.dir = dir;
    this.#patterns = patterns;
    this.#options = options;
  }

  /** How large a file was when everything was last read; 0 where it was not there. */
  sizeSeen(name: string): number {
    return this.#seen.get(name) ?? 0;
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  async run(): Promise<void> {
    this.running = true;
    this.following = createFollowing(
      {
        name: 'files',
        globs: this.#patterns.flatMap((pattern) => parseGlob(this.path(pattern))),
        exclude: [],
        start: 'beginning',
        maxLineBytes: 1024 * 1024,
        blockBytes: 1024 * 1024,
        rotatedQuietMs: 5_000,
        maxOpenFiles: 512,
        root: '/',
        clock: () => this.nowUs,
        randomId: () => `s${this.#ids++}`,
        ...this.#options,
      },
      this.sink,
    );
    await this.following.start();
    await this.settle();
  }

  /** Looks at everything and reads until nothing is left to do. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round++) {
      await this.following.scan();
      for (const follower of this.following.followers()) this.following.wake(follower);
      while (await this.following.turn());
    }
    this.#seen.clear();
    for (const name of readdirSync(this.dir)) this.#seen.set(name, statSync(this.path(name)).size);
  }

  /** Has a look at everything, also when down: by a run in between. */
  async ensureRead(): Promise<void> {
    if (this.running) await this.settle();
    else await this.run();
  }

  /** As long as it takes for rotated files to be let go. */
  async quiet(): Promise<void> {
    this.nowUs += 10_000_000;
    await this.settle();
  }

  /** kill -9 and a new start: only what the sink has made durable is known. */
  async restart(whileDown: () => void | Promise<void> = () => {}): Promise<void> {
    await this.kill();
    await whileDown();
    await this.run();
  }

  async kill(): Promise<void> {
    this.running = false;
    const dead = this.sink;
    this.sink = dead.restart();
    await this.following.close();
  }
}

/** Runs a test in a directory of its own, gone when it ends. */
export async function withScene(
  patterns: readonly string[],
  test: (scene: Scene) => Promise<void>,
  options: Partial<FollowingOptions> = {},
): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'sources-'));
  const scene = new Scene(dir, patterns, options);
  try {
    await test(scene);
  } finally {
    await scene.following?.close();
    await rm(dir, { recursive: true, force: true });
  }
}
