import { describe, expect, it } from 'vitest';
import { collect, type Parsed, parseAll } from '../test/parse-all.ts';
import { SAMPLES } from '../test/samples.ts';
import { createStreamParser } from './index.ts';

const nginx = SAMPLES.nginx![0]!;
const syslog = SAMPLES.syslog![0]!;
const json = SAMPLES.json![0]!;
const formats = (parsed: readonly Parsed[]) =>
  parsed.map(({ format, event }) => (event === null ? 'none' : format));

describe('the parser that finds out the format', () => {
  it('decides at the first line where that is clear', () => {
    const out: Parsed[] = [];
    createStreamParser().push(nginx, 1, collect(out));
    expect(formats(out)).toEqual(['nginx']);
  });

  it('holds lines back until it can decide, then parses them', () => {
    const out: Parsed[] = [];
    const parser = createStreamParser();
    parser.push('cut off mid-line by rotation', 1, collect(out));
    parser.push(nginx, 2, collect(out));
    expect(out).toEqual([]);
    for (let ref = 3; ref <= 4; ref++) parser.push(nginx, ref, collect(out));
    expect(formats(out)).toEqual(['none', 'nginx', 'nginx', 'nginx']);
  });

  it('lets go of everything at a flush, as none where no format fits', () => {
    const out: Parsed[] = [];
    const parser = createStreamParser();
    for (const [at, line] of ['a', '', 'b'].entries()) parser.push(line, at, collect(out));
    parser.flush(collect(out));
    parser.flush(collect(out));
    expect(out.map(({ format, event }) => [format, event])).toEqual(Array(3).fill(['none', null]));
  });

  it('holds at most 200 lines and 256 KiB', () => {
    const out: Parsed[] = [];
    const parser = createStreamParser();
    for (let ref = 1; ref <= 200; ref++) parser.push('a line', ref, collect(out));
    expect(out).toHaveLength(200);
    const large = createStreamParser();
    large.push('x'.repeat(256 * 1024), 1, collect(out));
    expect(out).toHaveLength(201);
  });

  it('still decides after an early flush, and after any number of other lines', () => {
    const out: Parsed[] = [];
    const parser = createStreamParser();
    parser.push('odd', 1, collect(out));
    parser.flush(collect(out));
    for (let ref = 2; ref <= 4; ref++) parser.push(nginx, ref, collect(out));
    expect(formats(out).at(-1)).toBe('nginx');
    const late = parseAll([...Array(1000).fill('text'), ...Array(2000).fill(nginx)]);
    expect(formats(late).at(-1)).toBe('nginx');
  });

  it('is not taken over by one line of another format in plain text', () => {
    const lines = Array.from({ length: 2000 }, (_, i) => (i > 200 && i % 50 === 7 ? syslog : 'plain text'));
    expect(new Set(formats(parseAll(lines)))).toEqual(new Set(['none']));
  });

  it('takes another format after 50 lines without an event', () => {
    const parsed = parseAll([nginx, ...Array(60).fill(json), nginx, json]);
    expect(formats(parsed)).toEqual([
      'nginx',
      ...Array(50).fill('none'),
      ...Array(10).fill('json'),
      'none',
      'json',
    ]);
  });

  it('stays with a format that it was told', () => {
    const parsed = parseAll([...Array(120).fill(json)], { format: 'nginx' });
    expect(new Set(formats(parsed))).toEqual(new Set(['none']));
  });

  it('refuses a format that does not exist, naming those that do', () => {
    expect(() => createStreamParser({ format: 'ngnix' })).toThrow(
      /unknown format 'ngnix'; known: auto, .*nginx/,
    );
  });

  it('knows histories by their path', () => {
    const [event] = parseAll(['ls'], { path: '/root/.bash_history', user: 'root' }).map(
      (parsed) => parsed.event,
    );
    expect(event).toMatchObject({ 'event.action': 'shell_command', 'user.name': 'root' });
    for (const path of ['/root/.bash_history', '/root/.zsh_history']) {
      for (const line of [syslog, nginx, json]) {
        expect(parseAll([line], { path })[0]?.event?.['process.command_line'], path).toBe(line);
      }
    }
  });
});
