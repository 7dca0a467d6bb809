import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RecordingSink } from '../../test/recording-sink.ts';
import type { Source } from '../port.ts';
import { createJournaldSource, type JournaldSourceOptions } from './journald-source.ts';
import { createLineCutter } from './line-cutter.ts';

let dir: string;
let sink: RecordingSink;
const sources: Source[] = [];

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'journald-'));
  sink = new RecordingSink();
});

afterEach(async () => {
  for (const source of sources.splice(0)) await source.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function follow(options: Partial<JournaldSourceOptions>): Promise<Source> {
  const source = createJournaldSource({
    name: 'journald',
    start: 'beginning',
    restartDelayMs: 5,
    clock: () => 1,
    randomId: () => 'stream',
    ...options,
  });
  sources.push(source);
  await source.start(sink);
  return source;
}

async function eventually(check: () => void): Promise<void> {
  await vi.waitFor(check, { timeout: 10_000, interval: 10 });
}

/** A journalctl of a few lines of shell: entries are files named after their number. `life` entries, then it dies. */
function fakeJournalctl(life: number): string {
  const path = join(dir, 'journalctl');
  writeFileSync(
    path,
    `#!/bin/sh
from=1; follow=; only=
for arg in "$@"; do case "$arg" in
  --after-cursor=*) from=$(( \${arg#*=} + 1 ));;
  --cursor=*) from=\${arg#*=};;
  --lines=1) only=1;;
  --follow) follow=1;;
esac; done
echo "$*" >> ${dir}/calls
n=0; i=$from
while [ $i -le 9 ]; do
  if [ -f ${dir}/$i ]; then
    printf '{"__CURSOR":"%s","MESSAGE":"%s"}\\n' $i "$(cat ${dir}/$i)"; n=$((n+1))
    [ -n "$only" ] && exit 0
    [ $n -ge ${life} ] && exit 1
  fi
  i=$((i+1))
done
[ -n "$follow" ] && exec sleep 60
exit 0
`,
    { mode: 0o755 },
  );
  return path;
}

const messages = () => sink.texts().map((text) => (JSON.parse(text) as { MESSAGE: string }).MESSAGE);

describe('with a journalctl that dies', () => {
  test('starts it again after the last cursor: every entry once, offsets growing', async () => {
    for (let n = 1; n <= 7; n++) writeFileSync(join(dir, `${n}`), `entry ${n}`);
    await follow({ journalctlPath: fakeJournalctl(2) });
    await eventually(() => expect(messages()).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `entry ${n}`)));
    const offsets = sink.received.map((line) => line.offset);
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    expect(new Set(offsets).size).toBe(7);
  });

  test('begins at the oldest that is left when the cursor is gone, and says so', async () => {
    for (let n = 1; n <= 3; n++) writeFileSync(join(dir, `${n}`), `entry ${n}`);
    const first = await follow({ journalctlPath: fakeJournalctl(99) });
    await eventually(() => expect(messages()).toHaveLength(3));
    await first.stop();
    for (let n = 1; n <= 4; n++) rmSync(join(dir, `${n}`), { force: true });
    for (let n = 5; n <= 6; n++) writeFileSync(join(dir, `${n}`), `entry ${n}`);
    sink = sink.restart();
    const second = await follow({ journalctlPath: fakeJournalctl(99) });
    await eventually(() => expect(messages()).toHaveLength(5));
    expect(messages().slice(3)).toEqual(['entry 5', 'entry 6']);
    expect(sink.losses).toMatchObject([{ reason: 'journal-vacuumed' }]);
    expect(second.status()[0]?.reason).toMatch(/vacuumed/);
  });

  test('says that journalctl is missing, and stops at once', async () => {
    const source = await follow({ journalctlPath: join(dir, 'none') });
    await eventually(() =>
      expect(source.status()).toMatchObject([{ state: 'unreadable', reason: /installed/ }]),
    );
  });

  test('says which group would help where permission is missing', async () => {
    const path = join(dir, 'journalctl');
    writeFileSync(
      path,
      '#!/bin/sh\necho "No journal files were opened due to insufficient permissions." >&2\nexit 1\n',
      {
        mode: 0o755,
      },
    );
    const source = await follow({ journalctlPath: path });
    await eventually(() =>
      expect(source.status()).toMatchObject([{ state: 'unreadable', reason: /systemd-journal/ }]),
    );
  });
});

test('cuts lines out of chunks of any size, and drops what is too long', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '"'), maxLength: 12 })),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      (lines, sizes) => {
        const text = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        let out = '';
        let dropped = 0;
        const cutter = createLineCutter(8, (bytes) => {
          dropped += bytes;
        });
        for (let at = 0, n = 0; at < text.length; n++) {
          const size = sizes[n % sizes.length]!;
          out += cutter.push(text.subarray(at, at + size))?.toString() ?? '';
          at += size;
        }
        // A line that comes whole in one chunk is bounded by the chunk; only longer ones may be dropped.
        expect(out.length + dropped).toBe(text.length);
        const kept = out.split('\n').slice(0, -1);
        expect(kept.filter((line) => line.length < 8)).toEqual(lines.filter((line) => line.length < 8));
      },
    ),
  );
});

/** Makes a real journal with a journald of its own, in a mount namespace of its own. */
const JOURNALD = '/lib/systemd/systemd-journald';
const MAKE_JOURNAL = `
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/journal /run/log/journal || exit 3
${JOURNALD} 2>/dev/null & pid=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -S /run/systemd/journal/socket ] && break; sleep 0.05; done
for n in $(seq "$2" "$3"); do echo "real entry $n"; done | systemd-cat -t maker
journalctl --sync >/dev/null 2>&1
kill $pid; wait $pid
cp -r /run/log/journal/. "$1"
`;

function makeJournal(into: string, from: number, to: number): void {
  mkdirSync(into, { recursive: true });
  const args = ['--mount', 'sh', '-c', MAKE_JOURNAL, 'sh', into, `${from}`, `${to}`];
  execFileSync('unshare', args, { timeout: 20_000, stdio: 'ignore' });
}

const canMakeJournal = (() => {
  if (process.getuid?.() !== 0 || !existsSync(JOURNALD) || !existsSync('/usr/bin/journalctl')) return false;
  try {
    execFileSync('unshare', ['--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /run'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

describe.skipIf(!canMakeJournal)('with a real journal (root, systemd-journald, unshare)', () => {
  const real = () => messages().filter((message) => message.startsWith('real entry'));

  test('ships every entry once over restarts, and what is left when the journal was replaced', async () => {
    const journal = join(dir, 'journal');
    makeJournal(journal, 1, 20);
    const first = await follow({ directory: journal });
    await eventually(() => expect(real()).toHaveLength(20));
    await first.stop();
    sink = sink.restart();
    const count = sink.received.length;
    const second = await follow({ directory: journal });
    await eventually(() => expect(second.status()).toMatchObject([{ state: 'following' }]));
    await second.stop();
    expect(sink.received.length).toBe(count);
    rmSync(journal, { recursive: true });
    makeJournal(journal, 21, 25);
    sink = sink.restart();
    await follow({ directory: journal });
    await eventually(() => expect(real()).toHaveLength(25));
    expect(real()).toEqual(Array.from({ length: 25 }, (_, n) => `real entry ${n + 1}`));
    expect(sink.losses).toMatchObject([{ reason: 'journal-vacuumed' }]);
    expect(readFileSync('/proc/self/mountinfo', 'utf8')).not.toContain(dir);
  });
});
