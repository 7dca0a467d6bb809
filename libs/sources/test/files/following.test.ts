import { appendFileSync, chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withScene } from './scene.ts';

test('follows a one-byte file, and doubles nothing when its line is finished later', () =>
  withScene(['one'], async (scene) => {
    writeFileSync(scene.path('one'), 'x');
    await scene.run();
    expect(scene.sink.texts()).toEqual([]);
    expect(scene.following.status()).toMatchObject([{ state: 'following', offset: 0, size: 1 }]);
    await scene.restart();
    appendFileSync(scene.path('one'), 'y');
    await scene.settle();
    appendFileSync(scene.path('one'), '\n');
    await scene.settle();
    await scene.restart();
    expect(scene.sink.texts()).toEqual(['xy']);
  }));

test('goes on after a restart exactly where the last durable block ended', () =>
  withScene(
    ['app.log'],
    async (scene) => {
      const lines = Array.from({ length: 2_000 }, (_, n) => `line ${n}`);
      writeFileSync(scene.path('app.log'), `${lines.join('\n')}\n`);
      let blocks = 0;
      scene.sink.beforeLines = async () => {
        if (++blocks > 3) throw new Error('killed');
      };
      await expect(scene.run()).rejects.toThrow('killed');
      await scene.restart();
      expect(scene.sink.texts()).toEqual(lines);
      expect(scene.sink.received.map((line) => line.offset)).toEqual(
        lines.map((_, n) => lines.slice(0, n).reduce((sum, line) => sum + line.length + 1, 0)),
      );
    },
    { blockBytes: 1_000, maxLineBytes: 500 },
  ));

test('cuts a line that is too long, counts the rest, goes on after its newline, over a restart too', () =>
  withScene(
    ['app.log'],
    async (scene) => {
      writeFileSync(scene.path('app.log'), `a\n${'L'.repeat(5_000)}`);
      await scene.run();
      await scene.restart();
      appendFileSync(scene.path('app.log'), `${'M'.repeat(100)}\nb\n`);
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'L'.repeat(100), 'b']);
      expect(scene.sink.received.map((line) => line.offset)).toEqual([0, 2, 5_103]);
      expect(scene.sink.losses).toMatchObject([{ bytes: 5_000, reason: 'line-too-long' }]);
    },
    { blockBytes: 256, maxLineBytes: 100 },
  ));

test('passes a NUL that a line begins with on as it is', () =>
  withScene(['bin'], async (scene) => {
    writeFileSync(scene.path('bin'), 'a\n\0\0b\nc\0\n');
    await scene.run();
    expect(scene.sink.texts()).toEqual(['a', '\0\0b', 'c\0']);
    expect(scene.sink.losses).toEqual([]);
  }));

test('begins at the last line start with start: end, and reads files that appear later whole', () =>
  withScene(
    ['*.log', 'late/**/*.log'],
    async (scene) => {
      writeFileSync(scene.path('a.log'), 'old\nhal');
      await scene.run();
      appendFileSync(scene.path('a.log'), 'f\n');
      writeFileSync(scene.path('b.log'), 'new\n');
      mkdirSync(scene.path('late/deep'), { recursive: true });
      writeFileSync(scene.path('late/deep/c.log'), 'deep\n');
      await scene.settle();
      expect([...scene.sink.texts()].sort()).toEqual(['deep', 'half', 'new']);
      await scene.restart(() => writeFileSync(scene.path('d.log'), 'while down\n'));
      expect(scene.sink.texts()).toContain('while down');
    },
    { start: 'end' },
  ));

test('takes turns among files, a block each', () =>
  withScene(
    ['*.log'],
    async (scene) => {
      for (const name of ['a', 'b', 'c']) writeFileSync(scene.path(`${name}.log`), `${name}\n`.repeat(300));
      await scene.run();
      const order = scene.sink
        .texts()
        .join('')
        .replace(/(.)\1*/g, '$1');
      expect(order.slice(0, 9)).toBe('abcabcabc');
      expect(scene.sink.texts()).toHaveLength(900);
    },
    { blockBytes: 200, maxLineBytes: 100 },
  ));

test('keeps the number of open files bounded and still reads them all', () =>
  withScene(
    ['*.log'],
    async (scene) => {
      for (let n = 0; n < 20; n++) writeFileSync(scene.path(`${n}.log`), `${n}\n`);
      await scene.run();
      for (let n = 0; n < 20; n++) appendFileSync(scene.path(`${n}.log`), `more ${n}\n`);
      await scene.settle();
      expect(scene.sink.texts()).toHaveLength(40);
      const open = [...scene.following.followers()].filter((follower) => follower.file !== null);
      expect(open.length).toBeLessThanOrEqual(5);
    },
    { maxOpenFiles: 5 },
  ));

test('says of what is no regular file why it is not followed, and passes compressed and excluded files over', () =>
  withScene(
    ['*'],
    async (scene) => {
      mkdirSync(scene.path('dir'));
      writeFileSync(scene.path('x.gz'), 'x');
      writeFileSync(scene.path('y.tmp'), 'y\n');
      writeFileSync(scene.path('z.log'), 'z\n');
      await scene.run();
      expect(scene.sink.texts()).toEqual(['z']);
    },
    { exclude: ['*.tmp'] },
  ));

test('reports an unreadable file with what would help, and reads it once it may', () =>
  withScene(['secret.log'], async (scene) => {
    writeFileSync(scene.path('secret.log'), 'a\n');
    chmodSync(scene.path('secret.log'), 0);
    chmodSync(scene.dir, 0o755);
    const asRoot = process.getuid?.() === 0;
    if (asRoot) process.seteuid!(65_534);
    try {
      await scene.run();
      expect(scene.following.status()).toMatchObject([{ state: 'unreadable', reason: /adm/ }]);
    } finally {
      if (asRoot) process.seteuid!(0);
    }
    chmodSync(scene.path('secret.log'), 0o600);
    await scene.settle();
    expect(scene.sink.texts()).toEqual(['a']);
  }));

test('holds a hole back while nothing follows it, however long', () =>
  withScene(['app.log'], async (scene) => {
    writeFileSync(scene.path('app.log'), '');
    await scene.run();
    truncateSync(scene.path('app.log'), 3_000_000);
    await scene.settle();
    await scene.restart();
    expect(scene.sink.texts()).toEqual([]);
    expect(scene.sink.losses).toEqual([]);
  }));
