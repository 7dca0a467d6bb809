import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RecordingSink } from '../../test/recording-sink.ts';
import type { Source } from '../port.ts';
import { createHistorySource, type HistorySourceOptions } from './history-source.ts';

let dir: string;
let home: string;
let sink: RecordingSink;
let source: Source | null = null;
let ids = 0;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'history-'));
  home = join(dir, 'ann');
  mkdirSync(home);
  writeFileSync(
    join(dir, 'passwd'),
    `ann:x:${process.getuid!()}:100::${home}:/bin/bash\nnobody:x:65534:1::/nonexistent:\n`,
  );
  sink = new RecordingSink();
});

afterEach(async () => {
  await source?.stop();
  source = null;
  rmSync(dir, { recursive: true, force: true });
});

async function follow(options: Partial<HistorySourceOptions> = {}): Promise<void> {
  source = createHistorySource({
    name: 'histories',
    start: 'beginning',
    passwdPath: join(dir, 'passwd'),
    pollMs: 5,
    settleMs: 20,
    clock: () => Math.round(performance.now() * 1_000),
    randomId: () => `h${ids++}`,
    ...options,
  });
  await source.start(sink);
}

async function restart(): Promise<void> {
  await source?.stop();
  sink = sink.restart();
  await follow();
}

async function expectTexts(texts: readonly unknown[]): Promise<void> {
  await vi.waitFor(() => expect(sink.texts()).toEqual(texts), { timeout: 5_000, interval: 5 });
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `command ${from + n}`);
const asFile = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
const notes = () =>
  sink.received.filter((line) => line.format === 'tom-note').map((line) => JSON.parse(line.text));
const path = (name: string) => join(home, name);

test('ships what shells append, with user and format', async () => {
  writeFileSync(path('.bash_history'), 'ls\n');
  await follow();
  appendFileSync(path('.bash_history'), 'whoami\nid');
  appendFileSync(path('.zsh_history'), ': 1700000000:0;pwd\n');
  await expectTexts(['ls', 'whoami', ': 1700000000:0;pwd']);
  expect(sink.received.map(({ user, format }) => [user, format])).toEqual([
    ['ann', 'bash-history'],
    ['ann', 'bash-history'],
    ['ann', 'zsh-history'],
  ]);
});

test('ships only the new lines of a history rewritten by rename with its front dropped', async () => {
  writeFileSync(path('.bash_history'), asFile(numbered(0, 500)));
  await follow();
  writeFileSync(path('.tmp'), asFile(numbered(100, 520)));
  renameSync(path('.tmp'), path('.bash_history'));
  await expectTexts(numbered(0, 520));
  await restart();
  writeFileSync(path('.bash_history'), asFile(numbered(300, 530)));
  await expectTexts(numbered(0, 530));
  expect(notes()).toEqual([]);
});

test('ships nothing twice over a restart during which the history was rewritten', async () => {
  writeFileSync(path('.bash_history'), asFile(numbered(0, 100)));
  await follow();
  await source!.stop();
  writeFileSync(path('.tmp'), asFile(numbered(50, 103)));
  renameSync(path('.tmp'), path('.bash_history'));
  await restart();
  await expectTexts(numbered(0, 103));
});

test('skips what was there on the very first start when told to, and only that', async () => {
  writeFileSync(path('.bash_history'), 'old\n');
  await follow({ start: 'end' });
  appendFileSync(path('.bash_history'), 'new\n');
  writeFileSync(path('.histfile'), 'first of zsh\n');
  await expectTexts(['new', 'first of zsh']);
});

test.each(['truncated', 'deleted', 'linked-to-null'])('reports a history that was %s, once', async (how) => {
  writeFileSync(path('.bash_history'), 'curl evil\n');
  await follow();
  if (how === 'truncated') writeFileSync(path('.bash_history'), '');
  else rmSync(path('.bash_history'));
  if (how === 'linked-to-null') symlinkSync('/dev/null', path('.bash_history'));
  const note = { event: `history-${how}`, path: path('.bash_history'), user: 'ann', before_bytes: 10 };
  await vi.waitFor(() => expect(notes()).toEqual([note]), { timeout: 5_000, interval: 5 });
  await restart();
  rmSync(path('.bash_history'), { force: true });
  writeFileSync(path('.bash_history'), 'curl evil\nlater\n');
  await vi.waitFor(() => expect(sink.texts().at(-1)).toBe('later'), { timeout: 5_000, interval: 5 });
  expect(sink.texts().filter((text) => text === 'curl evil')).toHaveLength(1);
  expect(notes()).toHaveLength(1);
});

test('reports a history that was cleared and written anew, and ships the new', async () => {
  writeFileSync(path('.bash_history'), asFile(numbered(0, 50)));
  await follow();
  writeFileSync(path('.bash_history'), 'a\nb\nc\n');
  await vi.waitFor(() => expect(sink.texts().slice(-3)).toEqual(['a', 'b', 'c']), {
    timeout: 5_000,
    interval: 5,
  });
  expect(notes()).toMatchObject([{ event: 'history-truncated', before_bytes: 540 }]);
  expect(source!.status()).toMatchObject([{ state: 'following', reason: /replaced/ }]);
});

test('says nothing of a file that is empty only for the moment of being rewritten', async () => {
  writeFileSync(path('.bash_history'), asFile(numbered(0, 50)));
  let nowUs = 0;
  await follow({ clock: () => nowUs, settleMs: 1_000 });
  writeFileSync(path('.bash_history'), '');
  await vi.waitFor(() => expect(source!.status()).toMatchObject([{ size: 0 }]), {
    timeout: 5_000,
    interval: 5,
  });
  nowUs = 500_000;
  writeFileSync(path('.bash_history'), asFile(numbered(10, 51)));
  await expectTexts(numbered(0, 51));
  expect(notes()).toEqual([]);
});

test('does not ship a file that is not its user’s, whatever a link says', async () => {
  const other = process.getuid!() + 1;
  writeFileSync(join(dir, 'passwd'), `mallory:x:${other}:100::${home}:/bin/bash\n`);
  writeFileSync(join(dir, 'shadow'), 'root:secret\n');
  symlinkSync(join(dir, 'shadow'), path('.bash_history'));
  await follow();
  expect(source!.status()).toMatchObject([{ state: 'unreadable', reason: /not owned by mallory/ }]);
  expect(sink.received).toEqual([]);
});

function shell(command: string, script: string, args: readonly string[]): void {
  execFileSync(command, args, {
    input: script,
    env: { HOME: home, PATH: process.env.PATH, TERM: 'dumb' },
    stdio: 'pipe',
  });
}

describe.skipIf(!existsSync('/bin/bash'))('with real bash', () => {
  const session = (commands: string, setup = '') =>
    shell('/bin/bash', `HISTFILE=$HOME/.bash_history; ${setup}\n${commands}\nexit\n`, [
      '--norc',
      '--noprofile',
      '-i',
    ]);

  test('ships each command of several sessions once, HISTFILESIZE or not', async () => {
    await follow();
    session('echo one\necho two', 'HISTFILESIZE=8; HISTSIZE=8');
    await vi.waitFor(() => expect(sink.texts()).toContain('echo two'), { timeout: 5_000, interval: 5 });
    for (let n = 0; n < 4; n++) {
      session(`echo s${n}a\necho s${n}b\necho s${n}c`, `HISTFILESIZE=8; HISTSIZE=8; : ${n}`);
      await vi.waitFor(() => expect(sink.texts()).toContain(`echo s${n}c`), { timeout: 5_000, interval: 5 });
    }
    const echoes = sink.texts().filter((text) => /^echo s\d/.test(text));
    expect(new Set(echoes).size).toBe(echoes.length);
    expect(readFileSync(path('.bash_history'), 'utf8').split('\n').length).toBeLessThan(12);
  });
});

describe.skipIf(!existsSync('/usr/bin/zsh'))('with real zsh', () => {
  test('ships each command of several sessions once while SAVEHIST makes zsh rewrite', async () => {
    await follow();
    for (let n = 0; n < 5; n++) {
      const setup = 'HISTFILE=$HOME/.zsh_history; SAVEHIST=10; HISTSIZE=10; setopt extended_history; fc -R';
      const typed = ['a', 'b', 'c'].map((letter) => `print -s "echo z${n}${letter}"`).join('; ');
      writeFileSync(path('.zsh_history'), '', { flag: 'a' });
      shell('/usr/bin/zsh', '', ['-f', '-i', '-c', `${setup}; ${typed}; fc -W`]);
      await vi.waitFor(() => expect(sink.texts().some((text) => text.endsWith(`echo z${n}c`))).toBe(true), {
        timeout: 5_000,
        interval: 5,
      });
    }
    const echoes = sink
      .texts()
      .map((text) => text.replace(/^[^;]*;/, ''))
      .filter((text) => /^echo z/.test(text));
    expect(echoes).toEqual([...new Set(echoes)]);
    expect(echoes).toHaveLength(15);
  });
});

describe.skipIf(!existsSync('/usr/bin/fish'))('with real fish', () => {
  test('ships each entry of a history that fish merges and rewrites once', async () => {
    await follow();
    for (let n = 0; n < 3; n++) {
      const merge = `history append "echo f${n}"; history save`;
      const script = `if functions -q history; builtin history append "echo f${n}" 2>/dev/null; end; ${merge}`;
      shell('/usr/bin/fish', '', ['--no-config', '-i', '-c', script]);
    }
    const file = path('.local/share/fish/fish_history');
    if (!existsSync(file)) {
      // fish before 4 has no `history append`: its format, rewritten by rename as its vacuum does.
      mkdirSync(join(home, '.local/share/fish'), { recursive: true });
      const entries = (from: number, to: number) =>
        numbered(from, to)
          .map((line, at) => `- cmd: ${line}\n  when: ${1_700_000_000 + from + at}\n`)
          .join('');
      writeFileSync(file, entries(0, 40));
      await vi.waitFor(() => expect(sink.texts()).toHaveLength(80), { timeout: 5_000, interval: 5 });
      writeFileSync(`${file}.tmp`, entries(20, 43));
      renameSync(`${file}.tmp`, file);
    }
    const cmds = () => sink.texts().filter((text) => text.startsWith('- cmd:'));
    const last = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('- cmd:'))
      .at(-1);
    await vi.waitFor(() => expect(cmds().at(-1)).toBe(last), { timeout: 5_000, interval: 5 });
    expect(cmds()).toEqual([...new Set(cmds())]);
  });
});
