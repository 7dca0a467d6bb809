import { describe, expect, it } from 'vitest';
import { eventsOf, parseAll } from '../../test/parse-all.ts';
import { createStreamParser, detectFormat } from '../index.ts';

const format = 'bash-history';
const commands = (lines: readonly string[]) =>
  eventsOf(format, lines).map((event) => event?.['process.command_line'] ?? null);

describe('bash history', () => {
  it('takes each line for a command where there are no time stamps', () => {
    expect(eventsOf(format, ['ls', '# a note', ' cd /tmp'], { user: 'ada' })).toEqual(
      ['ls', '# a note', ' cd /tmp'].map((command) => ({
        'event.category': 'process',
        'event.action': 'shell_command',
        'process.name': 'bash',
        'process.command_line': command,
        'user.name': 'ada',
      })),
    );
  });

  it('gives all lines up to the next stamp as one command, under the ref and time of the stamp', () => {
    const parsed = parseAll(['#1704164645', 'for i in 1 2', 'do echo $i', 'done', '#1704164650', 'ls'], {
      format,
    });
    expect(parsed.map(({ ref, event }) => [ref, event?.timeUs, event?.['process.command_line']])).toEqual([
      [1, 1_704_164_645_000_000, 'for i in 1 2\ndo echo $i\ndone'],
      [5, 1_704_164_650_000_000, 'ls'],
    ]);
    expect(parsed[0]!.text).toBe('#1704164645\nfor i in 1 2\ndo echo $i\ndone');
  });

  it('keeps comments that were typed, and takes only nine or ten digits alone for a stamp', () => {
    expect(commands(['#1704164645', '# 1704164645', '#12', '#17041646450', '#1704164645x'])).toEqual([
      '# 1704164645\n#12\n#17041646450\n#1704164645x',
    ]);
  });

  it('reads files with carriage returns', () => {
    expect(commands(['#1704164645\r', 'ls\r', 'pwd\r'])).toEqual(['ls\npwd']);
  });

  it('makes no event of blank lines and of stamps without a command', () => {
    expect(commands(['', '#1704164645', '#1704164650', 'ls'])).toEqual([null, null, 'ls']);
  });

  it('gives a command the time of a stamp that was flushed before it came', () => {
    const events: unknown[] = [];
    const parser = createStreamParser({ format });
    const emit = (_ref: unknown, _text: string, _format: string, event: unknown) => void events.push(event);
    parser.push('#1704164645', 1, emit);
    parser.flush(emit);
    parser.push('ls', 2, emit);
    parser.flush(emit);
    parser.flush(emit);
    expect(events).toEqual([null, expect.objectContaining({ timeUs: 1_704_164_645_000_000 })]);
  });

  it('bounds an entry', () => {
    const lines = ['#1704164645', ...Array.from({ length: 25_000 }, () => 'x')];
    const parsed = parseAll(lines, { format });
    expect(parsed).toHaveLength(3);
    expect(new Set(parsed.map(({ event }) => event?.timeUs))).toEqual(new Set([1_704_164_645_000_000]));
  });

  it('is known by its path, or by stamps, never by the look of commands', () => {
    expect(detectFormat(['ls'], { path: '/home/ada/.bash_history' }).format?.name).toBe(format);
    expect(detectFormat(['#1704164645', 'ls']).format?.name).toBe(format);
    expect(detectFormat(['ls', 'cd /tmp', '# note'])).toEqual({ format: null, confidence: 0 });
  });
});
