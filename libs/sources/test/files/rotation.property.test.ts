import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Scene, withScene } from './scene.ts';

/** What a writer, logrotate or a power cut may do, in any order. */
type Action =
  | {
      readonly do: 'append';
      readonly body: 'short' | 'binary' | 'long';
      readonly lines: number;
      readonly open: boolean;
    }
  | { readonly do: 'rename' | 'copytruncate'; readonly compress: boolean }
  | { readonly do: 'crash'; readonly afterBlocks: number }
  | { readonly do: 'compress' | 'delete' | 'truncate' | 'read' | 'restart' | 'kill' | 'quiet' };

const MAX_LINE_BYTES = 3_000;
const KEPT = 9;

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      body: fc.constantFrom('short' as const, 'binary' as const, 'long' as const),
      lines: fc.integer({ min: 1, max: 4 }),
      open: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('rename' as const, 'copytruncate' as const),
      compress: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...(['compress', 'delete', 'truncate', 'read', 'restart', 'kill', 'quiet'] as const))
      .map((name) => ({ do: name })),
  },
  { weight: 3, arbitrary: fc.constant({ do: 'read' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), afterBlocks: fc.nat(3) }) },
);

/** The file, its writer and its rotator; knows every line that was ever written. */
class World {
  readonly scene: Scene;
  readonly written: string[] = [];
  /** Bytes that a truncation without a copy took before anybody could read them. */
  lostBytes = 0;
  #open = '';
  #count = 0;
  #rotations = 0;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  get log(): string {
    return this.scene.path('app.log');
  }

  rotated(n: number): string {
    return this.scene.path(`app.log.${n}`);
  }

  /** Each line is unique; a last one may stay open, to be gone on with by the next append. */
  append(body: 'short' | 'binary' | 'long', lines: number, open: boolean): void {
    let text = '';
    for (let n = 0; n < lines; n++) {
      const number = this.#count++;
      const filling = {
        short: 'x',
        binary: `\x00\xff\r\x1b[0m${'\0'.repeat(number % 40)}`,
        long: 'y'.repeat(2_000 + (number % 900)),
      };
      text += `${number}:${filling[body]}`;
      if (!open || n < lines - 1) text += '\n';
    }
    const whole = this.#open + text;
    const parts = whole.split('\n');
    this.#open = parts.pop()!;
    // A line gone on with may become too long to be shipped whole: end it before that.
    if (this.#open.length > 1_000) {
      parts.push(this.#open);
      this.#open = '';
      text += '\n';
    }
    // Lines of unfinished pieces can pass the limit only by several opens in a row; they do not: see above.
    this.written.push(...parts);
    appendFileSync(this.log, Buffer.from(text, 'latin1'));
  }

  /** The writer begins a new file: what it had not ended stays unended in the old one. */
  closeOpen(): void {
    if (this.#open !== '') this.written.push(this.#open);
    this.#open = '';
  }

  /** After a deletion nothing leads to a file that comes and goes unseen: it is looked at once. */
  async createSeen(): Promise<void> {
    const { running } = this.scene;
    writeFileSync(this.log, '');
    await this.scene.ensureRead();
    if (!running) await this.scene.kill();
  }

  /** Moves app.log.N up by one, as logrotate does. */
  shift(): void {
    for (let n = KEPT + this.#rotations; n >= 1; n--) {
      for (const extension of ['', '.gz']) {
        const from = this.rotated(n) + extension;
        if (existsSync(from)) renameSync(from, this.rotated(n + 1) + extension);
      }
    }
    this.#rotations++;
  }

  compress(n: number): void {
    const path = this.rotated(n);
    // An empty file has no content that a compressed one could be known by.
    if (!existsSync(path) || statSync(path).size === 0) return;
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
    rmSync(path);
  }

  /**
   * Of a file that was empty or absent when it was last looked at, neither a copy nor a compressed file can be
   * known for what it is: such a rotation is looked at before.
   */
  async lookIfUnknowable(step: Action): Promise<void> {
    const copies =
      step.do === 'copytruncate' || step.do === 'compress' || (step.do === 'rename' && step.compress);
    if (!copies || this.scene.sizeSeen('app.log') > 0) return;
    const { running } = this.scene;
    await this.scene.ensureRead();
    if (!running) await this.scene.kill();
  }

  dropOpen(): void {
    this.lostBytes += this.#open.length;
    this.#open = '';
  }
}

async function apply(world: World, step: Action): Promise<void> {
  const { scene } = world;
  const running = scene.running;
  await world.lookIfUnknowable(step);
  switch (step.do) {
    case 'append':
      if (!existsSync(world.log)) await world.createSeen();
      return world.append(step.body, step.lines, step.open);
    case 'rename':
      if (!existsSync(world.log)) await world.createSeen();
      world.shift();
      renameSync(world.log, world.rotated(1));
      world.closeOpen();
      writeFileSync(world.log, '');
      if (step.compress) world.compress(1);
      return;
    case 'copytruncate':
      if (!existsSync(world.log)) return;
      world.shift();
      copyFileSync(world.log, world.rotated(1));
      truncateSync(world.log);
      world.closeOpen();
      if (step.compress) world.compress(1);
      return;
    case 'compress':
      return world.compress(1);
    case 'delete':
      // A deleted file lives as long as the open handle: it is read to its end unless we die before.
      if (!running) return;
      await scene.settle();
      rmSync(world.log, { force: true });
      world.closeOpen();
      await scene.settle();
      return scene.quiet();
    case 'truncate':
      if (!running || !existsSync(world.log)) return;
      await scene.settle();
      truncateSync(world.log);
      world.dropOpen();
      return scene.settle();
    case 'read':
      return running ? scene.settle() : undefined;
    case 'quiet':
      return running ? scene.quiet() : undefined;
    case 'kill':
      return running ? scene.kill() : undefined;
    case 'crash': {
      if (!running) return;
      let blocks = 0;
      scene.sink.beforeLines = async () => {
        if (blocks++ >= step.afterBlocks) throw new Error('killed');
      };
      await scene.settle().catch(() => {});
      return scene.kill();
    }
    case 'restart':
      if (running) await scene.kill();
      return scene.run();
  }
}

function check(world: World): void {
  const { received } = world.scene.sink;
  const texts = received.map((line) => line.text);
  expect([...texts].sort()).toEqual([...world.written].sort());
  const byStream = new Map<string, typeof received>();
  for (const line of received) byStream.set(line.stream, [...(byStream.get(line.stream) ?? []), line]);
  for (const lines of byStream.values()) {
    const numbers = lines.map((line) => Number.parseInt(line.text, 10));
    expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    let end = -1;
    for (const line of lines) {
      expect(line.offset).toBeGreaterThan(end);
      end = line.offset + line.text.length - 1;
    }
  }
  expect(world.scene.sink.lostBytes()).toBe(world.lostBytes);
}

test.each([['app.log'], ['app.log*']])(
  'every line arrives once and in order whatever writer, rotator and power cuts do (%s)',
  async (pattern) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 40, max: 4_000 }),
        (steps, blockBytes) =>
          withScene(
            [pattern],
            async (scene) => {
              const world = new World(scene);
              writeFileSync(world.log, '');
              await scene.run();
              for (const step of steps) await apply(world, step);
              if (!scene.running) await scene.run();
              await scene.settle();
              world.closeOpen();
              rmSync(world.log, { force: true });
              await scene.settle();
              await scene.quiet();
              await scene.quiet();
              check(world);
            },
            { blockBytes, maxLineBytes: MAX_LINE_BYTES },
          ),
      ),
      { numRuns: 80 },
    );
  },
);
