import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf, parseAll } from '../../test/parse-all.ts';
import { decodeLine, detectFormat } from '../index.ts';

const format = 'zsh-history';
const commands = (lines: readonly string[]) =>
  eventsOf(format, lines).map((event) => event?.['process.command_line'] ?? null);

/** As zsh's Src/utils.c metafies: 0 and 0x83 to 0xa2 become 0x83 and the byte ^ 0x20. */
function metafy(text: string): Buffer {
  const bytes: number[] = [];
  for (const byte of Buffer.from(text)) {
    if (byte === 0 || (byte >= 0x83 && byte <= 0xa2)) bytes.push(0x83, byte ^ 0x20);
    else bytes.push(byte);
  }
  return Buffer.from(bytes);
}

describe('zsh history', () => {
  it('reads extended entries', () => {
    expect(eventsOf(format, [': 1704164645:12;sleep 12'], { user: 'ada' })).toEqual([
      {
        timeUs: 1_704_164_645_000_000,
        'event.category': 'process',
        'event.action': 'shell_command',
        'event.duration': 12e9,
        'process.name': 'zsh',
        'process.command_line': 'sleep 12',
        'user.name': 'ada',
      },
    ]);
  });

  it('reads plain entries without a time', () => {
    const [event] = eventsOf(format, ['ls -la']);
    expect(event).toMatchObject({ 'process.command_line': 'ls -la' });
    expect(event).not.toHaveProperty('timeUs');
  });

  it('joins lines that end in a backslash, however many there are', () => {
    const lines = [
      ': 1704164645:0;for i in 1\\',
      'do echo $i\\',
      'done',
      ': 1704164646:0;echo a \\\\',
      'b',
      'ls',
    ];
    expect(commands(lines)).toEqual(['for i in 1\ndo echo $i\ndone', 'echo a \\\nb', 'ls']);
    expect(parseAll(lines, { format }).map(({ ref }) => ref)).toEqual([1, 4, 6]);
  });

  it('takes off the space that guards a final backslash, and no other', () => {
    expect(commands(['echo a\\ ', 'echo b\\  ', 'echo c '])).toEqual(['echo a\\', 'echo b\\ ', 'echo c ']);
  });

  it('decodes metafied bytes, whichever way the line was decoded before', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('utf-8', 'binary'),
        (text, encoding) => {
          fc.pre(!/[\n\r\\]/.test(text) && text.trim() !== '' && /[^\0- ]/.test(text));
          // Latin letters alone, decoded as UTF-8 already, cannot be told from bytes.
          fc.pre(encoding === 'binary' || !/^[\0-\xff]*$/.test(text) || /^[\0-\x7f]*$/.test(text));
          const bytes = metafy(`echo ${text}`);
          const line = decodeLine(bytes, 0, bytes.length, encoding as 'binary');
          expect(commands([line])).toEqual([`echo ${text}`]);
        },
      ),
    );
  });

  it('is known by extended entries, plain ones by the path alone', () => {
    expect(detectFormat([': 1704164645:0;a\\', 'b', ': 1704164646:0;c']).format?.name).toBe(format);
    expect(detectFormat(['ls'], { path: '/home/ada/.zsh_history' }).format?.name).toBe(format);
    expect(detectFormat(['ls']).format).toBeNull();
  });

  it.skipIf(!existsSync('/usr/bin/zsh'))('reads what zsh itself writes', { timeout: 60_000 }, () => {
    const typed = [
      'ls -la',
      'for i in 1 2\ndo echo $i\ndone',
      'echo a \\\nb',
      'echo a\\\\\nb',
      'echo trailing\\',
      'echo two\\\\',
      'echo space\\ ',
      'echo “quotes” — ünï € ăꙃ',
      ': 1:0;imitation',
      'true',
    ];
    const home = mkdtempSync(join(tmpdir(), 'zsh-history-'));
    try {
      const quoted = typed.map((command) => `print -rs -- '${command}'`);
      writeFileSync(
        join(home, 'type'),
        ['HISTSIZE=99', 'SAVEHIST=99', 'setopt EXTENDED_HISTORY', ...quoted, 'fc -W "$OUT"'].join('\n'),
      );
      const env = { HOME: home, OUT: join(home, 'history'), LC_ALL: 'C.UTF-8', PATH: '/usr/bin:/bin' };
      spawnSync('/usr/bin/zsh', ['-fi', join(home, 'type')], { env, timeout: 20_000 });
      const bytes = readFileSync(env.OUT);
      const lines = bytes.toString('latin1').split('\n').slice(0, -1);
      expect(commands(lines)).toEqual(typed);
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
