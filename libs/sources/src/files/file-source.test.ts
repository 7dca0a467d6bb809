import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RecordingSink } from '../../test/recording-sink.ts';
import type { Source } from '../port.ts';
import { createFileSource, type FileSourceOptions } from './file-source.ts';

let dir: string;
let source: Source | null = null;
let sink: RecordingSink;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'file-source-'));
  sink = new RecordingSink();
});

afterEach(async () => {
  await source?.stop();
  await source?.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function follow(patterns: readonly string[], options: Partial<FileSourceOptions> = {}): Promise<void> {
  let ids = 0;
  source = createFileSource({
    name: 'files',
    paths: patterns.map((pattern) => join(dir, pattern)),
    start: 'beginning',
    clock: () => Math.round((performance.timeOrigin + performance.now()) * 1_000),
    randomId: () => `${++ids}`,
    ...options,
  });
  await source.start(sink);
}

async function expectTexts(texts: readonly string[]): Promise<void> {
  await vi.waitFor(() => expect(sink.texts()).toEqual(texts), { timeout: 10_000, interval: 5 });
}

test('is woken by a write, without waiting for the poll', async () => {
  writeFileSync(join(dir, 'a.log'), 'one\n');
  await follow(['*.log'], { pollMs: 60_000, rescanMs: 60_000 });
  await expectTexts(['one']);
  appendFileSync(join(dir, 'a.log'), 'two\n');
  await expectTexts(['one', 'two']);
});

test('follows a rotation on inotify alone', async () => {
  writeFileSync(join(dir, 'a.log'), 'one\n');
  await follow(['*.log'], { pollMs: 60_000, rescanMs: 60_000 });
  await expectTexts(['one']);
  appendFileSync(join(dir, 'a.log'), 'two\n');
  renameSync(join(dir, 'a.log'), join(dir, 'a.log.1'));
  writeFileSync(join(dir, 'a.log'), 'three\n');
  await expectTexts(['one', 'two', 'three']);
});

test('finds files and directories that appear late', async () => {
  await follow(['sub/*/x.log'], { rescanMs: 100 });
  expect(source?.status()).toMatchObject([{ state: 'waiting' }]);
  mkdirSync(join(dir, 'sub/deep'), { recursive: true });
  writeFileSync(join(dir, 'sub/deep/x.log'), 'late\n');
  await expectTexts(['late']);
});

test('polls where inotify says nothing', async () => {
  const mountInfoPath = join(dir, 'mountinfo');
  writeFileSync(mountInfoPath, `30 1 0:40 / ${dir} rw - fuse.glusterfs gv0 rw\n`);
  writeFileSync(join(dir, 'a.log'), 'one\n');
  await follow(['*.log'], { pollMs: 10, rescanMs: 60_000, mountInfoPath });
  appendFileSync(join(dir, 'a.log'), 'two\n');
  await expectTexts(['one', 'two']);
});

test('reads the system below root, absolute links resolved inside it', async () => {
  mkdirSync(join(dir, 'var/log'), { recursive: true });
  writeFileSync(join(dir, 'var/log/a.log'), 'rooted\n');
  writeFileSync(join(dir, 'target'), 'linked\n');
  symlinkSync('/target', join(dir, 'current'));
  source = createFileSource({
    name: 'files',
    paths: ['/var/log/*.log', '/current'],
    start: 'beginning',
    root: dir,
    clock: () => 1,
    randomId: () => 'x',
  });
  await source.start(sink);
  await expectTexts(['rooted', 'linked']);
  expect(sink.received[0]?.path).toBe('/var/log/a.log');
});

test('waits for a sink that is slow, and makes no call after stop', async () => {
  writeFileSync(join(dir, 'a.log'), 'one\ntwo\n'.repeat(1_000));
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  sink.beforeLines = () => held;
  await follow(['*.log'], { blockBytes: 100, maxLineBytes: 50 });
  const stopped = source!.stop();
  release();
  await stopped;
  const count = sink.received.length;
  appendFileSync(join(dir, 'a.log'), 'three\n');
  await new Promise((resolve) => setImmediate(resolve));
  expect(sink.received.length).toBe(count);
});
