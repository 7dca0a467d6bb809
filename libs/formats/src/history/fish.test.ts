import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf, parseAll } from '../../test/parse-all.ts';
import { detectFormat } from '../index.ts';

const format = 'fish-history';
const commands = (lines: readonly string[]) =>
  eventsOf(format, lines).map((event) => event?.['process.command_line'] ?? null);

describe('fish history', () => {
  it("reads fish 1's entries, escaped newlines and all", () => {
    const lines = [
      '# 1257893423',
      'ls -la',
      '# 1257893430',
      'for i in 1 2\\',
      'echo $i\\',
      'end',
      '# 1257893440',
      '# 1257893441',
      'echo',
    ];
    const parsed = parseAll(lines, { format });
    expect(parsed.map(({ ref, event }) => [ref, event?.timeUs, event?.['process.command_line']])).toEqual([
      [1, 1_257_893_423_000_000, 'ls -la'],
      [3, 1_257_893_430_000_000, 'for i in 1 2\necho $i\nend'],
      [7, 1_257_893_440_000_000, '# 1257893441'],
      [9, undefined, undefined],
    ]);
    expect(detectFormat(lines.slice(0, 6)).format?.name).toBe(format);
  });

  it('reads entries with times and paths', () => {
    const lines = [
      '- cmd: cat a',
      '  when: 1704164645',
      '  paths:',
      '    - a',
      '- cmd: ls',
      '  when: 1704164650',
    ];
    const parsed = parseAll(lines, { format, user: 'ada' });
    expect(parsed.map(({ ref, event }) => [ref, event?.timeUs])).toEqual([
      [1, 1_704_164_645_000_000],
      [5, 1_704_164_650_000_000],
    ]);
    expect(parsed[0]!.event).toMatchObject({
      'process.name': 'fish',
      'process.command_line': 'cat a',
      'user.name': 'ada',
    });
  });

  it('undoes the escapes of fish, which are two', () => {
    expect(commands(['- cmd: begin\\n  echo \\\\n \\t\\nend'])).toEqual(['begin\n  echo \\n \\t\nend']);
    fc.assert(
      fc.property(fc.string(), (typed) => {
        fc.pre(!/[\r\n]/.test(typed) && /[^\0- ]/.test(typed));
        const written = `- cmd: ${typed.replaceAll('\\', '\\\\')}\\n${typed.replaceAll('\\', '\\\\')}`;
        expect(commands([written])).toEqual([`${typed}\n${typed}`]);
      }),
    );
  });

  it('makes no event of lines that are not its own', () => {
    expect(commands(['  when: 1704164645', 'ls', '- cmd: pwd', 'junk', '- cmd: '])).toEqual([
      null,
      null,
      'pwd',
      null,
      null,
    ]);
  });

  it('is known by its times or its path', () => {
    expect(detectFormat(['- cmd: ls', '  when: 1704164645']).confidence).toBeGreaterThan(0.9);
    expect(detectFormat(['- cmd: ls'], { path: '/home/a/.local/share/fish/fish_history' }).confidence).toBe(
      1,
    );
    expect(detectFormat(['- cmd: ls']).confidence).toBeLessThan(0.9);
  });

  const terminal = existsSync('/usr/bin/fish') && existsSync('/usr/bin/script');
  it.skipIf(!terminal)('reads what fish itself writes', { timeout: 60_000 }, () => {
    const typed = [
      'echo "a b"',
      "echo 'back\\\\slash' \\\\",
      "echo '\\n literal' ü",
      'begin\n  echo in\nend',
    ];
    const home = mkdtempSync(join(tmpdir(), 'fish-history-'));
    try {
      spawnSync('/usr/bin/script', ['-qec', '/usr/bin/fish -i', '/dev/null'], {
        env: {
          HOME: home,
          XDG_DATA_HOME: home,
          XDG_CONFIG_HOME: home,
          TERM: 'dumb',
          LC_ALL: 'C.UTF-8',
          PATH: '/usr/bin:/bin',
        },
        input: `${typed.join('\n')}\nexit\n`,
        timeout: 30_000,
      });
      const lines = readFileSync(join(home, 'fish/fish_history'), 'utf8').split('\n').slice(0, -1);
      expect(commands(lines)).toEqual([...typed, 'exit']);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
