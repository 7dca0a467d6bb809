import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { withScene } from './scene.ts';

function gzip(path: string): void {
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
  unlinkSync(path);
}

describe('rename and create', () => {
  test('reads the rest of the renamed file, then the new one', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\nb\n');
      await scene.run();
      appendFileSync(scene.path('app.log'), 'c\n');
      renameSync(scene.path('app.log'), scene.path('app.log.1'));
      writeFileSync(scene.path('app.log'), 'd\n');
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c', 'd']);
      expect(new Set(scene.sink.received.map((line) => line.stream)).size).toBe(2);
    }));

  test('takes what is written to the renamed file until it has been quiet, then forgets it', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\n');
      await scene.run();
      renameSync(scene.path('app.log'), scene.path('app.log.1'));
      await scene.settle();
      appendFileSync(scene.path('app.log.1'), 'late\nunfinished');
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'late']);
      await scene.quiet();
      expect(scene.sink.texts()).toEqual(['a', 'late', 'unfinished']);
      expect([...scene.sink.states.keys()].filter((key) => !key.startsWith('#'))).toEqual([]);
    }));

  test('finds the renamed file again after a restart and reads its rest before the new file', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\nb\n');
      await scene.run();
      await scene.restart(() => {
        appendFileSync(scene.path('app.log'), 'c\n');
        renameSync(scene.path('app.log'), scene.path('app.log.1'));
        writeFileSync(scene.path('app.log'), 'd\n');
      });
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c', 'd']);
      expect(scene.sink.losses).toEqual([]);
    }));

  test.each([false, true])('loses no file of several rotations while nobody looked (down: %s)', (down) =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\n');
      await scene.run();
      const rotations = () => {
        appendFileSync(scene.path('app.log'), 'b\n');
        renameSync(scene.path('app.log'), scene.path('app.log.1'));
        writeFileSync(scene.path('app.log'), 'c\n');
        renameSync(scene.path('app.log.1'), scene.path('app.log.2'));
        renameSync(scene.path('app.log'), scene.path('app.log.1'));
        writeFileSync(scene.path('app.log'), 'd\n');
        renameSync(scene.path('app.log.2'), scene.path('app.log.3'));
        gzip(scene.path('app.log.3'));
        renameSync(scene.path('app.log.1'), scene.path('app.log.2'));
        gzip(scene.path('app.log.2'));
        renameSync(scene.path('app.log'), scene.path('app.log.1'));
        writeFileSync(scene.path('app.log'), 'e\n');
      };
      if (down) await scene.restart(rotations);
      else {
        rotations();
        await scene.settle();
      }
      if (!down) return expect(scene.sink.texts().slice(0, 2)).toEqual(['a', 'b']);
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c', 'd', 'e']);
    }),
  );

  test('follows a renamed file that a glob still matches, and never reads it again', () =>
    withScene(['app.log*'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\n');
      await scene.run();
      renameSync(scene.path('app.log'), scene.path('app.log.1'));
      writeFileSync(scene.path('app.log'), 'b\n');
      await scene.settle();
      await scene.quiet();
      await scene.restart();
      await scene.quiet();
      await scene.restart(() => {
        renameSync(scene.path('app.log.1'), scene.path('app.log.2'));
        renameSync(scene.path('app.log'), scene.path('app.log.1'));
        writeFileSync(scene.path('app.log'), 'c\n');
      });
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c']);
      appendFileSync(scene.path('app.log.2'), 'late\n');
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c', 'late']);
    }));
});

describe('copytruncate', () => {
  test('goes on at 0 in a new stream, and reads what was not read yet from the copy', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\nb\n');
      await scene.run();
      appendFileSync(scene.path('app.log'), 'c\nd\n');
      copyFileSync(scene.path('app.log'), scene.path('app.log.1'));
      truncateSync(scene.path('app.log'));
      appendFileSync(scene.path('app.log'), 'e\n');
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(scene.sink.received.map((line) => line.offset)).toEqual([0, 2, 4, 6, 0]);
      expect(scene.sink.losses).toEqual([]);
    }));

  test('does so after a restart, also where the copy has been compressed', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\nb\n');
      await scene.run();
      await scene.restart(() => {
        appendFileSync(scene.path('app.log'), 'c\n');
        copyFileSync(scene.path('app.log'), scene.path('app.log.1'));
        truncateSync(scene.path('app.log'));
        gzip(scene.path('app.log.1'));
        appendFileSync(scene.path('app.log'), 'd\n');
      });
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c', 'd']);
      expect(scene.sink.losses).toEqual([]);
    }));

  test('does not read a copy that a glob matches a second time, before or after the truncation', () =>
    withScene(['app.log*'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\nb\n');
      await scene.run();
      copyFileSync(scene.path('app.log'), scene.path('app.log.1'));
      await scene.settle();
      expect(scene.following.status().find((entry) => entry.path.endsWith('.1'))?.reason).toMatch(/copy/);
      truncateSync(scene.path('app.log'));
      appendFileSync(scene.path('app.log'), 'c\n');
      await scene.settle();
      await scene.quiet();
      await scene.restart();
      await scene.quiet();
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c']);
    }));

  test('counts exactly the unread bytes as lost where there is no copy', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\nunfinished');
      await scene.run();
      truncateSync(scene.path('app.log'));
      await scene.settle();
      appendFileSync(scene.path('app.log'), 'b\n');
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'b']);
      expect(scene.sink.losses).toEqual([
        { source: 'files', path: scene.path('app.log'), bytes: 10, reason: 'truncated' },
      ]);
    }));

  test('notices that a file was truncated and rewritten to a larger size between two looks', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\n');
      await scene.run();
      writeFileSync(scene.path('app.log'), 'x\ny\nz\n');
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'x', 'y', 'z']);
    }));

  test('notices so where both begin with the same 2 KiB', () =>
    withScene(['app.log'], async (scene) => {
      const header = `${'#'.repeat(2_047)}\n`;
      writeFileSync(scene.path('app.log'), `${header}a\n`);
      await scene.run();
      writeFileSync(scene.path('app.log'), `${header}b\nc\n`);
      await scene.settle();
      expect(scene.sink.texts().filter((text) => text.length < 9)).toEqual(['a', 'b', 'c']);
    }));

  test('holds back the hole that a writer without O_APPEND leaves, and skips it when data follows', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\nb\n');
      await scene.run();
      copyFileSync(scene.path('app.log'), scene.path('app.log.1'));
      truncateSync(scene.path('app.log'));
      truncateSync(scene.path('app.log'), 4_000_000);
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'b']);
      appendFileSync(scene.path('app.log'), 'c\n');
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c']);
      expect(scene.sink.received.at(-1)?.offset).toBe(4_000_000);
      expect(scene.sink.lostBytes('nul-hole')).toBe(4_000_000);
      await scene.restart();
      appendFileSync(scene.path('app.log'), 'd\n');
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c', 'd']);
    }));
});

describe('compression', () => {
  test.each(['app.log.1', 'app.log.2', 'app.log-20261121'])(
    'reads the rest of %s.gz as the same stream',
    (name) =>
      withScene(['app.log'], async (scene) => {
        writeFileSync(scene.path('app.log'), 'a\nb\n');
        await scene.run();
        await scene.restart(() => {
          appendFileSync(scene.path('app.log'), `c\n${'x'.repeat(3_000_000)}`.replace(/(x{99})x/g, '$1\n'));
          renameSync(scene.path('app.log'), scene.path(name));
          gzip(scene.path(name));
          writeFileSync(scene.path('app.log'), 'z\n');
        });
        expect(scene.sink.texts()).toHaveLength(3 + 30_000 + 1);
        const [first, last] = [scene.sink.received[0]!, scene.sink.received.at(-2)!];
        expect(last.stream).toBe(first.stream);
        expect(last.offset).toBe(6 + 29_999 * 100);
        expect(scene.sink.texts().at(-1)).toBe('z');
      }),
  );

  test('reads on through the open handle while the file is compressed under it', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\n');
      await scene.run();
      appendFileSync(scene.path('app.log'), 'b\n');
      renameSync(scene.path('app.log'), scene.path('app.log.1'));
      gzip(scene.path('app.log.1'));
      await scene.settle();
      await scene.quiet();
      expect(scene.sink.texts()).toEqual(['a', 'b']);
    }));

  test('takes a gzip of another file for what it is', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\nhalf');
      await scene.run();
      await scene.restart(() => {
        rmSync(scene.path('app.log'));
        writeFileSync(scene.path('app.log.1.gz'), gzipSync('other\ncontent\n'));
        writeFileSync(scene.path('app.log.2.gz'), 'no gzip at all');
      });
      expect(scene.sink.texts()).toEqual(['a']);
      expect(scene.sink.losses).toMatchObject([{ bytes: 4, reason: 'deleted' }]);
    }));

  test('reads with delayed compression through rename, then gzip', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\n');
      await scene.run();
      await scene.restart(() => {
        appendFileSync(scene.path('app.log'), 'b\n');
        renameSync(scene.path('app.log'), scene.path('app.log.1'));
        writeFileSync(scene.path('app.log'), 'c\n');
      });
      appendFileSync(scene.path('app.log.1'), 'late\n');
      await scene.settle();
      await scene.restart(() => {
        execFileSync('gzip', [scene.path('app.log.1')]);
        appendFileSync(scene.path('app.log'), 'd\n');
      });
      await scene.quiet();
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c', 'late', 'd']);
      expect(scene.sink.losses).toEqual([]);
    }));
});

describe('deletion', () => {
  test('reads a deleted file to its end, with its unfinished line', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\n');
      await scene.run();
      appendFileSync(scene.path('app.log'), 'b\nhalf');
      rmSync(scene.path('app.log'));
      await scene.settle();
      await scene.quiet();
      expect(scene.sink.received.map((line) => [line.text, line.terminated])).toEqual([
        ['a', true],
        ['b', true],
        ['half', false],
      ]);
      expect([...scene.following.followers()]).toEqual([]);
    }));

  test('loses nothing of a deleted file when the sink refuses it at first', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\n');
      await scene.run();
      appendFileSync(scene.path('app.log'), 'b\n');
      rmSync(scene.path('app.log'));
      scene.sink.beforeLines = async () => {
        throw new Error('spool is full');
      };
      await expect(scene.settle()).rejects.toThrow('spool is full');
      scene.sink.beforeLines = async () => {};
      await scene.settle();
      await scene.quiet();
      expect(scene.sink.texts()).toEqual(['a', 'b']);
      expect(scene.sink.losses).toEqual([]);
    }));

  test('tells a file of the same name created anew from the deleted one', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'a\nb\n');
      await scene.run();
      rmSync(scene.path('app.log'));
      writeFileSync(scene.path('app.log'), 'a\nb\nc\n');
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'b', 'a', 'b', 'c']);
    }));

  test('tells a reused inode from the file that had it before, after a restart', () =>
    withScene(['app.log'], async (scene) => {
      writeFileSync(scene.path('app.log'), 'first file\n');
      await scene.run();
      await scene.restart(() => {
        rmSync(scene.path('app.log'));
        writeFileSync(scene.path('app.log'), 'second file, longer\n');
      });
      expect(scene.sink.texts()).toEqual(['first file', 'second file, longer']);
      expect(scene.sink.received[0]!.stream).not.toBe(scene.sink.received[1]!.stream);
    }));
});

describe('symlinks', () => {
  test('keeps the path as configured, and takes another target for a rotation', () =>
    withScene(['current.log'], async (scene) => {
      writeFileSync(scene.path('day1'), 'a\n');
      symlinkSync('day1', scene.path('current.log'));
      await scene.run();
      appendFileSync(scene.path('day1'), 'b\n');
      writeFileSync(scene.path('day2'), 'c\n');
      rmSync(scene.path('current.log'));
      symlinkSync('day2', scene.path('current.log'));
      await scene.settle();
      expect(scene.sink.texts()).toEqual(['a', 'b', 'c']);
      expect(new Set(scene.sink.received.map((line) => line.path))).toEqual(
        new Set([scene.path('current.log')]),
      );
    }));

  test('reads a file once that a link and its target are both matched for', () =>
    withScene(['*.log', 'real'], async (scene) => {
      writeFileSync(scene.path('real'), 'a\n');
      symlinkSync('real', scene.path('link.log'));
      await scene.run();
      await scene.restart();
      expect(scene.sink.texts()).toEqual(['a']);
    }));
});
